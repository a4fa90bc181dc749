"""When an encounter is, in words: by the clock of its place, whose zone is named, and by that of one reader."""

from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import Self
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, time_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from share.models import Event
from share.times import zone_city

# Spanish and Portuguese; the formats of locales shorten the month.
_DAY = r"l j \d\e F \d\e Y"
_ENGLISH_DAY = "l j F Y"


@dataclass(frozen=True)
class Clock:
    """A beginning and an end as a clock shows them.

    Args:
        day: "jueves 3 de diciembre de 2026"; of the beginning.
        hours: "de 10:00 a 12:00"; says the other day too where it ends on another.
        zone: "hora de Asunción".
        starts, ends: the moments, as HTML and ISO 8601 write them, with the distance to universal time.
        zone_name: as IANA calls it.
    """

    day: str
    hours: str
    zone: str
    starts: str
    ends: str
    zone_name: str

    @classmethod
    def between(cls, starts_at: datetime, ends_at: datetime, zone_name: str) -> Self:
        """Return what a clock shows at two moments."""
        zone = ZoneInfo(zone_name)
        starts, ends = starts_at.astimezone(zone), ends_at.astimezone(zone)
        return cls(
            day=day_said(starts.date()),
            hours=_hours(starts, ends),
            zone=zone_said(zone_name),
            starts=starts.isoformat(timespec="minutes"),
            ends=ends.isoformat(timespec="minutes"),
            zone_name=zone_name,
        )

    @property
    def text(self) -> str:
        """All of it in one line."""
        return f"{self.day}, {self.hours}"


def clock_of(event: Event) -> Clock:
    """Return when an event is by the clock of its place."""
    return Clock.between(event.starts_at, event.ends_at, event.time_zone)


def reader_clock(event: Event, zone_name: str) -> Clock | None:
    """Return when an event is by a reader's clock; None where it shows what the event's own does."""
    try:
        zone = ZoneInfo(zone_name)
    except (ValueError, OSError):
        # No such zone is known any more.
        return None
    moments = (event.starts_at, event.ends_at)
    own = ZoneInfo(event.time_zone)
    if all(at.astimezone(zone).utcoffset() == at.astimezone(own).utcoffset() for at in moments):
        return None
    return Clock.between(event.starts_at, event.ends_at, zone_name)


def day_said(day: date) -> str:
    """Return a day with its weekday and its month in words, as the language writes them."""
    return _said(day, _ENGLISH_DAY if _is_english() else _DAY)


def moment_said(at: datetime) -> str:
    """Return a day and an hour in words, by the clock that the moment is given in."""
    return f"{day_said(at.date())}, {_time(at.time())}"


def weekday_said(day: date) -> str:
    """Return the name of a day of the week."""
    return _said(day, "l")


def zone_said(zone_name: str) -> str:
    """Return whose clock it is, in the reader's language ("hora de Asunción")."""
    return _zone_said(zone_name, get_language() or "es")


@lru_cache(maxsize=512)
def _zone_said(zone_name: str, language: str) -> str:
    return _("hora de %(city)s") % {"city": zone_city(zone_name)}


def _hours(starts: datetime, ends: datetime) -> str:
    told = {"start": _time(starts.time()), "end": _time(ends.time())}
    if starts.date() == ends.date():
        return _("de %(start)s a %(end)s") % told
    return _("%(start)s, hasta el %(day)s, %(end)s") % (told | {"day": day_said(ends.date())})


def _time(clock: time) -> str:
    return time_format(clock, "TIME_FORMAT")


def _said(day: date, form: str) -> str:
    """Write a day; of the languages here, English alone writes days and months with capitals."""
    said = date_format(day, form)
    return said if _is_english() else said.lower()


def _is_english() -> bool:
    return (get_language() or "es").startswith("en")
