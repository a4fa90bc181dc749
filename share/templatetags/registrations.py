"""What templates ask about the reader's place in an event."""

from django import template
from django.template.context import Context

from share.models import Event
from share.registrations.box import RegistrationBox, registration_box

register = template.Library()


@register.simple_tag(takes_context=True)
def own_registration(context: Context) -> RegistrationBox | None:
    """Return the box of the reader for the event whose page this is, which the address names.

    The part is filled into a page that many share, and so cannot be handed the event.
    """
    request = context["request"]
    key = request.resolver_match.kwargs.get("pk") if request.resolver_match else None
    if key is None:
        return None
    rows = Event.objects.visible_to(request.user).select_related("seats")
    event = rows.defer("description", "description_html", "calendar_text").filter(pk=key).first()
    return registration_box(request.user, event) if event else None
