"""What templates ask about the reader's place in an event."""

from django import template
from django.template.context import Context

from share.events.own import own_part_asked
from share.registrations.box import RegistrationBox, registration_box

register = template.Library()


@register.simple_tag(takes_context=True)
def own_registration(context: Context) -> RegistrationBox | None:
    """Return the box of the reader for the event whose page this is, which the address names.

    The part is filled into a page that many share, and so cannot be handed the event.
    """
    request = context["request"]
    own = own_part_asked(request)
    return registration_box(request.user, own.event, organises=own.is_organiser) if own else None
