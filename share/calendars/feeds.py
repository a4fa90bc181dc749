"""Calendars to subscribe to: what is in them, whether it is another than a program has, and their text in pieces."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from share.calendars.texts import END, Mine, beginning, text_of_mine, zones_text
from share.models import Event, Registration
from share.permissions.registrations import can_see_link

# What is over or was cancelled stays for so long: programs take out what a feed calls cancelled.
KEPT_FOR = timedelta(days=92)
BATCH_SIZE = 500
Status = Registration.Status
# What she said that puts an event into her own calendar, and whether it is sure.
SURE, TENTATIVE = (Status.GOING,), (Status.OFFERED, Status.WAITING)
PREFIXES = {
    Status.WAITING: _("En lista de espera:"),
    Status.OFFERED: _("Lugar por confirmar:"),
}


def feed_events(reader: Any, *, area: str = "", everything: bool = False) -> QuerySet[Event]:
    """Return what stands in a calendar of encounters: what is to come and the last three months.

    Args:
        reader: visitors and calendar programs get what is public; members what is the network's too.
        area: only what belongs to this policy area.
        everything: from the first one on.
    """
    events = Event.objects.announced().exclude(calendar_text="")
    if reading_level(reader) not in MEMBERS_LEVELS:
        events = events.filter(visibility=Event.Visibility.PUBLIC)
    if area:
        events = events.filter(facet_keys__contains=[f"area:{area}"])
    return events if everything else events.filter(starts_at__gt=timezone.now() - KEPT_FOR)


@dataclass(frozen=True)
class Feed:
    """A calendar made of stored texts, in memory that does not grow with it.

    Args:
        events: which ones, in any order.
        head: what stands before zones and events.
    """

    events: QuerySet[Event]
    head: str

    @cached_property
    def zones(self) -> list[dict[str, Any]]:
        """Each zone with the number of its events, and what tells whether any of them is another: one query."""
        by_zone = self.events.order_by().values("time_zone")
        counted = by_zone.annotate(
            number=Count("pk"),
            keys=Sum("pk"),
            changed_at=Max("calendar_changed_at"),
            first_on=Min("start_date"),
            last_on=Max("end_date"),
        )
        return [dict(zone) for zone in counted.order_by("time_zone")]

    @property
    def number(self) -> int:
        """How many events it has."""
        return sum(zone["number"] for zone in self.zones)

    @property
    def changed_at(self) -> datetime | None:
        """When one of its events changed last; that one went away is in the mark only."""
        return max((zone["changed_at"] for zone in self.zones if zone["changed_at"]), default=None)

    @property
    def etag(self) -> str:
        """What differs whenever the calendar is another."""
        # Zones too: an update of their rules changes no event's text.
        return etag_of(self.head, self._zones_text, repr([tuple(zone.values()) for zone in self.zones]))

    def pieces(self) -> Iterator[bytes]:
        """Give its text piece by piece; each batch is a query of its own by key."""
        yield (self.head + self._zones_text).encode()
        after: tuple[datetime, int] | None = None
        ordered = self.events.order_by("starts_at", "pk").values_list("starts_at", "pk", "calendar_text")
        while True:
            batch = list((ordered.filter(_later_than(*after)) if after else ordered)[:BATCH_SIZE])
            yield "".join(text for _start, _key, text in batch).encode()
            if len(batch) < BATCH_SIZE:
                break
            after = batch[-1][:2]
        yield END.encode()

    @cached_property
    def _zones_text(self) -> str:
        return zones_text(
            (zone["time_zone"], zone["first_on"].year, zone["last_on"].year) for zone in self.zones
        )


def personal_text(user: Any, *, name: str, with_interests: bool = True) -> str:
    """Return a person's own calendar: where she is going, what she waits for, and what interests her.

    It is empty while she works in no municipality, as nobody else of the network registers.
    """
    rows = list(_hers(user, with_interests)) if reading_level(user) in MEMBERS_LEVELS else []
    spans: dict[str, list[date]] = {}
    for row in rows:
        event = row.event
        spans.setdefault(event.time_zone, []).extend([event.start_date, event.end_date])
    zones = zones_text((zone, min(days).year, max(days).year) for zone, days in spans.items())
    events = "".join(text_of_mine(row.event.calendar_text, mine_of(row)) for row in rows)
    return beginning(name=name) + zones + events + END


def own_file_text(user: Any, event: Event) -> str:
    """Return one encounter as a file for whoever has a place or may get one; empty for everybody else.

    Whoever goes takes the link along, as in her e-mail and her own calendar.
    """
    hers = Registration.objects.of(user).filter(event=event, status__in=[*SURE, *TENTATIVE])
    registration = hers.select_related("event").first()
    if registration is None:
        return ""
    mine = mine_of(registration)
    if not can_see_link(user, event, registration):
        mine = replace(mine, link="", note="")
    zones = zones_text([(event.time_zone, event.start_date.year, event.end_date.year)])
    own = text_of_mine(registration.event.calendar_text, mine)
    return beginning(name="", is_feed=False) + zones + own + END


def mine_of(registration: Registration) -> Mine:
    """Return what an encounter is to somebody by her registration; who only waits does not see the link."""
    event = registration.event
    has_place = registration.status in SURE
    return Mine(
        is_tentative=not has_place,
        is_busy=registration.status != Status.INTERESTED,
        link=event.link if has_place else "",
        note=event.link_note if has_place else "",
        is_online=not event.is_in_person,
        prefix=str(PREFIXES.get(Status(registration.status), "")),
    )


def etag_of(*parts: str) -> str:
    """Return the mark of a text, or of whatever it follows from."""
    return f'"{sha256("".join(parts).encode()).hexdigest()[:32]}"'


def _hers(user: Any, with_interests: bool) -> QuerySet[Registration]:
    wanted = [*SURE, *TENTATIVE, *([Status.INTERESTED] if with_interests else [])]
    fields = ("time_zone", "start_date", "end_date", "venue", "link", "link_note", "calendar_text")
    return (
        Registration.objects.of(user)
        .filter(
            status__in=wanted,
            event__hidden_at__isnull=True,
            event__starts_at__gt=timezone.now() - KEPT_FOR,
        )
        .exclude(event__calendar_text="")
        .select_related("event")
        .only("status", *(f"event__{field}" for field in fields))
        .order_by("event__starts_at", "event_id")
    )


def _later_than(start: datetime, key: int) -> Q:
    # The first half alone lets the index be entered at its place.
    return Q(starts_at__gte=start) & (Q(starts_at__gt=start) | Q(pk__gt=key))
