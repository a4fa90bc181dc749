"""What templates ask about the reader and another person."""

from typing import Any

from django import template
from django.template.context import Context

from connect.connecting.standing import Standing, standing_of
from connect.people.shown import ShownPerson

register = template.Library()


@register.simple_tag(takes_context=True)
def standing(context: Context, person: ShownPerson) -> Standing:
    """Return how the reader stands to a person."""
    return standing_of(_reader(context), person.user_id)


def _reader(context: Context) -> Any:
    return context["request"].user
