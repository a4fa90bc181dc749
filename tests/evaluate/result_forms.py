"""Questionnaires with each scoring method, and their results, in as few words as a test needs."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils import timezone

from evaluate.engine.definition import Choice, FormDefinition, Group, Question
from evaluate.engine.definition_json import to_json
from evaluate.engine.question_types import QuestionType
from evaluate.engine.scoring import Score, score
from evaluate.engine.state import FormState
from evaluate.models import Evaluation, EvaluationRun, QuestionnaireVersion
from evaluate.result.building import result_of
from evaluate.result.parts import Result
from tests.evaluate.form_workbooks import NOW

LEVEL_NAMES = ({"es": "Inicial"}, {"es": "En desarrollo"}, {"es": "Consolidado"}, {"es": "Referente"})
_versions = itertools.count(1)


def choices(*points: str) -> tuple[Choice, ...]:
    """Choices c0, c1, … worth these points, described as "Nivel 0", "Nivel 1", …."""
    return tuple(
        Choice(f"c{place}", {"es": f"Nivel {place}"}, points=value) for place, value in enumerate(points)
    )


FOUR = choices("0", "1", "2", "3")


def asked(name: str, section: str, **fields: object) -> Question:
    """A select_one question of the list "l" in a section."""
    values = {"label": {"es": f"Criterio {name}"}, "choice_list": "l", "type": QuestionType.SELECT_ONE}
    return Question(name=name, path=f"/{section}/{name}", **(values | fields))  # type: ignore[arg-type]


def form(
    method: str,
    sections: Mapping[str, Sequence[Question]],
    *,
    lists: Mapping[str, tuple[Choice, ...]] | None = None,
    **fields: object,
) -> FormDefinition:
    """A questionnaire of these sections by this method, with four named levels."""
    items = tuple(
        Group(name=key, path=f"/{key}", label={"es": key.title()}, items=tuple(questions))
        for key, questions in sections.items()
    )
    values = {"level_names": LEVEL_NAMES, "not_applicable": "excluded", "languages": ("es",)}
    return FormDefinition(
        form_id="f",
        title="Prueba",
        scoring=method,
        items=items,
        choice_lists={"l": FOUR, **(lists or {})},
        **(values | fields),  # type: ignore[arg-type]
    )


def state_with(
    definition: FormDefinition, answers: Mapping[str, str], not_applicable: Mapping[str, str] | None = None
) -> FormState:
    """The answers, by path without its first slash."""
    given = {f"/{path}": value for path, value in answers.items()}
    reasons = {f"/{path}": reason for path, reason in (not_applicable or {}).items()}
    return FormState(definition, given, now=NOW, not_applicable=reasons)


@dataclass(frozen=True)
class Scored:
    """A scored response that was never stored."""

    definition: FormDefinition
    state: FormState
    score: Score
    evaluation: Evaluation
    run: EvaluationRun
    result: Result


def scored(
    definition: FormDefinition,
    answers: Mapping[str, str],
    not_applicable: Mapping[str, str] | None = None,
) -> Scored:
    """Score a response by the ordinary engine and put its result in words."""
    state = state_with(definition, answers, not_applicable)
    found = score(definition, state)
    number = next(_versions)
    version = QuestionnaireVersion(
        pk=number, number=1, definition=to_json(definition), definition_sha256=f"prueba-{number}"
    )
    evaluation = Evaluation(pk=number, version=version, submitted_at=timezone.now(), status="scored")
    run = EvaluationRun(
        pk=number, evaluation=evaluation, status="done", result=found.to_json(), created_at=timezone.now()
    )
    return Scored(definition, state, found, evaluation, run, result_of(evaluation, run, state=state))


def renamed(question: Question, **fields: object) -> Question:
    """The same question with some fields changed."""
    return replace(question, **fields)  # type: ignore[arg-type]
