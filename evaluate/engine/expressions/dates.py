"""Dates and times as ODK counts them: days since 1 January 1970, by the clock as it is written.

A time zone at the end of a stamp is read and not applied: all times in one answer come from one
clock, and a person compares what she sees.
"""

import math
import re
from datetime import date, datetime, time, timedelta

from django.utils.dates import MONTHS_3, WEEKDAYS_ABBR

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - wall clock, see above
_STAMP = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})"
    r"(?:[T ](\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6})\d*)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?")


def parse_stamp(text: str) -> datetime | None:
    """Read an ISO date or date and time; None when it is neither."""
    match = _STAMP.fullmatch(text.strip())
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction = match.groups(default="0")
    try:
        return datetime(  # noqa: DTZ001 - wall clock, see above
            int(year), int(month), int(day), int(hour), int(minute), int(second), int(fraction.ljust(6, "0"))
        )
    except ValueError:
        return None


def parse_time(text: str) -> time | None:
    """Read a time of day (`14:30`); None when it is not one."""
    match = _TIME.fullmatch(text.strip())
    if match is None:
        return None
    hour, minute, second, fraction = match.groups(default="0")
    try:
        return time(int(hour), int(minute), int(second), int(fraction.ljust(6, "0")))
    except ValueError:
        return None


def days_since_epoch(stamp: datetime) -> float:
    """Days from 1970-01-01 00:00, with the time of day as a fraction."""
    return (stamp - EPOCH) / timedelta(days=1)


def stamp_from_days(days: float) -> datetime | None:
    """The moment that many days after 1970-01-01; None outside the calendar."""
    if not math.isfinite(days):
        return None
    try:
        return EPOCH + timedelta(days=days)
    except OverflowError:
        return None


def iso_date(stamp: date) -> str:
    """A date as ODK writes it."""
    return f"{stamp.year:04d}-{stamp.month:02d}-{stamp.day:02d}"


def iso_datetime(stamp: datetime) -> str:
    """A date and time as ODK writes it, with milliseconds and its time zone if it has one."""
    return stamp.isoformat(timespec="milliseconds")


def format_stamp(stamp: datetime, pattern: str) -> str:
    """Write a moment by ODK's marks: %Y %y %m %n %b %d %e %H %h %M %S %3 %a %W, %% for a percent sign."""
    return re.sub(r"%(.)", lambda match: _mark(match.group(1), stamp), pattern)


def _mark(mark: str, stamp: datetime) -> str:
    marks = {
        "Y": f"{stamp.year:04d}",
        "y": f"{stamp.year % 100:02d}",
        "m": f"{stamp.month:02d}",
        "n": str(stamp.month),
        "b": str(MONTHS_3[stamp.month]),
        "d": f"{stamp.day:02d}",
        "e": str(stamp.day),
        "H": f"{stamp.hour:02d}",
        "h": str(stamp.hour),
        "M": f"{stamp.minute:02d}",
        "S": f"{stamp.second:02d}",
        "3": f"{stamp.microsecond // 1000:03d}",
        "a": str(WEEKDAYS_ABBR[stamp.weekday()]),
        "W": str(stamp.isocalendar().week),
        "%": "%",
    }
    return marks.get(mark, "")
