"""What a person took on at encounters; used in personal parts and on her own pages alone."""

from django import template
from django.template.context import Context

from share.events.decisions import Decided, my_agreements

register = template.Library()


@register.simple_tag(takes_context=True)
def agreements_for_me(context: Context) -> list[Decided]:
    """Return what the reader took on and is still to be done."""
    return my_agreements(context["request"].user)
