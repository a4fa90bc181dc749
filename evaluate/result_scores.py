"""Scores in numbers and words, as a result shows them; the exact ones stay as they are."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction


@dataclass(frozen=True)
class ShownScore:
    """A share in numbers and words."""

    label: str
    points: Fraction
    maximum: Fraction
    share: Fraction | None
    level: str
    answered: int
    asked: int

    @property
    def percent(self) -> int | None:
        """The share as whole per cent, halves up; for display only."""
        return percent_of(self.share)

    @property
    def shown_points(self) -> str:
        """The points as people write them."""
        return decimal_text(self.points)

    @property
    def shown_maximum(self) -> str:
        """The most points, as people write them."""
        return decimal_text(self.maximum)


@dataclass(frozen=True)
class ShownCriterion:
    """One criterion's answer, and what the next level looks like."""

    label: str
    section: str
    answer: str
    points: str
    maximum: str
    following: str = ""


def percent_of(share: Fraction | None) -> int | None:
    """Round an exact share to whole per cent, halves up, for display."""
    if share is None:
        return None
    exact = Decimal(share.numerator) * 100 / Decimal(share.denominator)
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def decimal_text(number: Fraction) -> str:
    """Write a number with at most two decimals and a decimal comma."""
    rounded = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(
        Decimal("0.01"), ROUND_HALF_UP
    )
    return f"{rounded.normalize():f}".replace(".", ",")
