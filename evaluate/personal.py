"""What evaluations tell about a person: their export and their erasure."""

from typing import Any

from evaluate.engine.paths import template_path
from evaluate.engine.personal_values import personal_paths
from evaluate.models import (
    Answer,
    AnswerRevision,
    Evaluation,
    EvaluationChange,
    ItemComment,
    ItemEvidence,
    PlanStep,
    PlanStepChange,
    QuestionnaireVersion,
    SectionAssignment,
)
from evaluate.services.definitions import definition_of
from portal.accounts.models import User

# Where a person's name stands beside what belongs to a municipality or to the network.
_NAMED: tuple[tuple[Any, str], ...] = (
    (Evaluation, "submitted_by"),
    (Evaluation, "published_by"),
    (Answer, "answered_by"),
    (AnswerRevision, "answered_by"),
    (AnswerRevision, "replaced_by"),
    (EvaluationChange, "actor"),
    (SectionAssignment, "assigned_by"),
    (ItemEvidence, "added_by"),
    (PlanStep, "owner"),
    (PlanStep, "responsible"),
    (PlanStepChange, "actor"),
    (QuestionnaireVersion, "edited_by"),
)


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
    Evaluation.objects.filter(owner=user, municipality__isnull=True).delete()
    _blank_copied(user)
    Evaluation.objects.filter(owner=user).update(owner=None)
    PlanStep.objects.filter(owner=user, municipality__isnull=True).delete()
    SectionAssignment.objects.filter(person=user).delete()
    # Comments are hers, whole; what stays of the rest is the municipality's, without her name.
    ItemComment.objects.filter(author=user).delete()
    for model, field in _NAMED:
        model.objects.filter(**{field: user}).update(**{field: None})


def _blank_copied(user: User) -> None:
    """Empty what a municipality's evaluations filled in from her account, such as her name as a default."""
    given = Answer.objects.filter(answered_by=user, evaluation__municipality__isnull=False)
    for version in QuestionnaireVersion.objects.filter(pk__in=given.values("evaluation__version")):
        paths = personal_paths(definition_of(version))
        own = given.filter(evaluation__version=version).values_list("pk", "path") if paths else ()
        copied = [pk for pk, path in own if template_path(path) in paths]
        Answer.objects.filter(pk__in=copied).update(value="")
        kept = AnswerRevision.objects.filter(answered_by=user, evaluation__version=version) if paths else ()
        old = [revision.pk for revision in kept if template_path(revision.path) in paths]
        AnswerRevision.objects.filter(pk__in=old).delete()


def _exported(evaluation: Evaluation, answers: Any) -> dict[str, Any]:
    return {
        "questionnaire": evaluation.version.title,
        "municipality": str(evaluation.municipality or ""),
        "status": evaluation.status,
        "started_at": evaluation.started_at.isoformat(timespec="seconds"),
        "submitted_at": evaluation.submitted_at and evaluation.submitted_at.isoformat(timespec="seconds"),
        "answers": {answer.path: answer.value for answer in answers.order_by("path")},
    }
