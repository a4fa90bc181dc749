"""Which encounters a page is about: those to come, those that were, those of a month or of a day."""

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Self

from django.utils import timezone

from share.events.clock import day_said
from share.querysets.events import EventQuerySet
from share.times import EARLIEST_YEAR, latest_year

_MONTH_LENGTH = len("2026-12")


class When(StrEnum):
    """The parts of time that a list can be of; the values are those of the parameter `cuando`."""

    UPCOMING = "proximos"
    PAST = "pasados"
    MONTH = "mes"
    DAY = "dia"


@dataclass(frozen=True)
class Period:
    """What part of time a page shows.

    Args:
        first: the month's first day, or the day; today in other parts.
    """

    when: When
    first: date

    @classmethod
    def read(cls, asked: Mapping[str, Any]) -> Self:
        """Read what an address says: a month where its view is that, a day, else what is to come or what was."""
        today = timezone.localdate()
        if asked.get("vista") == When.MONTH:
            return cls(When.MONTH, read_month(str(asked.get("mes", ""))) or today.replace(day=1))
        day = read_day(str(asked.get("dia", "")))
        if day:
            return cls(When.DAY, day)
        return cls(When.PAST if asked.get("cuando") == When.PAST else When.UPCOMING, today)

    @property
    def is_month(self) -> bool:
        """Whether it is a month's page."""
        return self.when is When.MONTH

    @property
    def is_day(self) -> bool:
        """Whether it is a day's page."""
        return self.when is When.DAY

    @property
    def is_upcoming(self) -> bool:
        """Whether it is about what has not ended."""
        return self.when is When.UPCOMING

    @property
    def is_past(self) -> bool:
        """Whether it is about what has ended."""
        return self.when is When.PAST

    @property
    def key(self) -> str:
        """What tells it from other parts of time."""
        if self.is_day:
            return self.first.isoformat()
        return self.month if self.is_month else str(self.when)

    @property
    def month(self) -> str:
        """The month, as an address says it."""
        return _month(self.first)

    @property
    def day_said(self) -> str:
        """The day in words."""
        return day_said(self.first)

    @property
    def last(self) -> date:
        """The month's last day."""
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def before(self) -> str:
        """The month before, as an address says it; empty where there are none any more."""
        return _month(self.first - timedelta(days=1))

    @property
    def after(self) -> str:
        """The month after."""
        return _month(self.last + timedelta(days=1))

    def of(self, events: EventQuerySet) -> EventQuerySet:
        """Keep the events of this part of time."""
        if self.is_month or self.is_day:
            return events.beginning_between(self.first, self.last if self.is_month else self.first)
        return events.past() if self.is_past else events.upcoming()


def read_day(text: str) -> date | None:
    """Read a day ("2026-12-03") on which there may be events; None where it says no such one."""
    try:
        day = date.fromisoformat(text) if text.isascii() else None
    except ValueError:
        return None
    return day if day and _is_known(day) else None


def read_month(text: str) -> date | None:
    """Read a month ("2026-12") as its first day; None where it says none."""
    return read_day(f"{text}-01") if len(text) == _MONTH_LENGTH else None


def _month(day: date) -> str:
    return f"{day:%Y-%m}" if _is_known(day) else ""


def _is_known(day: date) -> bool:
    return EARLIEST_YEAR <= day.year <= latest_year()
