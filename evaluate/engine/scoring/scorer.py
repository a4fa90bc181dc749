"""Scores a response by the method that its questionnaire declares."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from evaluate.engine.definition import (
    MINIMUM,
    POINTS_OVER_MAXIMUM,
    STAGED,
    WEIGHTED_MEAN,
    FormDefinition,
    Question,
)
from evaluate.engine.scoring.exact import total, weighted_total
from evaluate.engine.scoring.levels import level_of
from evaluate.engine.scoring.methods import outcome
from evaluate.engine.scoring.plan import PlannedQuestion, ScoringPlan, scoring_plan
from evaluate.engine.scoring.questions import QuestionScorer
from evaluate.engine.scoring.scores import (
    NO_MAXIMUM,
    NOT_RELEVANT,
    TOTAL,
    CriterionScore,
    GroupKind,
    GroupScore,
    QuestionScore,
    Score,
)
from evaluate.engine.state import FormState

FIRST_STAGE = 1
Scored = tuple[PlannedQuestion, QuestionScore]


def score(definition: FormDefinition, state: FormState) -> Score:
    """Score a response: exact, and with all that each number comes from.

    Raising an answer never lowers a score, as long as no weight is negative and the answer decides about no other
    question's relevance. Excluding a question equals removing it from the questionnaire.
    """
    criteria = _criteria(definition, state)
    method = definition.scoring or POINTS_OVER_MAXIMUM
    groups = [_group(definition, method, GroupKind.TOTAL, TOTAL, criteria)]
    for kind in (GroupKind.SECTION, GroupKind.AREA):
        groups.extend(
            _group(definition, method, kind, key, members)
            for key, members in _grouped(criteria, kind).items()
        )
    return Score(method, tuple(criteria), tuple(groups), scoring_plan(definition).signature)


def _grouped(criteria: Iterable[CriterionScore], kind: GroupKind) -> Mapping[str, list[CriterionScore]]:
    """Part the criteria by section or area, in the order of the questionnaire; those without one are left out."""
    found: dict[str, list[CriterionScore]] = {}
    for each in criteria:
        key = each.section if kind is GroupKind.SECTION else each.area
        if key:
            found.setdefault(key, []).append(each)
    return found


def _criteria(definition: FormDefinition, state: FormState) -> list[CriterionScore]:
    """Gather the scored questions by criterion, in the order of the questionnaire."""
    plan = scoring_plan(definition)
    scorer = QuestionScorer(plan, state)
    found: dict[str, list[Scored]] = {}
    for section in plan.sections:
        for planned, question in scorer.scored(section):
            found.setdefault(planned.criterion, []).append((planned, question))
    return [_known(definition, plan, key, scored) for key, scored in found.items()]


def _known(
    definition: FormDefinition, plan: ScoringPlan, key: str, scored: Sequence[Scored]
) -> CriterionScore:
    """Score a criterion; one of a single question is the same for everybody who answers it so."""
    planned, question = scored[0]
    is_plain = len(scored) == 1 and question.path == planned.item.path and not question.reason
    if not is_plain or (question.answer and question.answer not in planned.points):
        return _criterion(definition, key, scored)
    given = (question.path, question.answer, question.excluded_because)
    if given not in plan.known:
        plan.known[given] = _criterion(definition, key, scored)
    return plan.known[given]


def _criterion(definition: FormDefinition, key: str, scored: Sequence[Scored]) -> CriterionScore:
    counted = [each for each in scored if each[1].counted]
    # What a criterion says of itself is said by the first question that counts, as if the others were not there.
    leading = (counted or scored)[0][0]
    points = weighted_total((planned.weight, question.points) for planned, question in counted)
    maximum = weighted_total((planned.weight, question.maximum) for planned, question in counted)
    is_staged = definition.scoring == STAGED
    return CriterionScore(
        key=key,
        section=leading.section,
        area=leading.item.area or definition.area,
        topic=leading.item.topic,
        weight=_weight(counted),
        points=points,
        maximum=maximum,
        questions=tuple(question for _planned, question in scored),
        excluded_because=_excluded_because(definition, scored, maximum),
        stage=(leading.item.stage or FIRST_STAGE) if is_staged else None,
        is_met=_is_met(leading.item, points, maximum) if is_staged else None,
    )


def _weight(counted: Iterable[Scored]) -> Fraction:
    """What a criterion counts beside others: a question that is repeated weighs once, however many cases there are."""
    once = {planned.item.path: planned.weight for planned, _question in counted}
    return total(once.values())


def _excluded_because(definition: FormDefinition, scored: Sequence[Scored], maximum: Fraction) -> str:
    """Say why a criterion does not count: none of its questions does, or its method divides by a maximum of 0."""
    if not any(question.counted for _planned, question in scored):
        reasons = {question.excluded_because for _planned, question in scored} - {NOT_RELEVANT}
        return next(iter(sorted(reasons)), NOT_RELEVANT)
    divides = definition.scoring in {WEIGHTED_MEAN, MINIMUM, STAGED}
    return NO_MAXIMUM if divides and maximum <= 0 else ""


def _is_met(question: Question, points: Fraction, maximum: Fraction) -> bool:
    return maximum > 0 and points >= Fraction(question.met_at) * maximum


def _group(
    definition: FormDefinition, method: str, kind: GroupKind, key: str, criteria: Sequence[CriterionScore]
) -> GroupScore:
    reached = outcome(method, criteria)
    counted = [each for each in criteria if each.counted]
    return GroupScore(
        kind=kind,
        key=key,
        points=reached.points,
        maximum=reached.maximum,
        share=reached.share,
        level=level_of(definition, reached, is_total=kind is GroupKind.TOTAL),
        counted=len(counted),
        answered=sum(each.answered for each in counted),
        excluded=len(criteria) - len(counted),
    )
