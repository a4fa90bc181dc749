"""What pages of encounters ask for the person who reads them; used in personal parts alone."""

from django import template
from django.template.context import Context

from share.events.own import OwnEvent, OwnPart, next_events, own_part_asked
from share.permissions.events import can_create_event

register = template.Library()


@register.simple_tag(takes_context=True)
def next_own_events(context: Context) -> list[OwnEvent]:
    """Return the next encounters that the reader has to do with."""
    return next_events(context["request"].user)


@register.simple_tag(takes_context=True)
def may_create_events(context: Context) -> bool:
    """Say whether the reader may organise an encounter."""
    return bool(can_create_event(context["request"].user))


@register.simple_tag(takes_context=True)
def own_event_part(context: Context) -> OwnPart | None:
    """Return what the page of an event has for the reader alone; asked for once in a request."""
    return own_part_asked(context["request"])
