"""A criterion's next step: its weakest question one choice up, and so on to the top."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from evaluate.engine.definition import Choice, FormDefinition, Question
from evaluate.engine.paths import template_path
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES
from evaluate.engine.scoring import CriterionScore, QuestionScore
from evaluate.engine.state import FormState

NOTHING = Fraction(0)


@dataclass(frozen=True)
class Ladder:
    """The choices that questions can rise by: those that are offered given the other answers, where these are known."""

    definition: FormDefinition
    state: FormState | None = None

    def choices(self, question: Question, path: str) -> Sequence[Choice]:
        """Return what a question offers; without the answers, all that its list has."""
        if self.state is not None and question.choice_filter:
            try:
                return self.state.choices(path)
            except KeyError:
                # A case that is not there any more.
                pass
        return self.definition.choice_lists.get(question.choice_list, ())


@dataclass(frozen=True)
class Climb:
    """A criterion as it is and as it would be after some steps; `raised` are the questions that changed."""

    before: CriterionScore
    after: CriterionScore
    times: int

    @property
    def raised(self) -> list[QuestionScore]:
        """The questions as they would be answered."""
        earlier = {question.path: question for question in self.before.questions}
        return [question for question in self.after.questions if question != earlier[question.path]]


def climb_until(
    ladder: Ladder, criterion: CriterionScore, arrived: Callable[[CriterionScore], bool]
) -> Climb | None:
    """Go up step by step until a criterion is good enough; None where even its best answers are not."""
    times, after = 0, criterion
    steps = steps_up(ladder, criterion)
    while not arrived(after):
        following = next(steps, None)
        if following is None:
            return None
        times, after = times + 1, following
    return Climb(criterion, after, times)


def steps_up(ladder: Ladder, criterion: CriterionScore) -> Iterator[CriterionScore]:
    """Yield a criterion after its next step, after the one that follows, and so on."""
    at = criterion
    while (following := step_up(ladder, at)) is not None:
        yield following
        at = following


def step_up(ladder: Ladder, criterion: CriterionScore) -> CriterionScore | None:
    """Return a criterion with its weakest question that can still rise one choice up; None at the top."""
    raised = [
        (_share(question), place, better)
        for place, question in enumerate(criterion.questions)
        if question.counted and question.weight > 0 and (better := _better(ladder, question)) is not None
    ]
    if not raised:
        return None
    _lowest, place, better = min(raised, key=lambda each: each[:2])
    questions = [*criterion.questions]
    questions[place] = better
    points = sum((each.weight * each.points for each in questions if each.counted), NOTHING)
    return replace(criterion, questions=tuple(questions), points=points)


def _share(question: QuestionScore) -> Fraction:
    return question.points / question.maximum if question.maximum > 0 else Fraction(1)


def _better(ladder: Ladder, question: QuestionScore) -> QuestionScore | None:
    item = ladder.definition.by_path.get(template_path(question.path))
    if not isinstance(item, Question):
        return None
    choices = ladder.choices(item, question.path)
    if item.type in SEVERAL_CHOICES_TYPES:
        return _one_more(question, choices)
    higher = [choice for choice in choices if _points(choice) > question.points]
    if not higher:
        return None
    chosen = min(higher, key=_points)
    return replace(question, answer=chosen.name, points=_points(chosen))


def _one_more(question: QuestionScore, choices: Sequence[Choice]) -> QuestionScore | None:
    """Choose one thing more that gives points; when all are chosen, leave out one that takes points away."""
    chosen = question.answer.split()
    for choice in choices:
        if choice.name not in chosen and _points(choice) > 0:
            return _with(question, [*chosen, choice.name], _points(choice))
    for choice in choices:
        if choice.name in chosen and _points(choice) < 0:
            return _with(question, [name for name in chosen if name != choice.name], -_points(choice))
    return None


def _with(question: QuestionScore, names: list[str], gain: Fraction) -> QuestionScore:
    return replace(question, answer=" ".join(names), points=question.points + gain)


def _points(choice: Choice) -> Fraction:
    return Fraction(choice.points or 0)
