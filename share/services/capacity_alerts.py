"""Telling organisers when an event fills up: at four fifths, when it is full, and when somebody waits.

Each is told once for each number of places: whoever adds places is told again when those fill up.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_noop

from portal.accounts.models import Membership, User
from portal.notices.services import notify
from portal.notices.texts import Text
from share.models import Event, EventOrganiser, Registration, Seats
from share.registrations.moments import title_shown
from share.services.places import Places, Status, Step

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


@dataclass(frozen=True)
class Occupancy:
    """How many places of an event are taken, and how many people wait."""

    taken: int
    waiting: int

    @classmethod
    def of(cls, seats: Seats) -> Self:
        """Return how it is as the row of places says."""
        return cls(seats.taken, seats.waiting)

    def after(self, steps: Iterable[Step]) -> Self:
        """Return how it is after these steps, without asking the database once more while the places are locked."""
        taken, waiting = self.taken, self.waiting
        for step in steps:
            taken += _holds(step.status_to) - _holds(step.status_from)
            waiting += (step.status_to == Status.WAITING) - (step.status_from == Status.WAITING)
        return type(self)(taken, waiting)


def tell_of_capacity(places: Places, before: Occupancy, steps: Iterable[Step]) -> None:
    """Tell organisers how full the event is, if that is news.

    Several may be news at once in a small event; only the strongest is told, once for each capacity.

    Args:
        before: how full it was before the steps.
    """
    capacity = places.seats.capacity
    if not capacity:
        return
    now = before.after(steps)
    what = _news(before, now, capacity)
    if not what:
        return
    notify(
        users=organisers_of(places.event),
        kind=CAPACITY,
        text=Text(_TEXTS[what], event=title_shown(places.event), taken=now.taken, capacity=capacity),
        url=reverse("share:event-people", args=[places.event.pk]),
        fact=f"event:{places.event.pk}:capacity:{capacity}:{what}",
    )


def _holds(status: str) -> bool:
    return status in Registration.HOLDS_A_PLACE


def _news(before: Occupancy, now: Occupancy, capacity: int) -> str:
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
