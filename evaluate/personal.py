"""What evaluations tell about a person: their export and their erasure."""

from datetime import datetime
from typing import Any

from django.db.models import Q

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


def export_teamwork(user: User) -> dict[str, list[dict[str, Any]]]:
    """Return what a person did around her municipalities' answers, and her steps of improvement plans."""
    return {
        "sections": [
            _about(row.evaluation)
            | {
                "section": row.section,
                "assigned_at": _moment(row.assigned_at),
                "ready_at": _moment(row.ready_at),
            }
            for row in _of_evaluations(SectionAssignment).filter(person=user)
        ],
        "comments": [
            _about(row.evaluation)
            | {"item": row.path, "text": row.text, "written_at": _moment(row.written_at)}
            for row in _of_evaluations(ItemComment).filter(author=user)
        ],
        "evidence": [
            _about(row.evaluation)
            | {
                "item": row.path,
                "title": row.title,
                "url": row.url,
                "file": row.file.name if row.file else "",
                "added_at": _moment(row.added_at),
            }
            for row in _of_evaluations(ItemEvidence).filter(added_by=user).select_related("file")
        ],
        "replaced_answers": [
            _about(row.evaluation)
            | {
                "item": row.path,
                "value": row.value,
                "reason": row.reason,
                "answered_at": _moment(row.answered_at),
                "replaced_at": _moment(row.replaced_at),
            }
            for row in _of_evaluations(AnswerRevision).filter(answered_by=user)
        ],
        "changes": [
            _about(row.evaluation)
            | {"from": row.from_status, "to": row.to_status, "reason": row.reason, "at": _moment(row.at)}
            for row in _of_evaluations(EvaluationChange).filter(actor=user)
        ],
        "plan_steps": [_exported_step(step, user) for step in _steps_of(user)],
    }


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


def _of_evaluations(model: Any) -> Any:
    return (
        model.objects.select_related("evaluation__version", "evaluation__municipality")
        .defer("evaluation__version__definition")
        .order_by("pk")
    )


def _about(evaluation: Evaluation) -> dict[str, Any]:
    return {"questionnaire": evaluation.version.title, "municipality": str(evaluation.municipality or "")}


def _steps_of(user: User) -> Any:
    """Her own steps, those she is responsible for, and those she moved."""
    moved = PlanStepChange.objects.filter(actor=user)
    steps = PlanStep.objects.filter(Q(owner=user) | Q(responsible=user) | Q(pk__in=moved.values("step")))
    return steps.select_related("municipality").prefetch_related("changes").order_by("pk")


def _exported_step(step: PlanStep, user: User) -> dict[str, Any]:
    return {
        "municipality": str(step.municipality or ""),
        "criterion": step.criterion_label or step.criterion,
        "title": step.title,
        "notes": step.notes,
        "status": step.status,
        "due_on": step.due_on and step.due_on.isoformat(),
        "added": step.owner_id == user.pk,
        "responsible": step.responsible_id == user.pk,
        "moved": [
            {
                "from": change.from_status,
                "to": change.to_status,
                "note": change.note,
                "at": _moment(change.at),
            }
            for change in step.changes.all()
            if change.actor_id == user.pk
        ],
    }


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None


def _exported(evaluation: Evaluation, answers: Any) -> dict[str, Any]:
    return {
        "questionnaire": evaluation.version.title,
        "municipality": str(evaluation.municipality or ""),
        "status": evaluation.status,
        "started_at": _moment(evaluation.started_at),
        "submitted_at": _moment(evaluation.submitted_at),
        "answers": {answer.path: answer.value for answer in answers.order_by("path")},
        "not_applicable": {
            answer.path: answer.reason for answer in answers.filter(is_not_applicable=True).order_by("path")
        },
    }
