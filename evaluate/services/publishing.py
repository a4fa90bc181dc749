"""Making a municipality's result public, and taking it back: only the municipality decides."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from evaluate.models import Evaluation, EvaluationChange
from evaluate.services.result_entries import result_entry_publish, result_entry_withdraw
from portal.audit.services import audit_record
from portal.core.events import announce, result_published, result_withdrawn
from portal.core.visitor_cache import forget_visitor_pages

# What the history of an evaluation says of its result, beside the evaluation's own statuses.
PUBLISHED = "published"
WITHDRAWN = "withdrawn"


@transaction.atomic
def result_publish(*, evaluation: Evaluation, user: Any) -> None:
    """Let everybody read the scores that a municipality signed; the caller holds the evaluation's row.

    Scores by section and criterion are public from now on, with the level chosen in each: never comments, evidence,
    names or what people wrote.
    Reopening does not take the result back, because it is what was signed; the next signature replaces it.
    """
    evaluation.published_at = timezone.now()
    evaluation.published_by = user
    _note(evaluation, user, evaluation.status, PUBLISHED)
    result_entry_publish(evaluation_id=evaluation.pk)
    announce(result_published, evaluation_id=evaluation.pk, actor_id=user.pk if user else None)


@transaction.atomic
def result_withdraw(*, evaluation: Evaluation, user: Any) -> None:
    """Take a public result back at once; the caller holds the evaluation's row."""
    evaluation.published_at = None
    evaluation.published_by = None
    _note(evaluation, user, PUBLISHED, WITHDRAWN)
    result_entry_withdraw(evaluation=evaluation)
    announce(result_withdrawn, evaluation_id=evaluation.pk, actor_id=user.pk if user else None)


def _note(evaluation: Evaluation, user: Any, was: str, is_now: str) -> None:
    evaluation.save(update_fields=["published_at", "published_by", "updated_at"])
    EvaluationChange.objects.create(evaluation=evaluation, from_status=was, to_status=is_now, actor=user)
    audit_record(
        action=f"result.{is_now}",
        target=evaluation,
        before={"is_published": is_now == WITHDRAWN},
        after={"is_published": is_now == PUBLISHED},
    )
    forget_visitor_pages()
