"""What a result consists of: exact numbers beside words in the reader's language, and no markup.

Nothing here is about a person but what `Signature` and `ResultQuestion.reason` hold, and a public result has neither.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from evaluate.engine.definition import MINIMUM, STAGED, SUM, WEIGHTED_MEAN
from evaluate.engine.scoring import GroupKind
from evaluate.result.numbers import decimal_text, percent_of, percent_text
from evaluate.result.standing import score_text

# From which part of its points on a criterion is a strength.
STRONG = Fraction(2, 3)


class ShownNumbers:
    """A score's exact numbers as people write them."""

    points: Fraction
    maximum: Fraction
    share: Fraction | None

    @property
    def percent(self) -> int | None:
        """The share in whole per cent; None for no score, which is not zero."""
        return percent_of(self.share)

    @property
    def shown_percent(self) -> str:
        """The share as text."""
        return percent_text(self.share)

    @property
    def shown_points(self) -> str:
        """The points as people write them, weighed where the method weighs them."""
        return decimal_text(self.points)

    @property
    def shown_maximum(self) -> str:
        """The most points, as people write them."""
        return decimal_text(self.maximum)


@dataclass(frozen=True)
class ResultGroup(ShownNumbers):
    """The score of the whole, of a section or of a policy area; `points` and `maximum` are in the method's unit."""

    kind: GroupKind
    key: str
    label: str
    points: Fraction
    maximum: Fraction
    share: Fraction | None
    level: int | None
    level_name: str
    counted: int
    answered: int
    excluded: int
    method: str

    @property
    def shown_score(self) -> str:
        """The score in its method's own unit; nothing for no score."""
        return score_text(self.method, self.points, self.maximum, self.share)

    @property
    def has_points(self) -> bool:
        """Whether points say something beside the share: not where shares are averaged or the lowest one counts."""
        return self.method not in {WEIGHTED_MEAN, MINIMUM, STAGED}

    @property
    def is_sum(self) -> bool:
        """Whether the points are the score itself."""
        return self.method == SUM


@dataclass(frozen=True)
class ResultQuestion:
    """One question of a criterion: what was answered and what that gave. `reason` is what people wrote."""

    path: str
    label: str
    answer: str
    points: Fraction
    maximum: Fraction
    weight: Fraction
    excluded_because: str
    reason: str

    @property
    def counted(self) -> bool:
        """Whether it is part of the score."""
        return not self.excluded_because

    @property
    def shown_points(self) -> str:
        """The points as people write them, before they are weighed."""
        return decimal_text(self.points)

    @property
    def shown_maximum(self) -> str:
        """The most points, as people write them."""
        return decimal_text(self.maximum)

    @property
    def shown_weight(self) -> str:
        """The weight as people write it."""
        return decimal_text(self.weight)


@dataclass(frozen=True)
class ResultCriterion(ShownNumbers):
    """One criterion: the described level that was chosen, what it counts for, and what the next level looks like.

    `points` and `maximum` are weighed. `exclusion` says in words why it does not count; `following` describes the
    next level and is empty at the top.
    """

    key: str
    number: int
    label: str
    section: str
    section_label: str
    area: str
    topic: str
    topic_label: str
    weight: Fraction
    points: Fraction
    maximum: Fraction
    share: Fraction | None
    answer: str
    answered: bool
    following: str
    excluded_because: str
    exclusion: str
    questions: tuple[ResultQuestion, ...]
    stage: int | None = None
    is_met: bool | None = None
    good: str = ""

    @property
    def counted(self) -> bool:
        """Whether it is part of the score."""
        return not self.excluded_because

    @property
    def is_strong(self) -> bool:
        """Whether it reaches two thirds of its points or more."""
        return self.share is not None and self.share >= STRONG

    @property
    def is_weak(self) -> bool:
        """Whether it has a score, and less than two thirds of its points."""
        return self.share is not None and self.share < STRONG

    @property
    def shown_weight(self) -> str:
        """The weight as people write it."""
        return decimal_text(self.weight)

    @property
    def reasons(self) -> list[str]:
        """What people wrote about why it does not apply, each once."""
        return list(dict.fromkeys(question.reason for question in self.questions if question.reason))


@dataclass(frozen=True)
class ResultSection:
    """A section with its criteria, in the questionnaire's order."""

    number: int
    group: ResultGroup
    criteria: tuple[ResultCriterion, ...]


@dataclass(frozen=True)
class Stage:
    """A stage of the staged method: reached only when all of it, and all before it, is met."""

    number: int
    name: str
    is_reached: bool
    met: tuple[ResultCriterion, ...]
    unmet: tuple[ResultCriterion, ...]


@dataclass(frozen=True)
class Target:
    """What one question of a criterion would have to show; `question` is empty where the criterion has only one."""

    question: str
    description: str


@dataclass(frozen=True)
class NextStep:
    """A criterion that leads to the next level: how far it rises, to what, and what that adds in the method's unit."""

    criterion: ResultCriterion
    times: int
    gain: Fraction
    share_after: Fraction | None
    targets: tuple[Target, ...]

    @property
    def shown_gain(self) -> str:
        """What it adds, as people write it."""
        return decimal_text(self.gain)


@dataclass(frozen=True)
class NextLevel:
    """What is missing for the next level.

    `missing` is in points where points are the unit (`unit` is "points"), else a share of everything ("share"), or
    a number of criteria ("criteria"). Without `is_reachable` not even the best answers to what counts now would do.
    """

    name: str
    missing: Fraction
    unit: str
    steps: tuple[NextStep, ...]
    is_reachable: bool

    @property
    def shown_missing(self) -> str:
        """How much is missing, as people write it."""
        number = self.missing * 100 if self.unit == "share" else self.missing
        return decimal_text(number)


@dataclass(frozen=True)
class Signature:
    """Who handed the evaluation in, and when; the name is empty where the account is gone or the page is public."""

    signed_at: datetime | None
    signed_by: str = ""


@dataclass(frozen=True)
class Result:
    """All that a finished run says."""

    title: str
    method: str
    method_name: str
    levels: tuple[str, ...]
    total: ResultGroup
    areas: tuple[ResultGroup, ...]
    sections: tuple[ResultSection, ...]
    stages: tuple[Stage, ...]
    next_level: NextLevel | None
    strengths: tuple[ResultCriterion, ...]
    opportunities: tuple[ResultCriterion, ...]
    version_number: int
    scoring_signature: str
    run_id: int
    scored_at: datetime | None
    signature: Signature
    place_name: str
    is_sample: bool

    @property
    def criteria(self) -> list[ResultCriterion]:
        """Every criterion, in the questionnaire's order."""
        return [criterion for section in self.sections for criterion in section.criteria]

    @property
    def excluded(self) -> list[ResultCriterion]:
        """The criteria that do not count."""
        return [criterion for criterion in self.criteria if not criterion.counted]

    @property
    def unanswered(self) -> list[ResultCriterion]:
        """The criteria that count and were left open: no points."""
        return [criterion for criterion in self.criteria if criterion.counted and not criterion.answered]

    @property
    def lowest(self) -> tuple[ResultCriterion, ...]:
        """The criteria with the lowest share: what decides where the method takes the minimum."""
        return lowest_of(self.criteria)


def lowest_of(criteria: Iterable[ResultCriterion]) -> tuple[ResultCriterion, ...]:
    """Return those with the lowest share, all that are equal."""
    shares = [(each.share, each) for each in criteria if each.share is not None]
    lowest = min((share for share, _criterion in shares), default=None)
    return tuple(each for share, each in shares if share == lowest)
