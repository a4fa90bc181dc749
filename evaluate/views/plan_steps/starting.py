"""What a new step of a plan belongs to: an evaluation's town and questionnaire, or those that the reader chose."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from evaluate.models import Evaluation, PlanStep, Questionnaire, QuestionnaireVersion
from evaluate.permissions import can_edit_plan
from evaluate.plan.criteria import CriterionName, criterion_names, shown_version
from evaluate.plan.filters import MAX_ID_DIGITS, OWN
from evaluate.plan.origin import StepOrigin, step_origin
from evaluate.views.access import seen_evaluation
from portal.places.models import Municipality

SHOWN_SIBLINGS = 3


@dataclass(frozen=True)
class StepStart:
    """What a new step belongs to, and the criterion it begins with."""

    questionnaire: Questionnaire
    version: QuestionnaireVersion
    municipality: Municipality | None
    owner: Any
    is_sample: bool
    origin: StepOrigin | None = None
    evaluation: Evaluation | None = None

    @property
    def criteria(self) -> list[CriterionName]:
        """The criteria to choose from."""
        return criterion_names(self.version)

    @property
    def siblings(self) -> list[PlanStep]:
        """The steps that the plan has already for the criterion."""
        if self.origin is None:
            return []
        plan = PlanStep.objects.filter(questionnaire=self.questionnaire, municipality=self.municipality)
        if self.municipality is None:
            plan = plan.filter(owner=self.owner)
        same = plan.filter(criterion=self.origin.criterion.key)
        return list(same.exclude(status=PlanStep.Status.DROPPED)[:SHOWN_SIBLINGS])


def step_start(request: HttpRequest, public_id: UUID | None) -> StepStart | None:
    """Say what the new step belongs to; None where the reader has still to choose.

    Raises:
        PermissionDenied: it would go into a plan that is not hers to change.
    """
    if public_id is None:
        return _start_by_hand(request)
    evaluation = seen_evaluation(request, public_id)
    can_edit_plan(request.user, evaluation.municipality_id).require()
    return StepStart(
        questionnaire=evaluation.questionnaire,
        version=evaluation.version,
        municipality=evaluation.municipality,
        owner=request.user,
        is_sample=evaluation.is_sample,
        origin=step_origin(evaluation, request.GET.get("criterio", "")[:300], request.user),
        evaluation=evaluation,
    )


def _start_by_hand(request: HttpRequest) -> StepStart | None:
    slug = request.GET.get("cuestionario", "")[:80].replace("\0", "")
    questionnaire = Questionnaire.objects.filter(slug=slug).select_related("area").first() if slug else None
    version = shown_version(questionnaire) if questionnaire else None
    whose = request.GET.get("de", "")
    if questionnaire is None or version is None or not whose:
        return None
    municipality = None if whose == OWN else _municipality(whose)
    can_edit_plan(request.user, municipality).require()
    user: Any = request.user
    return StepStart(questionnaire, version, municipality, user, is_sample=user.is_sample)


def _municipality(key: str) -> Municipality:
    if not (key.isascii() and key.isdecimal()) or len(key) > MAX_ID_DIGITS:
        raise Http404
    return get_object_or_404(Municipality, pk=int(key))
