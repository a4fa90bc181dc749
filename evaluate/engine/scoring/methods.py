"""How criteria become the score of a group. Each method takes the criteria that count, and nothing else.

points_over_maximum   Σ weight·points / Σ weight·maximum
weighted_mean         Σ weight·share / Σ weight: a criterion counts by its weight, whatever its scale
sum                   Σ weight·points, with its share of the maximum beside
minimum               the lowest share: as strong as the weakest criterion
staged                the last stage of which all criteria are met, with all before it (CMMI calls it staged)
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluate.engine.definition import MINIMUM, POINTS_OVER_MAXIMUM, STAGED, SUM, WEIGHTED_MEAN
from evaluate.engine.scoring.exact import total, weighted_total
from evaluate.engine.scoring.scores import NOTHING, CriterionScore


@dataclass(frozen=True, slots=True)
class Outcome:
    """A group's score in the method's own unit, and its share; `stage` only where there are stages."""

    points: Fraction
    maximum: Fraction
    share: Fraction | None
    stage: int | None = None


def outcome(method: str, criteria: Sequence[CriterionScore]) -> Outcome:
    """Put the counted criteria of a group together.

    Raises:
        KeyError: there is no such method.
    """
    return METHODS[method]([each for each in criteria if each.counted])


def _points_over_maximum(criteria: Sequence[CriterionScore]) -> Outcome:
    points = total(each.points for each in criteria)
    maximum = total(each.maximum for each in criteria)
    return Outcome(points, maximum, points / maximum if maximum else None)


def _weighted_mean(criteria: Sequence[CriterionScore]) -> Outcome:
    shares = [(each.weight, each.share) for each in criteria if each.share is not None]
    points = weighted_total(shares)
    weights = total(weight for weight, _share in shares)
    return Outcome(points, weights, points / weights if weights else None)


def _minimum(criteria: Sequence[CriterionScore]) -> Outcome:
    shares = [each.share for each in criteria if each.share is not None]
    if not shares:
        return Outcome(NOTHING, NOTHING, None)
    return Outcome(min(shares), Fraction(1), min(shares))


def _staged(criteria: Sequence[CriterionScore]) -> Outcome:
    stages = sorted({each.stage for each in criteria if each.stage is not None})
    if not stages:
        return Outcome(NOTHING, NOTHING, None)
    reached = 0
    for stage in stages:
        if not all(each.is_met for each in criteria if each.stage == stage):
            break
        reached += 1
    share = Fraction(reached, len(stages))
    return Outcome(Fraction(reached), Fraction(len(stages)), share, stages[reached - 1] if reached else 0)


METHODS: dict[str, Callable[[Sequence[CriterionScore]], Outcome]] = {
    POINTS_OVER_MAXIMUM: _points_over_maximum,
    WEIGHTED_MEAN: _weighted_mean,
    SUM: _points_over_maximum,
    MINIMUM: _minimum,
    STAGED: _staged,
}
