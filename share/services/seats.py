"""How many places an event has: more go out to who waits, fewer only as long as nobody loses hers."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import ngettext

from portal.accounts.models import User
from share.codes import code_new
from share.models import Event, Registration, Seats
from share.services.places import NO_LIMIT_NOW, Status, Step, place_lock, places_settle, steps_record


class SeatsConflict(Exception):
    """More people hold a place than there would be; the message says how many, and is for the page."""


@transaction.atomic
def seats_change(*, event: Event, capacity: int | None, by: User | None = None) -> Seats:
    """Set how many places an event has; None for as many as come.

    New places go at once to those who wait, in order. Where the limit goes, whoever waits or has an offer has a place.

    Raises:
        SeatsConflict: more people hold a place than that.
    """
    places = place_lock(event)
    seats = places.seats
    if capacity is not None and capacity < seats.taken:
        raise SeatsConflict(_too_few(seats, capacity))
    if capacity == seats.capacity:
        return seats
    seats.capacity = capacity
    seats.save(update_fields=["capacity"])
    if capacity is None:
        _offers_become_places(event)
    places_settle([places])
    seats.refresh_from_db()
    return seats


def _too_few(seats: Seats, capacity: int) -> str:
    going = Registration.objects.filter(event=seats.event_id, status=Status.GOING).count()
    offered = seats.taken - going
    text = ngettext(
        "No se puede bajar a %(capacity)s: ya hay %(number)s persona con lugar",
        "No se puede bajar a %(capacity)s: ya hay %(number)s personas con lugar",
        seats.taken,
    ) % {"capacity": capacity, "number": seats.taken}
    if offered:
        text += ngettext(
            " (a %(number)s se lo ofrecimos y todavía no contestó)",
            " (a %(number)s se lo ofrecimos y todavía no contestaron)",
            offered,
        ) % {"number": offered}
    return text + ngettext(
        ". Poné %(number)s o más, o hablá antes con quien vaya a ceder su lugar.",
        ". Poné %(number)s o más, o hablá antes con quienes vayan a ceder su lugar.",
        seats.taken,
    ) % {"number": seats.taken}


def _offers_become_places(event: Event) -> None:
    """Give whoever had an offer her place for good: there is nothing to decide about any more."""
    rows = list(
        Registration.objects.filter(event=event, status=Status.OFFERED)
        .select_related("user")
        .order_by("place")
    )
    for row in rows:
        row.status, row.code = Status.GOING, code_new()
        row.offered_at, row.offer_expires_at, row.updated_at = None, None, timezone.now()
    if not rows:
        return
    Registration.objects.bulk_update(
        rows, ["status", "code", "offered_at", "offer_expires_at", "updated_at"], batch_size=500
    )
    steps_record([Step(row, Status.OFFERED, Status.GOING, NO_LIMIT_NOW) for row in rows])
