"""Evaluations as the form engine sees them: a definition with answers."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from evaluate.engine.definition import FormDefinition, Question, Section
from evaluate.engine.question_types import UPLOAD_TYPES
from evaluate.engine.state import FormState
from evaluate.models import Answer, Evaluation
from evaluate.services.definitions import definition_of
from portal.files.models import StoredFile

Value = str | list[str]
FILE_USE = "evaluate-answer"


def evaluation_state(evaluation: Evaluation, *, user: Any = None) -> FormState:
    """Load an evaluation's answers into the engine, in the reader's language. One query for the answers."""
    answers = dict(Answer.objects.filter(evaluation=evaluation).values_list("path", "value"))
    return state_with(evaluation, answers, user=user)


def state_with(evaluation: Evaluation, answers: dict[str, Value], *, user: Any = None) -> FormState:
    """Put answers that are already at hand into the engine."""
    return FormState(
        definition_of(evaluation.version),
        answers,
        now=timezone.localtime(),
        language=(get_language() or "es").split("-")[0],
        repeat_counts=dict(evaluation.repeat_counts),
        metadata={"username": user.name, "email": user.email} if user else {},
    )


@transaction.atomic(savepoint=False)
def state_store(
    *, evaluation: Evaluation, before: dict[str, Value], state: FormState, user: Any
) -> list[str]:
    """Write what differs between the answers as they were and as the engine has them now; returns those paths.

    The caller holds the evaluation's row, so nobody else's answer lies between the two.
    """
    after = {**state.answers, **_not_yet_kept(state)}
    changed = [path for path, value in after.items() if before.get(path) != value]
    gone = [path for path in before if path not in after]
    if changed:
        _write_answers(evaluation, {path: after[path] for path in changed}, state, user)
    if gone:
        Answer.objects.filter(evaluation=evaluation, path__in=gone).delete()
    _delete_files({before[path] for path in before if is_upload(state, path)} - {*map(_text, after.values())})
    if changed or gone or evaluation.repeat_counts != state.repeat_counts:
        evaluation.repeat_counts = dict(state.repeat_counts)
        evaluation.save(update_fields=["repeat_counts", "updated_at"])
    return changed


def section_of(definition: FormDefinition, key: str) -> Section | None:
    """Return the section with this key."""
    return next((section for section in definition.sections if section.key == key), None)


def open_sections(state: FormState) -> list[Section]:
    """Return the sections in which something is asked or shown now, in order."""
    return [section for section in state.definition.sections if _has_something(state, section)]


def _has_something(state: FormState, section: Section) -> bool:
    """Say whether there is more than headings: a question, or a repeated group that can be opened."""
    return any(
        step.visible and (step.kind == "question" or (step.kind == "repeat_start" and step.can_add))
        for step in state.walk(section)
    )


def template_path(answer_path: str) -> str:
    """Take the repeat numbers out of an answer's path: `/household[2]/age` is a question of `/household/age`."""
    parts = answer_path.split("/")
    return "/".join(part.partition("[")[0] for part in parts)


def _not_yet_kept(state: FormState) -> dict[str, Value]:
    """Values that must stay as they first were, such as the moment of the start."""
    return {path: value for path, value in state.pinned_answers().items() if path not in state.answers}


def _write_answers(evaluation: Evaluation, values: dict[str, Value], state: FormState, user: Any) -> None:
    files = _files_of(values, state)
    now = timezone.now()
    rows = [
        Answer(
            evaluation=evaluation,
            path=path,
            value=value,
            file=files.get(path),
            answered_by=user,
            answered_at=now,
        )
        for path, value in values.items()
    ]
    Answer.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["evaluation", "path"],
        update_fields=["value", "file", "answered_by", "answered_at"],
    )


def _files_of(values: dict[str, Value], state: FormState) -> dict[str, StoredFile]:
    """Find the stored files that uploads name; only then is there a query."""
    wanted = {path: str(value) for path, value in values.items() if value and is_upload(state, path)}
    if not wanted:
        return {}
    found = {str(file.public_id): file for file in StoredFile.objects.filter(public_id__in=wanted.values())}
    return {path: found[name] for path, name in wanted.items() if name in found}


def _delete_files(public_ids: set[Value]) -> None:
    """Take away the files that no answer of the evaluation names any more."""
    wanted = [_text(public_id) for public_id in public_ids if public_id]
    for file in StoredFile.objects.filter(public_id__in=wanted, use=FILE_USE) if wanted else ():
        file.delete()


def _text(value: Value) -> str:
    return value if isinstance(value, str) else " ".join(value)


def is_upload(state: FormState, path: str) -> bool:
    """Say whether a question is answered with a file."""
    item = state.definition.by_path.get(template_path(path))
    return isinstance(item, Question) and item.type in UPLOAD_TYPES
