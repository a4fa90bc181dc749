"""Telling organisers when an event fills up: at four fifths, when it is full, and when somebody waits.

Each is told once for each number of places: whoever adds places is told again when those fill up.
"""

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.accounts.models import Membership, User
from portal.notices.services import notify
from portal.notices.texts import Text
from share.models import Event, EventOrganiser, Seats
from share.registrations.moments import title_shown
from share.services.places import Places

CAPACITY = "event-capacity"
_NEARLY = 0.8
_TEXTS = {
    "nearly": gettext_noop(
        "«%(event)s» se está llenando: hay %(taken)s inscripciones para %(capacity)s lugares."
    ),
    "full": gettext_noop("«%(event)s» se completó: no queda ninguno de los %(capacity)s lugares."),
    "waiting": gettext_noop(
        "«%(event)s» está completo y ya hay gente en lista de espera. Podés sumar lugares."
    ),
}


def tell_of_capacity(places: Places) -> None:
    """Tell organisers how full the event is, if that is news; `places` says how it was before.

    Several may be news at once in a small event; only the strongest is told, once for each capacity.
    """
    capacity = places.seats.capacity
    if not capacity or places.seats.taken + 1 < capacity * _NEARLY:
        return
    now = Seats.objects.get(pk=places.event.pk)
    what = _news(places.seats, now, capacity)
    if not what:
        return
    notify(
        users=organisers_of(places.event),
        kind=CAPACITY,
        text=Text(_TEXTS[what], event=title_shown(places.event), taken=now.taken, capacity=capacity),
        url=reverse("share:event-people", args=[places.event.pk]),
        fact=f"event:{places.event.pk}:capacity:{capacity}:{what}",
    )


def _news(before: Seats, now: Seats, capacity: int) -> str:
    if now.waiting and not before.waiting:
        return "waiting"
    if now.taken >= capacity > before.taken:
        return "full"
    return "nearly" if now.taken >= capacity * _NEARLY > before.taken else ""


def organisers_of(event: Event) -> list[User]:
    """Return those who look after an event by name; else its municipality's coordinators, and who made it."""
    named = User.objects.filter(
        pk__in=EventOrganiser.objects.filter(event=event).values("user"), is_active=True
    )
    people = list(named.filter(Q(is_staff=True) | Q(memberships__status="active")).distinct())
    if people:
        return people
    coordinating = Membership.objects.coordinators().filter(municipality=event.municipality_id)
    return list(User.objects.filter(Q(pk__in=coordinating.values("user")) | Q(pk=event.created_by_id)))
