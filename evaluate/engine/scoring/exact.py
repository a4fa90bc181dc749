"""Exact sums of many fractions, reduced once at the end instead of after every step."""

from collections.abc import Iterable
from fractions import Fraction


def total(values: Iterable[Fraction]) -> Fraction:
    """Return Σ value."""
    above, below = 0, 1
    for value in values:
        numerator, denominator = value.as_integer_ratio()
        if denominator == below:
            above += numerator
        else:
            above, below = above * denominator + numerator * below, below * denominator
    return Fraction(above, below)


def weighted_total(pairs: Iterable[tuple[Fraction, Fraction]]) -> Fraction:
    """Return Σ weight · value."""
    above, below = 0, 1
    for weight, value in pairs:
        weight_above, weight_below = weight.as_integer_ratio()
        value_above, value_below = value.as_integer_ratio()
        numerator, denominator = weight_above * value_above, weight_below * value_below
        if denominator == below:
            above += numerator
        else:
            above, below = above * denominator + numerator * below, below * denominator
    return Fraction(above, below)
