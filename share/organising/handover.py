"""Encounters that an official organises for her municipality: they pass on when she leaves."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.handovers import Handover
from portal.accounts.models import User
from portal.places.models import Municipality
from share.models import Event, EventOrganiser
from share.services.events import organiser_remove


def held_events(user: User, municipality: Municipality) -> list[str]:
    """Return the keys of the events to come that a person looks after in a municipality's name."""
    rows = _to_come(municipality).filter(organisers__user=user)
    return [str(key) for key in rows.order_by("pk").values_list("pk", flat=True)]


@transaction.atomic
def pass_on_events(
    user: User, municipality: Municipality, successor: User | None, keys: Sequence[str]
) -> int:
    """Put a colleague in her place, or leave them with the municipality; says how many it was."""
    passed = 0
    for event in _to_come(municipality).filter(pk__in=[int(key) for key in keys]).order_by("pk"):
        if successor is not None:
            # Told by the handover itself, once for everything.
            EventOrganiser.objects.get_or_create(event=event, user=successor)
        organiser_remove(event=event, user=user, actor=None)
        passed += 1
    return passed


def _to_come(municipality: Municipality) -> QuerySet[Event]:
    rows: QuerySet[Event] = Event.objects.upcoming().filter(municipality=municipality)
    return rows.exclude(status=Event.Status.CANCELLED)


EVENTS = Handover(
    id="events",
    label=_("Encuentros por venir"),
    held=held_events,
    pass_on=pass_on_events,
    order=20,
)
