"""Which named level a score reaches."""

from collections.abc import Sequence
from fractions import Fraction

from evaluate.engine.definition import STAGED, SUM, FormDefinition
from evaluate.engine.scoring.methods import Outcome

PER_CENT = 100


def level_of(definition: FormDefinition, outcome: Outcome, *, is_total: bool = True) -> int | None:
    """Return the place of the level that an outcome reaches, from 0; None without levels or without a score.

    With stages the level is the last stage reached. Otherwise the questionnaire's thresholds decide, in per cent of
    the maximum or, for a sum, in points; without thresholds the levels divide the way to everything evenly.

    Args:
        is_total: whether it is the outcome of the whole: a sum's thresholds are points of the whole, so that its
            parts have no level.
    """
    count = len(definition.level_names)
    if outcome.share is None or not count:
        return None
    if definition.scoring == STAGED:
        return min(outcome.stage or 0, count - 1)
    in_points = definition.scoring == SUM and bool(definition.level_thresholds)
    if in_points and not is_total:
        return None
    reached = outcome.points if in_points else outcome.share
    begins = level_beginnings(definition)
    return max(0, min(sum(begin <= reached for begin in begins) - 1, count - 1))


def level_beginnings(definition: FormDefinition) -> Sequence[Fraction]:
    """Where each level begins, lowest first: shares, or points for a sum that has thresholds."""
    thresholds = [Fraction(threshold) for threshold in definition.level_thresholds]
    if definition.scoring == SUM and thresholds:
        return thresholds
    if thresholds:
        return [threshold / PER_CENT for threshold in thresholds]
    count = len(definition.level_names)
    return [Fraction(place, count) for place in range(count)]
