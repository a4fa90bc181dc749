"""A result as its own people's page shows it: what it says, what moved, what helps, and its figures."""

from dataclasses import dataclass
from typing import Any

from evaluate.engine.state import FormState
from evaluate.models import Evaluation, EvaluationRun
from evaluate.result.building import result_of
from evaluate.result.earlier_runs import earlier_runs, with_result
from evaluate.result.figures import area_figure, section_figure
from evaluate.result.movement import Movement, movement_since
from evaluate.result.parts import Result, ResultSection
from evaluate.result.suggestions import Suggestion, suggestions_for
from portal.indicators.figures import Figure

MAX_ID_DIGITS = 18
# From how many criteria on their table is folded, section by section.
MANY_CRITERIA = 40


@dataclass(frozen=True)
class ResultPage:
    """What the page of a finished run shows."""

    result: Result
    movement: Movement | None
    earlier: list[EvaluationRun]
    suggestions: list[Suggestion]
    figures: list[Figure]

    @property
    def is_long(self) -> bool:
        """Whether the table of criteria is folded."""
        return is_long(self.result)

    @property
    def sections(self) -> tuple[ResultSection, ...]:
        """The sections with their criteria."""
        return self.result.sections


def result_page(
    evaluation: Evaluation, run: EvaluationRun, state: FormState | None, *, user: Any, compared: str = ""
) -> ResultPage:
    """Gather the page of a finished run; the number of queries is the same for every questionnaire.

    Args:
        compared: the id of the earlier run that the reader chose to compare with; the latest one without it.
    """
    result = result_of(evaluation, run, state=state)
    earlier = earlier_runs(evaluation, run)
    chosen = _chosen(earlier, compared)
    run.evaluation = evaluation
    movement = movement_since(result, run, with_result(chosen)) if chosen else None
    return ResultPage(
        result=result,
        movement=movement,
        earlier=earlier,
        suggestions=suggestions_for(result, evaluation, user),
        figures=figures_of(result, movement),
    )


def figures_of(result: Result, movement: Movement | None = None) -> list[Figure]:
    """The figures that a result has: by area where there are several, and by section."""
    return [figure for figure in (area_figure(result, movement), section_figure(result, movement)) if figure]


def is_long(result: Result) -> bool:
    """Say whether a result has so many criteria that their table is folded."""
    return len(result.criteria) > MANY_CRITERIA


def _chosen(earlier: list[EvaluationRun], compared: str) -> EvaluationRun | None:
    wanted = int(compared) if compared.isdecimal() and len(compared) <= MAX_ID_DIGITS else 0
    return next((run for run in earlier if run.pk == wanted), earlier[0] if earlier else None)
