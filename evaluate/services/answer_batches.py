"""Many answers at once from another program: all of them right, or none is kept."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from evaluate.engine.definition import Question
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import UPLOAD_TYPES
from evaluate.engine.state import FormState
from evaluate.models import Evaluation
from evaluate.services.states import Value, evaluation_state, kept, state_store

# Each new case has the whole response worked out anew.
MOST_NEW_CASES = 50
_NUMBERED = re.compile(r"\[(\d{1,6})\]")


@dataclass(frozen=True)
class AnswerEntry:
    """What is said about one question: an answer, empty to take it back, or why it does not apply."""

    path: str
    value: Value = ""
    reason: str | None = None


class AnswersRefused(Exception):
    """Some of the answers cannot be taken; `errors` says what is wrong with each, by its path."""

    def __init__(self, errors: Mapping[str, Sequence[str]]) -> None:
        super().__init__("Some answers cannot be taken.")
        self.errors = errors


@transaction.atomic
def answers_write(*, evaluation: Evaluation, user: Any, entries: Sequence[AnswerEntry]) -> FormState:
    """Keep answers that all hold once all of them are given; returns what then follows from them.

    The caller holds the evaluation's row. The next case of a repeated group comes to be with its first answer. What
    an answer makes wrong elsewhere is no reason to refuse it: the review says it before the signature.

    Raises:
        AnswersRefused: an answer is to no question, to one that is not asked for, or does not hold; nothing is kept.
    """
    state = evaluation_state(evaluation, user=user)
    before = kept(state)
    _require_few_new_cases(state, entries)
    errors: dict[str, tuple[str, ...]] = {}
    for entry in entries:
        if problem := _give(state, entry):
            errors[entry.path] = (problem,)
    for entry in entries:
        if entry.path not in errors and (found := _judged(state, entry)):
            errors[entry.path] = found
    if errors:
        raise AnswersRefused(errors)
    state_store(evaluation=evaluation, before=before, state=state, user=user)
    return state


def _give(state: FormState, entry: AnswerEntry) -> str:
    """Put an entry into the state; returns why it cannot even be tried, if so."""
    question = state.definition.by_path.get(template_path(entry.path))
    if isinstance(question, Question) and question.type in UPLOAD_TYPES:
        return _("Los archivos se adjuntan en la página, no por la API.")
    try:
        _open_case(state, entry.path)
        if entry.reason is None:
            state.set(entry.path, entry.value)
        else:
            state.set_not_applicable(entry.path, entry.reason)
    except KeyError:
        return _("El cuestionario no tiene esta pregunta, o no tiene tantos casos.")
    except ValueError as problem:
        return str(problem)
    return ""


def _require_few_new_cases(state: FormState, entries: Sequence[AnswerEntry]) -> None:
    new = {
        entry.path[: match.end()]: entry.path
        for entry in entries
        for match in _NUMBERED.finditer(entry.path)
        if int(match.group(1)) > state.repeat_counts.get(entry.path[: match.start()], 0)
    }
    if len(new) > MOST_NEW_CASES:
        message = _("Son demasiados casos nuevos de una vez: mandá hasta %(most)s.") % {
            "most": MOST_NEW_CASES
        }
        raise AnswersRefused(dict.fromkeys(new.values(), (message,)))


def _open_case(state: FormState, path: str) -> None:
    """Add the cases that a path stands in, each of which must be the next of its group."""
    for match in _NUMBERED.finditer(path):
        container, number = path[: match.start()], int(match.group(1))
        if number > 1 and number == state.repeat_counts.get(container, 0) + 1:
            state.add_repeat(container)


def _judged(state: FormState, entry: AnswerEntry) -> tuple[str, ...]:
    if not state.visible(entry.path):
        return (_("Con las demás respuestas esta pregunta no corresponde: no se responde."),)
    if state.is_read_only(entry.path):
        return (_("Este valor se calcula a partir de otras respuestas: no se responde."),)
    is_taken_back = entry.reason is None and not entry.value
    return () if is_taken_back else state.errors(entry.path)
