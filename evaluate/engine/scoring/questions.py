"""What each scored question of a response gave."""

from collections.abc import Iterable, Iterator
from fractions import Fraction

from evaluate.engine.definition import (
    NOT_APPLICABLE_EXCLUDED,
    Choice,
    FormDefinition,
    Question,
    Section,
)
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES
from evaluate.engine.scoring.scores import NOT_APPLICABLE, NOT_RELEVANT, QuestionScore
from evaluate.engine.state import FormState

NOTHING = Fraction(0)


class QuestionScorer:
    """Finds the scored questions of a response and what each of them gave."""

    def __init__(self, definition: FormDefinition, state: FormState) -> None:
        """Take a questionnaire and the answers to it."""
        self._definition = definition
        self._state = state
        self._choices: dict[str, dict[str, Choice]] = {
            name: {choice.name: choice for choice in definition.choice_lists[name]}
            for name in definition.scored_lists
        }

    def scored(self, section: Section) -> Iterator[tuple[str, Question]]:
        """Yield the scored questions of a section with their answer paths, relevant or not, in order."""
        for step in self._state.walk(section, include_hidden=True):
            if isinstance(step.item, Question) and step.item.choice_list in self._choices:
                yield step.path, step.item

    def score(self, path: str, item: Question) -> QuestionScore:
        """Return what a question gave; no answer is 0 points."""
        choices = self._choices[item.choice_list]
        several = item.type in SEVERAL_CHOICES_TYPES
        relevant = self._state.visible(path)
        answer = self._state.answer(path) if relevant else ""
        given = [choices[name] for name in (answer.split() if several else [answer]) if name in choices]
        return QuestionScore(
            path=path,
            answer=answer,
            points=sum((_points(choice) for choice in given), NOTHING),
            maximum=_maximum(choices.values(), several=several),
            weight=Fraction(item.weight),
            excluded_because=self._excluded(path, item) if relevant else NOT_RELEVANT,
            reason=self._state.not_applicable.get(path, "") if relevant else "",
        )

    def _excluded(self, path: str, item: Question) -> str:
        if not self._state.is_not_applicable(path):
            return ""
        is_excluded = self._definition.not_applicable_rule(item) == NOT_APPLICABLE_EXCLUDED
        return NOT_APPLICABLE if is_excluded else ""


def _points(choice: Choice) -> Fraction:
    return Fraction(choice.points or 0)


def _maximum(choices: Iterable[Choice], *, several: bool) -> Fraction:
    """The most points that a question can give: of its best choice, or of all its good ones together.

    Never less than nothing, which is what leaving it open gives.
    """
    points = [_points(choice) for choice in choices]
    if several:
        return sum((amount for amount in points if amount > 0), NOTHING)
    return max(points, default=NOTHING) if max(points, default=NOTHING) > 0 else NOTHING
