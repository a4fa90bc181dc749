"""The page of an encounter as everybody of a level reads it: nothing in it is about the reader, nor about who comes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from portal.places.pages import municipality_url
from share.events.afterwards import Afterwards, afterwards
from share.events.clock import Clock, clock_of, moment_said
from share.events.facets import facets
from share.models import Event, EventChange, Session, Speaker
from share.services.events.fields import CLOCK_FIELDS, PLACE_FIELDS
from share.signatures import Signature, signatures
from share.times import clock_at, nearest_moment

# How long "it was moved" stays on top of a page: whoever looks it up after that never knew another day.
MOVED_DAYS = timedelta(days=30)
# Among so many of the newest, the one that people must know of is looked for.
MOST_CHANGES = 20
# Other dates of a series that a page names.
MOST_DATES = 6


@dataclass(frozen=True)
class ShownSpeaker:
    """Somebody who speaks: by the name that the organisers wrote, or not, where she has an account and hides it.

    Args:
        url: of her page, where the reader may see it.
        is_named: whether the name is hers and not a description.
    """

    name: str
    role: str
    url: str = ""
    is_named: bool = True


@dataclass(frozen=True)
class ShownSession:
    """A part of the agenda with its times."""

    session: Session
    clock: Clock
    speakers: Sequence[ShownSpeaker]


@dataclass(frozen=True)
class OtherDate:
    """Another time of the same series."""

    event: Event
    clock: Clock


@dataclass(frozen=True)
class Moved:
    """That an event is at another time or place than it was.

    Args:
        was: "jueves 3 de diciembre de 2026, 10:00", by the clock of its place; empty where it begins when it did.
        is_place: whether only where it is, or how one connects, is another.
    """

    at: datetime
    reason: str
    was: str
    is_place: bool


@dataclass(frozen=True)
class EventPage:
    """Everything of an event that a page shows.

    Args:
        formats: "En línea", "En un lugar".
        moved: the last change of day or hour of the last weeks, or else of place; None where it stayed.
        previous_start: when it was to begin before it was moved; of a series, when the rule had put it.
        speakers: those of the whole event; those of sessions stand with these.
        dates: other times of the series, those to come first.
    """

    event: Event
    clock: Clock
    is_over: bool
    is_on_now: bool
    formats: list[str]
    municipality_url: str
    moved: Moved | None
    previous_start: datetime | None
    sessions: Sequence[ShownSession]
    speakers: Sequence[ShownSpeaker]
    organisers: Sequence[Signature]
    dates: Sequence[OtherDate]
    after: Afterwards

    @property
    def is_public(self) -> bool:
        """Whether everybody reads it, and search engines may."""
        event = self.event
        return event.visibility == Event.Visibility.PUBLIC and self.is_announced

    @property
    def is_announced(self) -> bool:
        """Whether more people than its organisers and the team read it."""
        return self.event.status != Event.Status.DRAFT and self.event.hidden_at is None


def event_page(reader: Any, event: Event) -> EventPage:
    """Return what the page of an event shows to readers of this reader's level."""
    now = timezone.now()
    speakers = list(event.speakers.all())
    organisers = list(event.organisers.values_list("user_id", flat=True).order_by("pk"))
    signed = signatures(
        reader,
        [
            *((key, event.municipality_id) for key in organisers),
            *((one.user_id, None) for one in speakers if one.user_id),
        ],
        towns={event.municipality.pk: event.municipality.name} if event.municipality else {},
    )
    shown = [(one.session_id, _speaker(one, signed.get((one.user_id, None)))) for one in speakers]
    words = facets.get("format").labels(["online", "in_person"])
    change = _last_move(event, now)
    return EventPage(
        event=event,
        clock=clock_of(event),
        is_over=event.ends_at <= now,
        is_on_now=event.starts_at <= now < event.ends_at,
        formats=[words[value] for value in words if f"format:{value}" in event.facet_keys],
        municipality_url=municipality_url(event.municipality_id),
        moved=_moved(event, change),
        previous_start=_previous_start(event, change),
        sessions=[
            ShownSession(
                session, _session_clock(event, session), [one for at, one in shown if at == session.pk]
            )
            for session in event.sessions.all()
        ],
        speakers=[one for at, one in shown if at is None],
        organisers=[signed[key, event.municipality_id] for key in organisers],
        dates=_other_dates(reader, event, now),
        after=afterwards(reader, event),
    )


def _speaker(speaker: Speaker, signature: Signature | None) -> ShownSpeaker:
    """Show a speaker; one with an account is named to those who may know her."""
    if signature is None:
        return ShownSpeaker(speaker.name, speaker.role)
    if not signature.is_named:
        return ShownSpeaker(signature.name, speaker.role, is_named=False)
    return ShownSpeaker(speaker.name, speaker.role, signature.url)


def _session_clock(event: Event, session: Session) -> Clock:
    """Return when a session is: so long after the beginning by the clock on the wall, as it was written down."""
    begins = datetime.combine(event.start_date, event.start_time) + timedelta(minutes=session.begins_after)
    starts_at = nearest_moment(begins.date(), begins.time(), event.time_zone)
    return Clock.between(starts_at, starts_at + timedelta(minutes=session.minutes), event.time_zone)


def _last_move(event: Event, now: datetime) -> EventChange | None:
    """Return the newest change of time, or else of place, that readers may have missed."""
    if event.published_at is None or event.starts_at <= now:
        return None
    since = max(event.published_at, now - MOVED_DAYS)
    changes = list(event.changes.filter(kind=EventChange.Kind.MOVED, at__gt=since)[:MOST_CHANGES])
    return next((one for one in changes if not _is_of_place(one)), changes[0] if changes else None)


def _is_of_place(change: EventChange) -> bool:
    return CLOCK_FIELDS.isdisjoint(change.fields) and not PLACE_FIELDS.isdisjoint(change.fields)


def _moved(event: Event, change: EventChange | None) -> Moved | None:
    if change is None:
        return None
    was = clock_at(change.previous_start, event.time_zone) if change.previous_start else None
    return Moved(
        at=change.at,
        reason=change.reason,
        was=moment_said(was) if was else "",
        is_place=_is_of_place(change),
    )


def _previous_start(event: Event, change: EventChange | None) -> datetime | None:
    """Return when it was to begin before; of a series, when its rule had put it, where it is not there any more."""
    if change and change.previous_start:
        return clock_at(change.previous_start, event.time_zone)
    if event.series is None or event.occurrence_on in (None, event.start_date):
        return None
    planned = nearest_moment(event.occurrence_on, event.series.start_time, event.time_zone)
    return clock_at(planned, event.time_zone)


def _other_dates(reader: Any, event: Event, now: datetime) -> list[OtherDate]:
    """Return other times of the series: the next ones, and where there are none the last ones."""
    if event.series_id is None:
        return []
    others = Event.objects.listed_for(reader).for_list().filter(series_id=event.series_id)
    others = others.exclude(pk=event.pk)
    coming = list(others.filter(ends_at__gt=now).order_by("starts_at", "id")[:MOST_DATES])
    found = coming or list(others.order_by("-starts_at", "-id")[:MOST_DATES])
    return [OtherDate(one, clock_of(one)) for one in found]
