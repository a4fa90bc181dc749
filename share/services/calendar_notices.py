"""Telling the calendar of whoever cancelled her registration herself, which nobody else tells her of."""

from django.utils.translation import gettext_noop

from portal.notices.services import notify
from portal.notices.texts import Text
from share.models import Registration

LEFT = "event-left"
MOST_OF_TITLE = 200
Status = Registration.Status


def tell_left(*, registration_id: int, status_to: str) -> None:
    """Tell a person, by e-mail only, where an e-mail had put the event into her calendar and she does not go now.

    What others did (taken off the list, an offer that lapsed) is told by their own notices.
    """
    if status_to not in (Status.NOT_GOING, Status.INTERESTED):
        return
    registration = (
        Registration.objects.filter(
            pk=registration_id,
            status__in=[Status.NOT_GOING, Status.INTERESTED],
            calendar_sequence__isnull=False,
        )
        .select_related("event", "user")
        .first()
    )
    last = registration.changes.last() if registration else None
    if registration is None or last is None:
        return
    # What the portal did by itself has a reason, and what organisers did has their name.
    if last.by_id not in (None, registration.user_id) or last.reason:
        return
    notify(
        users=registration.user,
        kind=LEFT,
        text=Text(
            gettext_noop(
                "Cancelaste tu inscripción a «%(event)s»: con este correo sale también de tu calendario."
            ),
            event=registration.event.title[:MOST_OF_TITLE],
        ),
        url=registration.event.get_absolute_url(),
        fact=f"registration:{registration.pk}:left:{last.pk}",
    )
