"""What templates ask about the reader and another person."""

from typing import Any

from django import template
from django.template.context import Context

from connect.connecting.standing import Standing, standing_of
from connect.messaging.contacting import contact_decisions
from connect.people.shown import ShownPerson
from portal.core.decision import Decision

register = template.Library()


@register.simple_tag(takes_context=True)
def standing(context: Context, person: ShownPerson) -> Standing:
    """Return how the reader stands to a person."""
    return standing_of(_reader(context), person.user_id)


@register.simple_tag(takes_context=True)
def may_write(context: Context, person: ShownPerson) -> Decision:
    """Return whether the reader may begin to write to a person; one query for somebody whom the page shows."""
    shown = {person.user_id: person}
    return contact_decisions(_reader(context), shown.keys(), shown=shown)[person.user_id]


def _reader(context: Context) -> Any:
    return context["request"].user
