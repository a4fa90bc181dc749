"""Scores a response by the method that its questionnaire declares."""

from collections.abc import Iterable, Sequence
from fractions import Fraction

from evaluate.engine.definition import (
    MINIMUM,
    POINTS_OVER_MAXIMUM,
    STAGED,
    WEIGHTED_MEAN,
    FormDefinition,
    Question,
)
from evaluate.engine.paths import template_path
from evaluate.engine.scoring.levels import level_of
from evaluate.engine.scoring.methods import NOTHING, outcome
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
from evaluate.engine.scoring.signature import scoring_signature
from evaluate.engine.state import FormState

FIRST_STAGE = 1


def score(definition: FormDefinition, state: FormState) -> Score:
    """Score a response: exact, and with all that each number comes from."""
    criteria = _criteria(definition, state)
    method = definition.scoring or POINTS_OVER_MAXIMUM
    groups = [_group(definition, method, GroupKind.TOTAL, TOTAL, criteria)]
    for kind, field in ((GroupKind.SECTION, "section"), (GroupKind.AREA, "area")):
        keys = dict.fromkeys(getattr(each, field) for each in criteria)
        groups.extend(
            _group(definition, method, kind, key, [each for each in criteria if getattr(each, field) == key])
            for key in keys
            if key
        )
    return Score(method, tuple(criteria), tuple(groups), scoring_signature(definition))


def _criteria(definition: FormDefinition, state: FormState) -> list[CriterionScore]:
    """Gather the scored questions by criterion, in the order of the questionnaire."""
    scorer = QuestionScorer(definition, state)
    keys = definition.criterion_keys
    found: dict[str, tuple[str, Question, list[QuestionScore]]] = {}
    for section in definition.sections if definition.scoring else ():
        for path, item in scorer.scored(section):
            key = keys[template_path(path)]
            _section, _first, questions = found.setdefault(key, (section.key, item, []))
            questions.append(scorer.score(path, item))
    return [
        _criterion(definition, key, section, first, questions)
        for key, (section, first, questions) in found.items()
    ]


def _criterion(
    definition: FormDefinition, key: str, section: str, first: Question, questions: Sequence[QuestionScore]
) -> CriterionScore:
    counted = [question for question in questions if question.counted]
    points = _weighted(counted, "points")
    maximum = _weighted(counted, "maximum")
    is_staged = definition.scoring == STAGED
    return CriterionScore(
        key=key,
        section=section,
        area=first.area or definition.area,
        topic=first.topic,
        weight=sum((question.weight for question in counted), NOTHING),
        points=points,
        maximum=maximum,
        questions=tuple(questions),
        excluded_because=_excluded_because(definition, questions, maximum),
        stage=(first.stage or FIRST_STAGE) if is_staged else None,
        is_met=_is_met(first, points, maximum) if is_staged else None,
    )


def _excluded_because(
    definition: FormDefinition, questions: Sequence[QuestionScore], maximum: Fraction
) -> str:
    """Say why a criterion does not count: none of its questions does, or its method divides by a maximum of 0."""
    if not any(question.counted for question in questions):
        reasons = {question.excluded_because for question in questions} - {NOT_RELEVANT}
        return next(iter(sorted(reasons)), NOT_RELEVANT)
    divides = definition.scoring in {WEIGHTED_MEAN, MINIMUM, STAGED}
    return NO_MAXIMUM if divides and maximum <= 0 else ""


def _is_met(question: Question, points: Fraction, maximum: Fraction) -> bool:
    return maximum > 0 and points >= Fraction(question.met_at) * maximum


def _weighted(questions: Iterable[QuestionScore], field: str) -> Fraction:
    return sum((question.weight * getattr(question, field) for question in questions), NOTHING)


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
        level=level_of(definition, reached),
        counted=len(counted),
        answered=sum(each.answered for each in counted),
        excluded=len(criteria) - len(counted),
    )
