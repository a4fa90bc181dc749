"""Evaluations as the form engine sees them: a definition with answers."""

import json
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from evaluate.engine.definition import FormDefinition, Question, Section
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import UPLOAD_TYPES
from evaluate.engine.state import FormState
from evaluate.models import Answer, Evaluation
from evaluate.services.definitions import definition_of
from portal.files.models import StoredFile

Value = str | list[str]
FILE_USE = "evaluate-answer"


def evaluation_state(evaluation: Evaluation, *, user: Any = None) -> FormState:
    """Load an evaluation's answers into the engine, in the reader's language. One query for the answers."""
    rows = Answer.objects.filter(evaluation=evaluation).values_list(
        "path", "value", "is_not_applicable", "reason"
    )
    answers: dict[str, Value] = {}
    not_applicable: dict[str, str] = {}
    for path, value, is_not_applicable, reason in rows:
        answers[path] = value
        if is_not_applicable:
            not_applicable[path] = reason
    return state_with(evaluation, answers, not_applicable, user=user)


def state_with(
    evaluation: Evaluation,
    answers: dict[str, Value],
    not_applicable: dict[str, str] | None = None,
    *,
    user: Any = None,
) -> FormState:
    """Put answers that are already at hand into the engine, with the reasons why some do not apply."""
    return FormState(
        definition_of(evaluation.version),
        answers,
        now=timezone.localtime(),
        language=(get_language() or "es").split("-")[0],
        repeat_counts=dict(evaluation.repeat_counts),
        metadata={"username": user.name, "email": user.email} if user else {},
        not_applicable=not_applicable,
    )


@dataclass(frozen=True)
class Kept:
    """What an evaluation holds at a moment: the answers, and why some of them do not apply."""

    answers: dict[str, Value]
    not_applicable: dict[str, str]

    def differs(self, other: "Kept", path: str) -> bool:
        """Say whether an answer, or whether it applies, is other than there."""
        return self.answers.get(path, "") != other.answers.get(path, "") or self.not_applicable.get(
            path
        ) != other.not_applicable.get(path)


def kept(state: FormState) -> Kept:
    """Take down what a state holds, to compare with afterwards."""
    return Kept(dict(state.answers), state.not_applicable)


@transaction.atomic(savepoint=False)
def state_store(*, evaluation: Evaluation, before: Kept, state: FormState, user: Any) -> list[str]:
    """Write what differs between the answers as they were and as the engine has them now; returns those paths.

    The caller holds the evaluation's row, so nobody else's answer lies between the two. An answer of somebody else
    that is replaced is kept as a revision; of a file that is replaced the revision keeps the name.
    """
    now_kept = Kept({**state.answers, **_not_yet_kept(state)}, state.not_applicable)
    after = now_kept.answers
    changed = [
        path
        for path in {**after, **now_kept.not_applicable}
        if path not in before.answers or now_kept.differs(before, path)
    ]
    gone = [path for path in before.answers if path not in after and path not in now_kept.not_applicable]
    replaced = [path for path in changed if before.answers.get(path) or path in before.not_applicable]
    if changed or gone or evaluation.repeat_counts != state.repeat_counts:
        evaluation.repeat_counts = dict(state.repeat_counts)
        _note_change(evaluation, [] if evaluation.is_personal else replaced, user)
    if changed:
        _write_answers(evaluation, changed, now_kept, state, user)
    if gone:
        Answer.objects.filter(evaluation=evaluation, path__in=gone).delete()
    uploads = {before.answers[path] for path in before.answers if is_upload(state, path)}
    _delete_files(uploads - {*map(_text, after.values())})
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


def _not_yet_kept(state: FormState) -> dict[str, Value]:
    """Values that must stay as they first were, such as the moment of the start."""
    return {path: value for path, value in state.pinned_answers().items() if path not in state.answers}


# Two tables in one statement, because saving an answer is what the portal does most.
_KEEP_REVISIONS_AND_NOTE = """
WITH kept AS (
    INSERT INTO evaluate_answerrevision
        (evaluation_id, path, value, is_not_applicable, reason, answered_by_id, answered_at, replaced_by_id,
         replaced_at)
    SELECT answer.evaluation_id, answer.path, COALESCE(to_jsonb(file.name), answer.value),
           answer.is_not_applicable, answer.reason, answer.answered_by_id, answer.answered_at, %s, now()
    FROM evaluate_answer AS answer LEFT JOIN files_storedfile AS file ON file.id = answer.file_id
    WHERE answer.evaluation_id = %s AND answer.path = ANY(%s) AND answer.answered_by_id IS DISTINCT FROM %s
)
UPDATE evaluate_evaluation SET repeat_counts = %s, updated_at = %s WHERE id = %s
"""


_NOTE = "UPDATE evaluate_evaluation SET repeat_counts = %s, updated_at = %s WHERE id = %s"


def _note_change(evaluation: Evaluation, replaced: list[str], user: Any) -> None:
    """Note on the evaluation that it changed, and keep what others had answered, however much that is."""
    evaluation.updated_at = timezone.now()
    note: list[Any] = [json.dumps(evaluation.repeat_counts), evaluation.updated_at, evaluation.pk]
    person = user.pk if user else None
    with connection.cursor() as cursor:
        if replaced:
            cursor.execute(_KEEP_REVISIONS_AND_NOTE, [person, evaluation.pk, replaced, person, *note])
        else:
            cursor.execute(_NOTE, note)


_WRITE_ANSWERS = """
INSERT INTO evaluate_answer
    (evaluation_id, path, value, is_not_applicable, reason, file_id, answered_by_id, answered_at)
SELECT %s, path, value, is_not_applicable, reason, file_id, %s, %s
FROM json_to_recordset(%s)
    AS given (path text, value jsonb, is_not_applicable boolean, reason text, file_id bigint)
ON CONFLICT (evaluation_id, path) DO UPDATE SET
    value = excluded.value, is_not_applicable = excluded.is_not_applicable, reason = excluded.reason,
    file_id = excluded.file_id, answered_by_id = excluded.answered_by_id, answered_at = excluded.answered_at
"""


def _write_answers(
    evaluation: Evaluation, paths: list[str], now_kept: Kept, state: FormState, user: Any
) -> None:
    """Write answers, new and changed, in one statement however many they are."""
    files = _files_of({path: now_kept.answers.get(path, "") for path in paths}, state)
    rows = [
        {
            "path": path,
            "value": now_kept.answers.get(path, ""),
            "is_not_applicable": path in now_kept.not_applicable,
            "reason": now_kept.not_applicable.get(path, ""),
            "file_id": files[path].pk if path in files else None,
        }
        for path in paths
    ]
    person = user.pk if user else None
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_ANSWERS, [evaluation.pk, person, timezone.now(), json.dumps(rows)])


def _files_of(values: dict[str, Value], state: FormState) -> dict[str, StoredFile]:
    """Find the stored files that uploads name; only then is there a query."""
    wanted = {path: str(value) for path, value in values.items() if value and is_upload(state, path)}
    if not wanted:
        return {}
    files = StoredFile.objects.filter(public_id__in=wanted.values(), use=FILE_USE)
    found = {str(file.public_id): file for file in files}
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
