"""What templates ask about the reader and another person."""

from typing import Any

from django import template
from django.template.context import Context

from connect.shown import ShownPerson
from connect.standing import Standing, standing_of
from connect.suggestions import Suggestion, suggestions_for

register = template.Library()


@register.simple_tag(takes_context=True)
def standing(context: Context, person: ShownPerson) -> Standing:
    """Return how the reader stands to a person."""
    return standing_of(_reader(context), person.user_id)


@register.simple_tag(takes_context=True)
def people_like_me(context: Context, limit: int) -> list[Suggestion]:
    """Return some people whom the reader may want to know, each with the reason."""
    return suggestions_for(_reader(context), limit=limit)


def _reader(context: Context) -> Any:
    return context["request"].user
