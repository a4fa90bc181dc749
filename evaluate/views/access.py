"""Finding the evaluation that a page is about, for whom it may concern."""

from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404

from evaluate.models import Evaluation
from evaluate.permissions import can_answer_evaluation


def seen_evaluation(request: HttpRequest, public_id: UUID) -> Evaluation:
    """Return an evaluation that the reader may see; for everybody else there is none.

    Raises:
        Http404: it does not exist, or it is somebody else's.
    """
    evaluations = (
        Evaluation.objects.visible_to(request.user)
        .with_questionnaire()
        .with_note_paths()
        .select_related("submitted_by")
    )
    return get_object_or_404(evaluations, public_id=public_id)


def saved_evaluation(request: HttpRequest, public_id: UUID) -> Evaluation:
    """Return an evaluation to save one answer of, held as `held_evaluation` does, with no more than that needs.

    Raises:
        Http404: it does not exist, or it is somebody else's.
        PermissionDenied: it can no longer be answered, or the reader may only look.
    """
    evaluations = (
        Evaluation.objects.visible_to(request.user)
        .with_version_alone()
        .with_note_paths()
        .select_for_update(of=("self",))
    )
    evaluation = get_object_or_404(evaluations, public_id=public_id)
    can_answer_evaluation(request.user, evaluation).require()
    return evaluation


def held_evaluation(request: HttpRequest, public_id: UUID) -> Evaluation:
    """Return an evaluation to write to, with its row held until the transaction ends, so that nobody's answer is lost.

    Raises:
        Http404: it does not exist, or it is somebody else's.
        PermissionDenied: it can no longer be answered, or the reader may only look.
    """
    evaluations = (
        Evaluation.objects.visible_to(request.user)
        .with_questionnaire()
        .with_note_paths()
        .select_for_update(of=("self",))
    )
    evaluation = get_object_or_404(evaluations, public_id=public_id)
    can_answer_evaluation(request.user, evaluation).require()
    return evaluation
