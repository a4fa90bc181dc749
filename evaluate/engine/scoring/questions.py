"""What each scored question of a response gave."""

from collections.abc import Iterator
from fractions import Fraction

from evaluate.engine.definition import Question, Section
from evaluate.engine.scoring.exact import total
from evaluate.engine.scoring.plan import PlannedQuestion, ScoringPlan
from evaluate.engine.scoring.scores import NOT_APPLICABLE, NOT_RELEVANT, NOTHING, QuestionScore
from evaluate.engine.state import FormState


class QuestionScorer:
    """Finds the scored questions of a response and what each of them gave."""

    def __init__(self, plan: ScoringPlan, state: FormState) -> None:
        """Take what the questionnaire declares, and the answers to it."""
        self._plan = plan
        self._state = state
        self._reasons = state.not_applicable

    def scored(self, section: Section) -> Iterator[tuple[PlannedQuestion, QuestionScore]]:
        """Yield the scored questions of a section with what each gave, relevant or not, in order."""
        for step in self._state.walk(section, include_hidden=True):
            planned = self._plan.questions.get(step.item.path) if isinstance(step.item, Question) else None
            if planned is not None:
                yield planned, self._score(step.path, planned)

    def _score(self, path: str, planned: PlannedQuestion) -> QuestionScore:
        """Return what a question gave; no answer is 0 points."""
        if not self._state.visible(path):
            return QuestionScore(path, "", NOTHING, planned.maximum, planned.weight, NOT_RELEVANT)
        answer, reason = self._state.answer(path), self._reasons.get(path)
        is_excluded = reason is not None and planned.may_be_excluded
        return QuestionScore(
            path=path,
            answer=answer,
            points=_given(planned, answer),
            maximum=planned.maximum,
            weight=planned.weight,
            excluded_because=NOT_APPLICABLE if is_excluded else "",
            reason=reason or "",
        )


def _given(planned: PlannedQuestion, answer: str) -> Fraction:
    if not planned.takes_several:
        return planned.points.get(answer, NOTHING)
    return total(planned.points.get(name, NOTHING) for name in dict.fromkeys(answer.split()))
