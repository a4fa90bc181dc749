"""What is missing for the next level: how much, and the shortest list of criteria whose next step gets there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from evaluate.engine.definition import MINIMUM, STAGED, SUM, WEIGHTED_MEAN, FormDefinition, Question
from evaluate.engine.paths import template_path
from evaluate.engine.scoring import CriterionScore, Score
from evaluate.engine.scoring.levels import level_beginnings
from evaluate.engine.state import FormState
from evaluate.result.climbing import Climb, Ladder, climb_until, step_up

NOTHING = Fraction(0)
POINTS, SHARE, CRITERIA = "points", "share", "criteria"


@dataclass(frozen=True)
class Way:
    """The way to a level or a stage: how much is missing in `unit`, and the climbs that get there."""

    place: int
    missing: Fraction
    unit: str
    climbs: tuple[Climb, ...]
    is_reachable: bool


def way_up(definition: FormDefinition, score: Score, state: FormState | None = None) -> Way | None:
    """Find the way to the next level; None at the top, without levels or without a score."""
    ladder = Ladder(definition, state)
    counted = [each for each in score.criteria if each.counted]
    if score.share is None:
        return None
    if score.method == STAGED:
        return _to_next_stage(ladder, counted)
    level = score.total.level
    if level is None or level + 1 >= len(definition.level_names):
        return None
    beginnings = level_beginnings(definition)
    if level + 1 >= len(beginnings):
        return None
    if score.method == MINIMUM:
        return _all_above(ladder, counted, beginnings[level + 1], level + 1, score.share)
    return _shortest(ladder, score, counted, level + 1)


def worth(method: str, criterion: CriterionScore) -> Fraction:
    """Return what a criterion adds to the total in the method's unit, before the total is divided."""
    if method == WEIGHTED_MEAN:
        return criterion.weight * (criterion.share or NOTHING)
    return criterion.points


def _shortest(ladder: Ladder, score: Score, counted: Sequence[CriterionScore], place: int) -> Way:
    """Take the largest next steps first: for steps that add up, no shorter list gets there.

    Only where the next steps of all criteria together are too few, each goes one further, and so on.
    """
    total = score.total
    begin = level_beginnings(ladder.definition)[place]
    is_in_points = score.method == SUM and bool(ladder.definition.level_thresholds)
    missing = (begin if is_in_points else begin * total.maximum) - total.points
    climbs = _needed(score.method, _greedy(ladder, score.method, counted, missing), missing)
    reached = sum((_gain(score.method, each) for each in climbs), NOTHING)
    if score.method == WEIGHTED_MEAN:
        return Way(place, missing / total.maximum, SHARE, climbs, reached >= missing)
    return Way(place, missing, POINTS, climbs, reached >= missing)


def _needed(method: str, found: dict[str, Climb], missing: Fraction) -> tuple[Climb, ...]:
    """Leave out, the smallest first, what is not needed because others went several steps."""
    climbs = [climb for climb in found.values() if climb.times]
    over = sum((_gain(method, each) for each in climbs), NOTHING) - missing
    for climb in sorted(climbs, key=lambda each: _gain(method, each)):
        gain = _gain(method, climb)
        if gain > over:
            break
        over -= gain
        climbs.remove(climb)
    return tuple(climbs)


def _gain(method: str, climb: Climb) -> Fraction:
    return worth(method, climb.after) - worth(method, climb.before)


def _greedy(
    ladder: Ladder, method: str, counted: Sequence[CriterionScore], missing: Fraction
) -> dict[str, Climb]:
    climbs = {each.key: Climb(each, each, 0) for each in counted}
    while missing > 0:
        steps = []
        for climb in climbs.values():
            following = step_up(ladder, climb.after)
            if following is not None:
                gain = worth(method, following) - worth(method, climb.after)
                steps.append((gain, following))
        steps = [step for step in steps if step[0] > 0]
        if not steps:
            break
        for gain, following in sorted(steps, key=lambda step: -step[0]):
            earlier = climbs[following.key]
            climbs[following.key] = Climb(earlier.before, following, earlier.times + 1)
            missing -= gain
            if missing <= 0:
                break
    return climbs


def _all_above(
    ladder: Ladder,
    counted: Sequence[CriterionScore],
    begin: Fraction,
    place: int,
    share: Fraction,
) -> Way:
    """For the minimum every criterion below the level has to rise to it."""
    below = [each for each in counted if each.share is not None and each.share < begin]
    climbs, is_reachable = _climbs(ladder, below, lambda _each: lambda after: (after.share or 0) >= begin)
    return Way(place, begin - share, SHARE, climbs, is_reachable)


def _to_next_stage(ladder: Ladder, counted: Sequence[CriterionScore]) -> Way | None:
    """For stages: the criteria of the first stage that is not whole which are still unmet."""
    unmet = [each for each in counted if each.stage is not None and not each.is_met]
    if not unmet:
        return None
    stage = min(each.stage for each in unmet if each.stage is not None)
    of_stage = [each for each in unmet if each.stage == stage]
    climbs, is_reachable = _climbs(ladder, of_stage, lambda each: _meets(ladder.definition, each))
    return Way(stage, Fraction(len(of_stage)), CRITERIA, climbs, is_reachable)


def _meets(definition: FormDefinition, criterion: CriterionScore) -> Callable[[CriterionScore], bool]:
    leading = next((each for each in criterion.questions if each.counted), criterion.questions[0])
    item = definition.by_path.get(template_path(leading.path))
    met_at = Fraction(item.met_at) if isinstance(item, Question) else Fraction(1)
    return lambda after: after.points >= met_at * after.maximum


def _climbs(
    ladder: Ladder,
    criteria: Sequence[CriterionScore],
    arrives: Callable[[CriterionScore], Callable[[CriterionScore], bool]],
) -> tuple[tuple[Climb, ...], bool]:
    """Climb with each; what cannot get there is listed as it is, and then the level cannot be reached."""
    found = [(each, climb_until(ladder, each, arrives(each))) for each in criteria]
    climbs = tuple(climb or Climb(each, each, 0) for each, climb in found)
    return climbs, all(climb is not None for _each, climb in found)
