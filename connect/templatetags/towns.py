"""Filters of the pages about municipalities."""

from collections.abc import Mapping, Sequence

from django import template

register = template.Library()


@register.filter
def reasons_of(reasons: Mapping[int, Sequence[str]], town_id: int) -> Sequence[str]:
    """Return why a municipality is like the one that was asked for."""
    return reasons.get(town_id, ())
