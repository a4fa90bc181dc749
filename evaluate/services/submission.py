"""Signing an evaluation off; a person by herself finishes hers."""

from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from evaluate.engine.state import FormState
from evaluate.models import Evaluation, EvaluationChange, EvaluationRun
from evaluate.services.states import evaluation_state
from portal.audit.services import audit_record
from portal.core.events import announce, evaluation_submitted


@dataclass(frozen=True)
class Review:
    """What stands between an evaluation and its submission."""

    state: FormState
    missing: tuple[str, ...] = ()
    invalid: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def is_ready(self) -> bool:
        """Whether it can be handed in."""
        return not self.missing and not self.invalid


class NotReady(Exception):
    """An evaluation cannot be handed in yet; `review` says what is missing or wrong."""

    def __init__(self, review: Review) -> None:
        super().__init__("The evaluation has questions that are missing or wrong.")
        self.review = review


def evaluation_review(*, evaluation: Evaluation, user: Any = None) -> Review:
    """Find the required questions without an answer, and the answers that do not hold."""
    state = evaluation_state(evaluation, user=user)
    return Review(state, state.missing_required(), dict(state.invalid()))


@transaction.atomic
def evaluation_submit(*, evaluation: Evaluation, user: Any) -> EvaluationRun | None:
    """Sign an evaluation off and record its scoring as something to do; returns the run, if there is a score at all.

    The caller holds the evaluation's row and queues the run; with the queue away, the sweep scores it later. Signed
    anew after it was reopened, it is dated anew; where its result is public, the new one takes its place there.

    Raises:
        NotReady: something required is missing, or an answer does not hold.
    """
    review = evaluation_review(evaluation=evaluation, user=user)
    if not review.is_ready:
        raise NotReady(review)
    evaluation.status = Evaluation.Status.SUBMITTED
    evaluation.submitted_at = timezone.now()
    evaluation.submitted_by = user
    evaluation.save(update_fields=["status", "submitted_at", "submitted_by", "updated_at"])
    EvaluationChange.objects.create(
        evaluation=evaluation,
        from_status=Evaluation.Status.DRAFT,
        to_status=Evaluation.Status.SUBMITTED,
        actor=user,
    )
    if not evaluation.is_personal:
        audit_record(
            action="evaluation.signed",
            target=evaluation,
            before={"status": Evaluation.Status.DRAFT},
            after={"status": evaluation.status},
        )
    announce(evaluation_submitted, evaluation_id=evaluation.pk, actor_id=user.pk if user else None)
    return EvaluationRun.objects.create(evaluation=evaluation) if evaluation.version.is_scored else None
