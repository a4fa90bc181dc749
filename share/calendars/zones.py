"""Time zones as calendars carry them: a VTIMEZONE from which alone the right local time can be worked out.

They are made from the zone data of the `tzdata` package, whatever the machine has. The library's own
(`icalendar.Timezone.from_tzid`) are not used: it writes when a clock goes forward as the hour that does not exist
any more, so that for an hour each spring the time is wrong, and it gives no rule for the years to come.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

WEEKDAYS = ("SU", "MO", "TU", "WE", "TH", "FR", "SA")
LAST_WEEK = 5
# No rule of a year lasts less; Morocco's clocks stood back for a month.
STEP = timedelta(days=7)
# Zone data may list what happens until then one by one before its rule holds.
LISTED_UNTIL = 2038
# POSIX's rule of a change: month, week, weekday, and the hour (2 where it says none).
_POSIX_CHANGE = re.compile(r"M(\d+)\.(\d)\.(\d)(?:/([+-]?\d+)(?::(\d+))?(?::(\d+))?)?")


@dataclass(frozen=True)
class Change:
    """A moment at which a zone's clocks change."""

    at: datetime
    before: timedelta
    after: timedelta
    name: str
    is_daylight: bool

    @property
    def wall(self) -> datetime:
        """What the clocks show at that moment, before they are changed: what RFC 5545 wants in DTSTART."""
        return (self.at + self.before).replace(tzinfo=None)


@dataclass(frozen=True)
class Rule:
    """A change that comes every year: in a month, on a weekday within a span of days, at a time of the old clock."""

    month: int
    weekday: str
    days: tuple[int, ...]
    # Counted from the end of the month where it is the last such weekday, as programs know it best.
    nth: int | None
    time: timedelta

    def is_kept_by(self, change: Change) -> bool:
        """Say whether the change is one of this rule's."""
        wall = change.wall
        midnight = wall.replace(hour=0, minute=0, second=0)
        return (
            wall.month == self.month
            and wall.day in self.days
            and WEEKDAYS[wall.isoweekday() % 7] == self.weekday
            and wall - midnight == self.time
        )

    def recurrence(self) -> vRecur:
        """Return it as calendars write it."""
        rule: dict[str, object] = {"FREQ": "YEARLY", "BYMONTH": self.month}
        if self.nth is not None:
            return vRecur({**rule, "BYDAY": f"{self.nth}{self.weekday}"})
        return vRecur({**rule, "BYMONTHDAY": list(self.days), "BYDAY": self.weekday})


@lru_cache(maxsize=512)
def zone_text(tzid: str, first_year: int, last_year: int) -> str:
    """Return the VTIMEZONE of a zone, right for every event from the first to the last year; empty for UTC.

    Args:
        tzid: as the zone data calls it.
        first_year: of the earliest event.
        last_year: of the latest event; rules hold beyond it.
    """
    if is_utc(tzid):
        return ""
    zone = _zone(tzid)
    # From the year before on, so that what holds on the first day has begun.
    changes = list(_changes(zone, first_year - 1, max(last_year + 2, LISTED_UNTIL)))
    rules = _rules(tzid)
    ruled = _ruled(changes, rules)
    listed = [change for change in changes if change.at.year <= last_year + 2 and change not in ruled]
    made = Timezone()
    made.add("TZID", tzid)
    if listed or not ruled:
        made.add_component(_beginning(zone, first_year - 1))
    for change in listed:
        made.add_component(_observance(change))
    for rule in rules if ruled else ():
        first = next(change for change in ruled if rule.is_kept_by(change))
        made.add_component(_observance(first, rule))
    return made.to_ical().decode()


def is_utc(tzid: str) -> bool:
    """Say whether times of a zone are written as UTC, which needs no explanation."""
    return tzid == "UTC"


def _zone(tzid: str) -> ZoneInfo:
    with files("tzdata.zoneinfo").joinpath(*tzid.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=tzid)


def _changes(zone: ZoneInfo, first_year: int, last_year: int) -> Iterator[Change]:
    """Find each moment at which a zone's clocks change, to the second."""
    at, end = datetime(first_year, 1, 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC)
    while at < end:
        later = at + STEP
        if _state(zone, at) != _state(zone, later):
            yield _change(zone, at, later)
        at = later


def _change(zone: ZoneInfo, before: datetime, after: datetime) -> Change:
    """Close in on the change between two moments."""
    while after - before > timedelta(seconds=1):
        middle = before + timedelta(seconds=(after - before).total_seconds() // 2)
        if _state(zone, middle) == _state(zone, before):
            before = middle
        else:
            after = middle
    offset, is_daylight, name = _state(zone, after)
    return Change(after, _state(zone, before)[0], offset, name, is_daylight)


def _state(zone: ZoneInfo, at: datetime) -> tuple[timedelta, bool, str]:
    local = at.astimezone(zone)
    return local.utcoffset() or timedelta(), bool(local.dst()), local.tzname() or zone.key


def _rules(tzid: str) -> tuple[Rule, ...]:
    """Return the two rules that hold from some year on, from the last line of the zone's data; none without any.

    A rule that RFC 5545 cannot write (a Thursday's midnight, past the end of a month) is none: its changes are listed.
    """
    data = files("tzdata.zoneinfo").joinpath(*tzid.split("/")).read_bytes()
    posix = data.rsplit(b"\n", 2)[1].decode()
    rules = [_rule(*(int(part or 0) for part in found)) for found in _posix_changes(posix)]
    return tuple(rule for rule in rules if rule) if all(rules) and len(rules) == 2 else ()


def _posix_changes(posix: str) -> list[tuple[str, ...]]:
    found = [one.groups() for one in _POSIX_CHANGE.finditer(posix)]
    return [(*one[:3], "2" if one[3] is None else one[3], *one[4:]) for one in found]


def _rule(month: int, week: int, weekday: int, hours: int, minutes: int, seconds: int) -> Rule | None:
    """Turn POSIX's rule, whose hours go beyond the day, into days and a time of day."""
    length = monthrange(2001, month)[1]
    shift, time = divmod(timedelta(hours=hours, minutes=minutes, seconds=seconds), timedelta(days=1))
    first = length - 6 if week == LAST_WEEK else week * 7 - 6
    days = tuple(range(first + shift, first + shift + 7))
    if days[0] < 1 or days[-1] > length or (week == LAST_WEEK and month == 2):
        return None
    nth = None if shift else (-1 if week == LAST_WEEK else week)
    return Rule(month, WEEKDAYS[(weekday + shift) % 7], days, nth, time)


def _ruled(changes: list[Change], rules: tuple[Rule, ...]) -> list[Change]:
    """Return the changes from the first year on that, as all after it, follows the rules; whole years only."""
    by_year: dict[int, list[Change]] = {}
    for change in changes:
        by_year.setdefault(change.at.year, []).append(change)
    ruled: list[Change] = []
    for year in range(max(by_year, default=0), min(by_year, default=1) - 1, -1):
        those = by_year.get(year, [])
        kept = [rule for rule in rules if any(rule.is_kept_by(change) for change in those)]
        if len(kept) != 2 or len(those) != 2:
            break
        ruled = those + ruled
    return ruled


def _beginning(zone: ZoneInfo, year: int) -> TimezoneStandard | TimezoneDaylight:
    """Return what holds before the first change."""
    at = datetime(year, 1, 1, tzinfo=UTC)
    offset, is_daylight, name = _state(zone, at)
    return _observance(Change(at, offset, offset, name, is_daylight))


def _observance(change: Change, rule: Rule | None = None) -> TimezoneStandard | TimezoneDaylight:
    made = TimezoneDaylight() if change.is_daylight else TimezoneStandard()
    made.DTSTART = change.wall
    made.TZOFFSETFROM = change.before
    made.TZOFFSETTO = change.after
    made.add("TZNAME", change.name)
    if rule:
        made.add("RRULE", rule.recurrence())
    return made
