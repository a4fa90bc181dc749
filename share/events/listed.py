"""Encounters as a list and a month show them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from portal.places.pages import municipality_url
from share.events.clock import Clock, clock_of, day_said, weekday_said
from share.events.facets import facets
from share.events.periods import Period
from share.models import Event
from share.querysets.events import EventQuerySet

# How many events a day of the month names; the others stand behind its link.
_A_DAY = 3


@dataclass(frozen=True)
class ListedEvent:
    """An event with the words that a list has for it.

    Args:
        formats: "En línea", "En un lugar".
        is_over: whether it has ended.
    """

    event: Event
    clock: Clock
    formats: list[str]
    municipality_url: str
    is_over: bool


def listed(events: Iterable[Event]) -> list[ListedEvent]:
    """Return events as a list shows them, without asking the database."""
    now = timezone.now()
    words = facets.get("format").labels(["online", "in_person"])
    return [
        ListedEvent(
            event=event,
            clock=clock_of(event),
            formats=[words[value] for value in words if f"format:{value}" in event.facet_keys],
            municipality_url=municipality_url(event.municipality_id),
            is_over=event.ends_at <= now,
        )
        for event in events
    ]


@dataclass(frozen=True)
class MonthDay:
    """A day of a month and what begins on it.

    Args:
        weekday: 1 for Monday to 7.
        events: the first of them; `more` is how many others there are.
    """

    day: date
    events: list[ListedEvent]
    more: int
    is_today: bool

    @property
    def weekday(self) -> int:
        """Which day of the week it is, Monday first."""
        return self.day.isoweekday()

    @property
    def key(self) -> str:
        """The day as an address says it."""
        return self.day.isoformat()

    @property
    def name(self) -> str:
        """The day in words."""
        return day_said(self.day)


def month_days(found: EventQuerySet, period: Period) -> list[MonthDay]:
    """Return every day of a month with what begins on it by the clocks of the places. Two queries."""
    counts = dict(found.order_by().values_list("start_date").annotate(Count("pk")))
    place = Window(RowNumber(), partition_by=[F("start_date")], order_by=["starts_at", "id"])
    first = found.for_list().annotate(place_in_day=place).filter(place_in_day__lte=_A_DAY)
    by_day: dict[date, list[ListedEvent]] = {}
    for one in listed(first.order_by("start_date", "starts_at", "id")):
        by_day.setdefault(one.event.start_date, []).append(one)
    today = timezone.localdate()
    days = (period.first + timedelta(days=number) for number in range((period.last - period.first).days + 1))
    return [
        MonthDay(
            day=day,
            events=by_day.get(day, []),
            more=counts.get(day, 0) - len(by_day.get(day, [])),
            is_today=day == today,
        )
        for day in days
    ]


def weekdays() -> list[str]:
    """Return the names of the days of a week, Monday first."""
    monday = date(2024, 1, 1)
    return [weekday_said(monday + timedelta(days=number)) for number in range(7)]
