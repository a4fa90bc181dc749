"""What scoring a questionnaire needs of it, worked out once: points, maxima and weights as exact fractions."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from evaluate.engine.definition import (
    NOT_APPLICABLE_EXCLUDED,
    Choice,
    FormDefinition,
    Question,
    Section,
    walk_items,
)
from evaluate.engine.question_types import SEVERAL_CHOICES_TYPES
from evaluate.engine.scoring.scores import NOTHING, CriterionScore
from evaluate.engine.scoring.signature import scoring_signature


@dataclass(frozen=True, slots=True)
class PlannedQuestion:
    """A scored question as its author declared it, ready to be worked out."""

    item: Question
    criterion: str
    section: str
    weight: Fraction
    points: Mapping[str, Fraction]
    maximum: Fraction
    takes_several: bool
    may_be_excluded: bool


@dataclass(frozen=True, slots=True)
class ScoringPlan:
    """The scored questions of a questionnaire by item path, the sections that have some, and its mark.

    `known` keeps the criteria of one question as they were worked out before, by path, answer and exclusion: there
    are as many as choices, and thousands of towns give the same.
    """

    questions: Mapping[str, PlannedQuestion]
    sections: tuple[Section, ...]
    signature: str
    known: dict[tuple[str, str, str], CriterionScore] = field(default_factory=dict)


def scoring_plan(definition: FormDefinition) -> ScoringPlan:
    """Return a definition's plan, made at first use and kept with it, as its compiled formulas are."""
    kept = definition.__dict__.get("_scoring_plan")
    if isinstance(kept, ScoringPlan):
        return kept
    plan = definition.__dict__["_scoring_plan"] = _plan(definition)
    return plan


def _plan(definition: FormDefinition) -> ScoringPlan:
    found: dict[str, PlannedQuestion] = {}
    sections = []
    for section in definition.sections:
        inside = {
            item.path: _planned(definition, section, item)
            for item in walk_items(section.items)
            if isinstance(item, Question) and item.path in definition.criterion_keys
        }
        if inside:
            sections.append(section)
            found |= inside
    return ScoringPlan(found, tuple(sections), scoring_signature(definition))


def _planned(definition: FormDefinition, section: Section, item: Question) -> PlannedQuestion:
    choices = definition.choice_lists[item.choice_list]
    several = item.type in SEVERAL_CHOICES_TYPES
    return PlannedQuestion(
        item=item,
        criterion=definition.criterion_keys[item.path],
        section=section.key,
        weight=Fraction(item.weight),
        points={choice.name: _points(choice) for choice in choices},
        maximum=_maximum(choices, several=several),
        takes_several=several,
        may_be_excluded=definition.not_applicable_rule(item) == NOT_APPLICABLE_EXCLUDED,
    )


def _points(choice: Choice) -> Fraction:
    return Fraction(choice.points or 0)


def _maximum(choices: Iterable[Choice], *, several: bool) -> Fraction:
    """The most points that a question can give: of its best choice, or of all its good ones together.

    Never less than nothing, which is what leaving it open gives. Choices that a filter keeps from some towns count
    too: the maximum is the questionnaire's and no answer moves it.
    """
    good = [points for choice in choices if (points := _points(choice)) > 0]
    return sum(good, NOTHING) if several else max(good, default=NOTHING)
