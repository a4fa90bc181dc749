"""What a score is: every number an exact fraction, and beside it what it comes from.

Labels are not kept: they are the version's, and are read from it in the reader's language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from typing import Any

FORMAT = 2
NOT_RELEVANT = "not_relevant"
NOT_APPLICABLE = "not_applicable"
NO_MAXIMUM = "no_maximum"
TOTAL = "total"
NOTHING = Fraction(0)


class GroupKind(StrEnum):
    """What criteria are put together by."""

    TOTAL = "total"
    SECTION = "section"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class QuestionScore:
    """What one question gave: its answer, the points of it, and why it counts or does not."""

    path: str
    answer: str
    points: Fraction
    maximum: Fraction
    weight: Fraction
    excluded_because: str = ""
    reason: str = ""

    @property
    def counted(self) -> bool:
        """Whether it is part of the score."""
        return not self.excluded_because

    @property
    def answered(self) -> bool:
        """Whether it has an answer."""
        return bool(self.answer)


@dataclass(frozen=True, slots=True)
class CriterionScore:
    """What the questions of one criterion gave together, each point times its question's weight.

    `weight` is what the criterion counts beside others where the method weighs criteria: the sum of its questions'
    weights, a repeated question's once. `stage` and `is_met` speak only where the method has stages.
    """

    key: str
    section: str
    area: str
    topic: str
    weight: Fraction
    points: Fraction
    maximum: Fraction
    questions: tuple[QuestionScore, ...]
    excluded_because: str = ""
    stage: int | None = None
    is_met: bool | None = None

    @property
    def counted(self) -> bool:
        """Whether it is part of the score."""
        return not self.excluded_because

    @property
    def answered(self) -> bool:
        """Whether any of its questions has an answer."""
        return any(question.answered for question in self.questions)

    @property
    def share(self) -> Fraction | None:
        """The part of its maximum reached; None when it does not count or has no maximum."""
        return self.points / self.maximum if self.counted and self.maximum > 0 else None


@dataclass(frozen=True, slots=True)
class GroupScore:
    """The score of a section, of a policy area or of the whole.

    `points` and `maximum` are in the method's own unit: weighted points, weights, a share, or stages. `level` is the
    place of the named level, from 0; None where there is no score or no levels.
    """

    kind: GroupKind
    key: str
    points: Fraction
    maximum: Fraction
    share: Fraction | None
    level: int | None
    counted: int
    answered: int
    excluded: int


@dataclass(frozen=True, slots=True)
class Score:
    """The whole result; `criteria` explains every number in `groups`, and the method says how."""

    method: str
    criteria: tuple[CriterionScore, ...]
    groups: tuple[GroupScore, ...]
    signature: str = ""
    by_key: Mapping[str, CriterionScore] = field(init=False, compare=False, repr=False, hash=False)

    def __post_init__(self) -> None:
        """Index the criteria by their key."""
        object.__setattr__(self, "by_key", {each.key: each for each in self.criteria})

    @property
    def total(self) -> GroupScore:
        """The score of the whole."""
        return next(group for group in self.groups if group.kind is GroupKind.TOTAL)

    @property
    def share(self) -> Fraction | None:
        """The part of the maximum reached; None when nothing counts."""
        return self.total.share

    @property
    def sections(self) -> tuple[GroupScore, ...]:
        """The score of each section that has criteria, in the questionnaire's order."""
        return self._of(GroupKind.SECTION)

    @property
    def areas(self) -> tuple[GroupScore, ...]:
        """The score of each policy area that has criteria."""
        return self._of(GroupKind.AREA)

    @property
    def questions(self) -> tuple[QuestionScore, ...]:
        """Every scored question, in the order of its criteria."""
        return tuple(question for criterion in self.criteria for question in criterion.questions)

    def shares(self) -> dict[str, float]:
        """What others are compared with, rounded to nine decimals: `total`, `section:…`, `area:…`, `criterion:…`."""
        found = {
            TOTAL if group.kind is GroupKind.TOTAL else f"{group.kind}:{group.key}": group.share
            for group in self.groups
        }
        found |= {f"criterion:{each.key}": each.share for each in self.criteria}
        return {key: round(float(share), 9) for key, share in found.items() if share is not None}

    def to_json(self) -> dict[str, Any]:
        """The score as plain JSON values, fractions as "n/d"."""
        return {
            "format": FORMAT,
            "method": self.method,
            "signature": self.signature,
            "criteria": [_criterion_json(each) for each in self.criteria],
            "groups": [_group_json(each) for each in self.groups],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Score":
        """Rebuild a score from `to_json`.

        Raises:
            ValueError: it was written in another format; the evaluation has to be scored again.
        """
        if data.get("format") != FORMAT:
            raise ValueError(f"unknown score format {data.get('format')!r}")
        return cls(
            method=data["method"],
            criteria=tuple(_criterion(each) for each in data["criteria"]),
            groups=tuple(_group(each) for each in data["groups"]),
            signature=data["signature"],
        )

    def _of(self, kind: GroupKind) -> tuple[GroupScore, ...]:
        return tuple(group for group in self.groups if group.kind is kind)


def written(fraction: Fraction) -> str:
    """Write a fraction as "n/d"."""
    return f"{fraction.numerator}/{fraction.denominator}"


def _criterion_json(each: CriterionScore) -> dict[str, Any]:
    data: dict[str, Any] = {
        "key": each.key,
        "section": each.section,
        "area": each.area,
        "topic": each.topic,
        "weight": written(each.weight),
        "points": written(each.points),
        "maximum": written(each.maximum),
        "questions": [_question_json(question) for question in each.questions],
    }
    if each.stage is not None:
        data |= {"stage": each.stage, "is_met": each.is_met}
    return data | ({"excluded_because": each.excluded_because} if each.excluded_because else {})


def _question_json(each: QuestionScore) -> dict[str, Any]:
    """A question in few words: most of them count and have no reason, and say nothing about it."""
    data = {
        "path": each.path,
        "answer": each.answer,
        "points": written(each.points),
        "maximum": written(each.maximum),
        "weight": written(each.weight),
    }
    if each.excluded_because:
        data["excluded_because"] = each.excluded_because
    return data | ({"reason": each.reason} if each.reason else {})


def _group_json(each: GroupScore) -> dict[str, Any]:
    return {
        "kind": each.kind.value,
        "key": each.key,
        "points": written(each.points),
        "maximum": written(each.maximum),
        "share": None if each.share is None else written(each.share),
        "level": each.level,
        "counted": each.counted,
        "answered": each.answered,
        "excluded": each.excluded,
    }


def _criterion(data: Mapping[str, Any]) -> CriterionScore:
    values = _fractions(data, "weight", "points", "maximum")
    return CriterionScore(**{**values, "questions": tuple(_question(each) for each in data["questions"])})


def _question(data: Mapping[str, Any]) -> QuestionScore:
    return QuestionScore(**_fractions(data, "points", "maximum", "weight"))


def _group(data: Mapping[str, Any]) -> GroupScore:
    values = _fractions(data, "points", "maximum", "share")
    return GroupScore(**{**values, "kind": GroupKind(data["kind"])})


def _fractions(data: Mapping[str, Any], *names: str) -> dict[str, Any]:
    found = {name: None if data[name] is None else Fraction(data[name]) for name in names}
    return {**data, **found}
