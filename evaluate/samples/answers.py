"""Answering a questionnaire as a town of a certain standing would."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from evaluate.engine.definition import NOT_APPLICABLE_REFUSED, Question
from evaluate.engine.paths import template_path
from evaluate.engine.state import FormState
from evaluate.models import Answer, Evaluation, EvaluationChange, EvaluationRun, Questionnaire
from evaluate.services.answering import answer_save, evaluation_start, section_save, visible_questions
from evaluate.services.scoring import evaluation_score
from evaluate.services.states import evaluation_state, open_sections
from evaluate.services.submission import evaluation_submit
from portal.places.models import Municipality

# Which of its levels a town has reached, one criterion after the other: some things it does well, others not yet.
PICKS = (2, 1, 0, 2, 3, 1, 1, 0, 2, 1)


@dataclass(frozen=True)
class Character:
    """How an invented town answers: where in the levels it begins, and how far above or below it stands."""

    offset: int = 0
    lift: int = 0

    def pick(self, number: int, choices: int) -> int:
        """Choose a level for a criterion."""
        return max(0, min(choices - 1, PICKS[(number + self.offset) % len(PICKS)] + self.lift))


def sample_start(user: Any, questionnaire: Questionnaire, municipality: Municipality) -> Evaluation | None:
    """Open an invented evaluation; nothing where the town has one of its own open, which nobody touches."""
    evaluation, is_new = evaluation_start(
        user=user, questionnaire=questionnaire, municipality=municipality, is_sample=True
    )
    return evaluation if is_new else None


def answer_sections(
    evaluation: Evaluation, users: Iterable[Any], character: Character, *, only_first: int | None = None
) -> None:
    """Answer one section after the other, each by the next person."""
    places = len(open_sections(evaluation_state(evaluation)))
    people = list(users)
    for place in range(places if only_first is None else only_first):
        _answer_section(evaluation, people[place % len(people)], place, character)


@transaction.atomic
def sign(evaluation: Evaluation, user: Any, at: datetime) -> EvaluationRun | None:
    """Sign an invented evaluation as of a day in the past."""
    run = evaluation_submit(evaluation=evaluation, user=user)
    evaluation.submitted_at = evaluation.started_at = at
    evaluation.save(update_fields=["submitted_at", "started_at"])
    Answer.objects.filter(evaluation=evaluation).update(answered_at=at)
    EvaluationChange.objects.filter(evaluation=evaluation).update(at=at)
    EvaluationRun.objects.filter(evaluation=evaluation).update(created_at=at, queued_at=at)
    return run


def score(run: EvaluationRun | None, at: datetime) -> None:
    """Work the score out at once, as of that day."""
    if run is not None and evaluation_score(run_id=run.pk):
        EvaluationRun.objects.filter(pk=run.pk).update(finished_at=at)
        EvaluationChange.objects.filter(evaluation=run.evaluation_id).update(at=at)


def say_not_applicable(evaluation: Evaluation, user: Any, reason: str) -> None:
    """Say of one criterion that it does not apply, where the questionnaire lets that be said."""
    state = evaluation_state(evaluation)
    path = next(_excusable(state), "")
    if path:
        answer_save(evaluation=evaluation, user=user, path=path, value=None, reason=reason)


def _excusable(state: FormState) -> Iterator[str]:
    for section in open_sections(state):
        for path in visible_questions(state, section):
            item = state.definition.by_path[template_path(path)]
            if isinstance(item, Question) and (
                state.definition.not_applicable_rule(item) not in {"", NOT_APPLICABLE_REFUSED}
            ):
                yield path


def _answer_section(evaluation: Evaluation, user: Any, place: int, character: Character) -> None:
    """Answer a section, and what its first answers brought up."""
    for _round in range(2):
        state = evaluation_state(evaluation)
        section = open_sections(state)[place]
        values = {
            path: value
            for number, path in enumerate(visible_questions(state, section))
            if (value := _picked(state, path, place + number, character))
        }
        if not section_save(evaluation=evaluation, user=user, section=section, values=values).appeared:
            return


def _picked(state: FormState, path: str, number: int, character: Character) -> str:
    """Choose an answer: the first choice where nothing is scored, so that all questions are asked."""
    item = state.definition.by_path[template_path(path)]
    choices = state.choices(path) if isinstance(item, Question) and item.choice_list else ()
    if not choices:
        return ""
    is_scored = any(choice.points for choice in choices)
    return choices[character.pick(number, len(choices)) if is_scored else 0].name
