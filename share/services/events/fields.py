"""What an event says, and what follows from it: its moments and its description as it is shown."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import TypedDict, cast

from django.utils.translation import gettext as _

from portal.core.markdown import markdown_html
from portal.places.models import Municipality
from share.models import Event
from share.times import moments

CLOCK_FIELDS = frozenset({"start_date", "start_time", "end_date", "end_time", "time_zone"})
PLACE_FIELDS = frozenset({"venue", "address", "link"})
# Whose change calendars are told of (RFC 5545 3.8.7.4).
CALENDAR_FIELDS = CLOCK_FIELDS | PLACE_FIELDS | {"title"}
MOVING_FIELDS = CLOCK_FIELDS | PLACE_FIELDS


class UnsafeLink(ValueError):
    """An address that a browser does not open safely; the message says what to write."""


class EventFields(TypedDict, total=False):
    """What organisers write of an event; what is left out stays as it is."""

    kind: str
    title: str
    summary: str
    description: str
    language: str
    visibility: str
    municipality: Municipality | None
    areas: list[str]
    topics: list[str]
    start_date: date
    start_time: time
    end_date: date
    end_time: time
    time_zone: str
    venue: str
    address: str
    latitude: float | None
    longitude: float | None
    link: str
    link_note: str
    registration_opens_at: datetime | None
    registration_closes_at: datetime | None
    offer_hours: int


def fields_apply(event: Event, fields: EventFields) -> list[str]:
    """Put new words and times on an event, unsaved; return the names of what is another now.

    Raises:
        TimeRefused: it cannot be at that time.
        UnsafeLink: where one connects is no address of a page.
    """
    changed = [name for name, value in fields.items() if getattr(event, name) != value]
    for name in changed:
        setattr(event, name, cast(dict[str, object], fields)[name])
    if event.link and not event.link.startswith("https://"):
        raise UnsafeLink(_("Escribí la dirección completa de la página, con https:// adelante."))
    if CLOCK_FIELDS.intersection(changed) or event.pk is None:
        moments_apply(event)
    if "description" in changed:
        event.description_html = markdown_html(event.description)
    return sorted(changed)


def moments_apply(event: Event) -> None:
    """Work out when an event begins and ends from what its place's clock shows.

    Raises:
        TimeRefused: it cannot be at that time.
    """
    found = moments(
        start_date=event.start_date,
        start_time=event.start_time,
        end_date=event.end_date,
        end_time=event.end_time,
        time_zone=event.time_zone,
    )
    event.starts_at, event.ends_at = found.starts_at, found.ends_at


def is_for_calendars(changed: Iterable[str]) -> bool:
    """Say whether calendars must be told."""
    return not CALENDAR_FIELDS.isdisjoint(changed)


def is_moving(changed: Iterable[str]) -> bool:
    """Say whether people have to be somewhere else, or at another time."""
    return not MOVING_FIELDS.isdisjoint(changed)
