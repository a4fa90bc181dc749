"""Dates and times of day."""

import math
from datetime import datetime

from evaluate.engine.expressions.dates import (
    EPOCH,
    days_since_epoch,
    format_stamp,
    iso_date,
    iso_datetime,
    parse_stamp,
    parse_time,
    stamp_from_days,
)
from evaluate.engine.expressions.functions.registry import FUNCTIONS
from evaluate.engine.expressions.values import NAN, Context, Value, to_number, to_text


@FUNCTIONS.eager("today", 0)
def today(context: Context) -> Value:
    """Today's date."""
    return iso_date(context.now)


@FUNCTIONS.eager("now", 0)
def now(context: Context) -> Value:
    """The date and time of now."""
    return iso_datetime(context.now)


def _stamp(value: Value) -> datetime | None:
    """A moment from a date text, or from a number of days since 1970."""
    text = to_text(value)
    return parse_stamp(text) or stamp_from_days(to_number(text))


@FUNCTIONS.eager("date", 1)
def date(context: Context, value: Value) -> Value:
    """A date from a text or from days since 1970; empty when it is neither."""
    stamp = _stamp(value)
    return iso_date(stamp) if stamp else ""


@FUNCTIONS.eager("date-time", 1)
def date_time(context: Context, value: Value) -> Value:
    """A date and time from a text or from days since 1970; empty when it is neither."""
    stamp = _stamp(value)
    return iso_datetime(stamp) if stamp else ""


@FUNCTIONS.eager("decimal-date-time", 1)
def decimal_date_time(context: Context, value: Value) -> Value:
    """Days since 1970, the time of day as a fraction."""
    stamp = _stamp(value)
    return days_since_epoch(stamp) if stamp else NAN


@FUNCTIONS.eager("decimal-time", 1)
def decimal_time(context: Context, value: Value) -> Value:
    """The time of day as a part of a day."""
    text = to_text(value)
    clock = parse_time(text)
    if clock is None and (stamp := parse_stamp(text)) is not None:
        clock = stamp.time()
    return to_number(clock.isoformat()) if clock else NAN


@FUNCTIONS.eager("format-date", 2)
def format_date(context: Context, value: Value, pattern: Value) -> Value:
    """A date written by a pattern such as `%d/%m/%Y`; empty when there is no date."""
    stamp = _stamp(value)
    return format_stamp(stamp, to_text(pattern)) if stamp else ""


@FUNCTIONS.eager("format-date-time", 2)
def format_date_time(context: Context, value: Value, pattern: Value) -> Value:
    """A moment written by a pattern such as `%d/%m/%Y %H:%M`; a time of day alone also serves."""
    text = to_text(value)
    clock = parse_time(text)
    stamp = datetime.combine(EPOCH, clock) if clock else _stamp(text)
    return format_stamp(stamp, to_text(pattern)) if stamp else ""


@FUNCTIONS.eager("difference-in-months", 2)
def difference_in_months(context: Context, earlier: Value, later: Value) -> Value:
    """Whole months between two dates."""
    first, second = _stamp(earlier), _stamp(later)
    if first is None or second is None:
        return NAN
    months = (second.year - first.year) * 12 + second.month - first.month
    return float(math.trunc(months - (second.day < first.day)))
