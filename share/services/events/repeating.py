"""The next events of a series: copies of its newest, each with places of its own, as far as a year ahead."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from portal.catalog.services import entries_publish
from portal.core.events import announce, event_published
from portal.core.jobs import queue_on_commit
from share.events.entries import drafts_of
from share.models import (
    Event,
    EventChange,
    EventOrganiser,
    EventSeries,
    RegistrationQuestion,
    Seats,
    Session,
    Speaker,
)
from share.recurrence import days_between
from share.times import NoSuchTime, clock_at, moment, nearest_moment

DAYS_AHEAD = 366
MOST_AHEAD = 60
# So many are made while somebody waits; a worker goes on with the rest, and should it not, the night does.
MOST_AT_ONCE = 8
EXTEND = "share.tasks.organising.extend_one_series"
COPIED = (
    *("kind", "title", "summary", "description", "description_html", "language", "visibility"),
    *("municipality_id", "areas", "topics", "time_zone", "start_time", "venue", "address", "latitude"),
    *("longitude", "link", "link_note", "offer_hours", "is_sample", "created_by_id", "series_id"),
)


def series_begin(*, series: EventSeries) -> list[Event]:
    """Make the first events of a series while somebody waits, and let a worker make the others."""
    made = series_extend(series=series, most=MOST_AT_ONCE)
    queue_on_commit(EXTEND, series.pk)
    return made


@transaction.atomic
def series_extend(*, series: EventSeries, today: date | None = None, most: int = MOST_AHEAD) -> list[Event]:
    """Make the events of a series that are due to be made: a year ahead, and no more than sixty to come.

    On a day on which its hour does not exist (the clock jumps over it) there is none (RFC 5545 3.3.10).

    Args:
        today: as of when; the present day unless told otherwise.
        most: how many at a time.
    """
    held = EventSeries.objects.select_for_update(no_key=True).get(pk=series.pk)
    pattern = pattern_of(held)
    if held.ended_at or pattern is None or pattern.status == Event.Status.DRAFT:
        return []
    today = today or timezone.now().date()
    horizon = today + timedelta(days=DAYS_AHEAD)
    rows = held.events.filter(occurrence_on__isnull=False).values_list("occurrence_on", flat=True)
    made_on = {day for day in rows if day is not None}
    room = min(most, MOST_AHEAD - sum(day >= today for day in made_on))
    after = max(held.made_until or held.first_on, today - timedelta(days=1))
    days = days_between(held.rule, first=held.first_on, after=after, until=horizon, most=max(room, 0))
    made = _copies(pattern, [day for day in days if day not in made_on])
    held.made_until = days[-1] if days and len(days) >= room else after if room <= 0 else horizon
    held.save(update_fields=["made_until", "updated_at"])
    return made


def pattern_of(series: EventSeries) -> Event | None:
    """Return the event that the next ones are copied from: the newest that was not changed alone, if there is one."""
    rows = series.events.exclude(status=Event.Status.CANCELLED).select_related("seats")
    return rows.order_by("is_changed_alone", "-occurrence_on", "-pk").first()


def shifted(at: datetime | None, days: int, time_zone: str) -> datetime | None:
    """Return the moment at which a place's clock shows the same some days later."""
    if at is None:
        return None
    local = clock_at(at, time_zone) + timedelta(days=days)
    return nearest_moment(local.date(), local.time(), time_zone)


def _copies(pattern: Event, days: Iterable[date]) -> list[Event]:
    now = timezone.now()
    events = [event for day in days if (event := _copy(pattern, day, now)) is not None]
    Event.objects.bulk_create(events)
    Seats.objects.bulk_create(Seats(event=event, capacity=pattern.seats.capacity) for event in events)
    _copy_parts(pattern, events)
    by = pattern.created_by_id
    EventChange.objects.bulk_create(
        EventChange(event=event, kind=kind, by_id=by)
        for event in events
        for kind in (EventChange.Kind.CREATED, EventChange.Kind.PUBLISHED)
    )
    entries_publish(drafts=drafts_of([event.pk for event in events if event.hidden_at is None]))
    for event in events:
        announce(event_published, event_id=event.pk)
    return events


def _copy(pattern: Event, day: date, now: datetime) -> Event | None:
    """Return an event like another on a day, unsaved; none where its hour does not exist that day."""
    try:
        starts_at = moment(day, pattern.start_time, pattern.time_zone)
    except NoSuchTime:
        return None
    lasting = _wall(pattern.end_date, pattern.end_time) - _wall(pattern.start_date, pattern.start_time)
    end = _wall(day, pattern.start_time) + lasting
    ends_at = nearest_moment(end.date(), end.time(), pattern.time_zone)
    if ends_at <= starts_at:
        return None
    apart = (day - pattern.start_date).days
    return Event(
        **{name: getattr(pattern, name) for name in COPIED},
        status=Event.Status.PUBLISHED,
        published_at=now,
        hidden_at=pattern.hidden_at,
        start_date=day,
        end_date=end.date(),
        end_time=end.time(),
        starts_at=starts_at,
        ends_at=ends_at,
        occurrence_on=day,
        registration_opens_at=shifted(pattern.registration_opens_at, apart, pattern.time_zone),
        registration_closes_at=shifted(pattern.registration_closes_at, apart, pattern.time_zone),
    )


def _wall(day: date, clock: time) -> datetime:
    return datetime.combine(day, clock)


def _copy_parts(pattern: Event, events: list[Event]) -> None:
    """Give events the organisers, sessions, speakers and questions of another; who registers is each one's own."""
    copy_parts(pattern, events)
    users = list(EventOrganiser.objects.filter(event=pattern).values_list("user_id", flat=True))
    EventOrganiser.objects.bulk_create(
        EventOrganiser(event=event, user_id=user) for event in events for user in users
    )


def copy_parts(pattern: Event, events: list[Event]) -> None:
    """Give events the sessions, speakers and questions of another."""
    sessions = list(pattern.sessions.all())
    new_sessions = [
        (
            one.pk,
            Session(event=event, **_values(one, "begins_after", "minutes", "title", "description", "room")),
        )
        for event in events
        for one in sessions
    ]
    Session.objects.bulk_create(session for _old, session in new_sessions)
    copied = {(session.event_id, old): session for old, session in new_sessions}
    speakers = list(pattern.speakers.all())
    Speaker.objects.bulk_create(
        Speaker(
            event=event,
            session=copied.get((event.pk, one.session_id or 0)),
            **_values(one, "name", "role", "user_id", "order"),
        )
        for event in events
        for one in speakers
    )
    questions = list(pattern.questions.all())
    RegistrationQuestion.objects.bulk_create(
        RegistrationQuestion(event=event, **_values(one, "text", "kind", "choices", "is_required", "order"))
        for event in events
        for one in questions
    )


def _values(row: object, *names: str) -> dict[str, object]:
    return {name: getattr(row, name) for name in names}
