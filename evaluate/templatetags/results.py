"""Filters for the pages of results."""

from decimal import Decimal
from fractions import Fraction

from django import template

from evaluate.result.numbers import percent_text

register = template.Library()


@register.filter
def share_percent(share: Decimal | Fraction | None) -> str:
    """Write a share as whole per cent; nothing for no score, which is not zero."""
    return "" if share is None else percent_text(Fraction(share))
