"""What evaluations tell about a person: their export and their erasure."""

from typing import Any

from evaluate.models import Answer, Evaluation, EvaluationChange
from portal.accounts.models import User
from portal.files.models import StoredFile


def export_evaluations(user: User) -> list[dict[str, Any]]:
    """Return a person's self-checks with all their answers, and what she answered for municipalities."""
    own = Evaluation.objects.filter(owner=user, municipality__isnull=True).with_questionnaire()
    rows = [_exported(evaluation, Answer.objects.filter(evaluation=evaluation)) for evaluation in own]
    answered = Evaluation.objects.filter(municipality__isnull=False, answers__answered_by=user).distinct()
    rows.extend(
        _exported(evaluation, Answer.objects.filter(evaluation=evaluation, answered_by=user))
        for evaluation in answered.with_questionnaire()
    )
    return rows


def erase_evaluations(user: User) -> None:
    """Delete a person's self-checks with their files; a municipality's evaluations stay, without her name."""
    own = Evaluation.objects.filter(owner=user, municipality__isnull=True)
    for file in StoredFile.objects.filter(pk__in=Answer.objects.filter(evaluation__in=own).values("file")):
        file.delete()
    own.delete()
    Evaluation.objects.filter(owner=user).update(owner=None)
    Evaluation.objects.filter(submitted_by=user).update(submitted_by=None)
    Answer.objects.filter(answered_by=user).update(answered_by=None)
    EvaluationChange.objects.filter(actor=user).update(actor=None)


def _exported(evaluation: Evaluation, answers: Any) -> dict[str, Any]:
    return {
        "questionnaire": evaluation.version.title,
        "municipality": str(evaluation.municipality or ""),
        "status": evaluation.status,
        "started_at": evaluation.started_at.isoformat(timespec="seconds"),
        "submitted_at": evaluation.submitted_at and evaluation.submitted_at.isoformat(timespec="seconds"),
        "answers": {answer.path: answer.value for answer in answers.order_by("path")},
    }
