"""Filters for the pages of results."""

from decimal import Decimal
from fractions import Fraction

from django import template

from evaluate.models import Evaluation
from evaluate.result.numbers import percent_text
from evaluate.result.standing import last_score_text

register = template.Library()


@register.filter
def share_percent(share: Decimal | Fraction | None) -> str:
    """Write a share as whole per cent; nothing for no score, which is not zero."""
    return "" if share is None else percent_text(Fraction(share))


@register.filter
def last_score(evaluation: Evaluation) -> str:
    """Write the score and level of an evaluation's last result; nothing where it has none."""
    return last_score_text(evaluation)
