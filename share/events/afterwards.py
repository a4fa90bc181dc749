"""What belongs to an event before and after it: materials, recording, minutes and decisions.

Of a shared page everybody of a level reads the same, so that it holds what is for everybody who sees the event; what is
for those who have a place stands in the reader's own part of the page (`own_materials`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from share.events.decisions import Decided, decided, open_from_before
from share.models import Event, Material, Minutes
from share.permissions.events import is_organiser
from share.permissions.materials import has_place

Kind = Material.Kind


@dataclass(frozen=True)
class Afterwards:
    """What everybody who sees an event reads and watches.

    Args:
        minutes: those that were published.
        before: what earlier events of its series left to be done.
    """

    materials: Sequence[Material]
    recordings: Sequence[Material]
    minutes: Minutes | None
    agreements: Sequence[Decided]
    before: Sequence[Decided]

    def __bool__(self) -> bool:
        return bool(self.materials or self.recordings or self.minutes or self.before)


def afterwards(reader: Any, event: Event) -> Afterwards:
    """Return what everybody of this reader's level finds on an event's page; at most eight queries."""
    found = list(_materials(event, Material.Audience.EVERYONE))
    minutes = Minutes.objects.filter(event=event, published_at__isnull=False).first()
    agreements = minutes.agreements.all() if minutes else ()
    return Afterwards(
        materials=[row for row in found if row.kind != Kind.RECORDING],
        recordings=[row for row in found if row.kind == Kind.RECORDING],
        minutes=minutes,
        agreements=decided(reader, agreements),
        before=open_from_before(reader, event),
    )


def own_materials(user: Any, event: Event) -> list[Material]:
    """Return what is for those who have a place, where this person has one or looks after the event."""
    if not user.is_authenticated or user.pk is None:
        return []
    # Most events have none, and then nobody is asked who she is.
    found = list(_materials(event, Material.Audience.REGISTERED))
    if found and (has_place(user, event.pk) or is_organiser(user, event)):
        return found
    return []


def _materials(event: Event, audience: str) -> Any:
    return Material.objects.filter(event=event, audience=audience).select_related("file")
