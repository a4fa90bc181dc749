"""By which days an event repeats: RFC 5545 rules, read carefully and expanded within bounds.

The days are those of the place's calendar, so that ten o'clock stays ten o'clock when the clocks change. `dateutil`
expands the rules; here hostile and empty ones are refused, and what may be written is kept to what people repeat
encounters by: days, weeks, months and years.
"""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from share.models.series import MAX_RULE

FREQUENCIES = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
MOST_TIMES = 500
LONGEST_INTERVAL = 99
LAST_WEEK = 5
_WEEK = 7
_PART = re.compile(r"([A-Z]+)=([A-Z0-9,+\-]+)")
_NUMBER = re.compile(r"[+-]?\d{1,3}")
_DAY = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(T\d{6}(Z)?)?")


class RuleRefused(ValueError):
    """A rule by which nothing can be repeated; the message says why and what to do."""


@dataclass(frozen=True)
class Rule:
    """A rule as it was understood.

    Args:
        parts: its parts by name, in the order of the standard.
    """

    frequency: str
    interval: int
    count: int | None
    until: date | None
    days: tuple[tuple[int, int], ...]
    month_days: tuple[int, ...]
    months: tuple[int, ...]
    position: int | None

    def __str__(self) -> str:
        """Write it as it is kept."""
        parts = [f"FREQ={self.frequency}"]
        if self.interval != 1:
            parts.append(f"INTERVAL={self.interval}")
        for name, numbers in (("BYMONTH", self.months), ("BYMONTHDAY", self.month_days)):
            if numbers:
                parts.append(f"{name}={','.join(map(str, numbers))}")
        if self.days:
            parts.append("BYDAY=" + ",".join(f"{nth or ''}{DAYS[day]}" for nth, day in self.days))
        if self.position is not None:
            parts.append(f"BYSETPOS={self.position}")
        if self.count is not None:
            parts.append(f"COUNT={self.count}")
        if self.until is not None:
            parts.append(f"UNTIL={self.until:%Y%m%d}")
        return ";".join(parts)

    @property
    def is_endless(self) -> bool:
        """Whether it goes on until somebody ends it."""
        return self.count is None and self.until is None


def rule_read(text: str, *, first: date, time_zone: str) -> Rule:
    """Read a rule that somebody wrote, for something that happens on a first day.

    Raises:
        RuleRefused: it is none, repeats by hours or seconds, ends before it begins, goes beyond the bounds, or does
            not meet the first day itself.
    """
    parts = _parts(text)
    rule = Rule(
        frequency=_frequency(parts.pop("FREQ", "")),
        interval=_number(parts.pop("INTERVAL", "1"), 1, LONGEST_INTERVAL, _("El intervalo")),
        count=_number(parts.pop("COUNT"), 1, MOST_TIMES, _("La cantidad de veces"))
        if "COUNT" in parts
        else None,
        until=_until(parts.pop("UNTIL"), time_zone) if "UNTIL" in parts else None,
        days=_days(parts.pop("BYDAY", "")),
        month_days=_numbers(parts.pop("BYMONTHDAY", ""), 31, _("El día del mes")),
        months=_numbers(parts.pop("BYMONTH", ""), 12, _("El mes")),
        position=_number(parts.pop("BYSETPOS"), -4, 4, _("BYSETPOS")) if "BYSETPOS" in parts else None,
    )
    if parts.pop("WKST", "MO") != "MO":
        raise RuleRefused(_("En el portal las semanas empiezan el lunes: sacá WKST de la regla."))
    if parts:
        raise RuleRefused(
            _("No repetimos encuentros por %(part)s. Usá días, semanas, meses o años.")
            % {"part": next(iter(parts))}
        )
    _check(rule, first)
    return rule


def rule_days(rule: Rule | str, *, first: date) -> Iterator[date]:
    """Yield the days of a rule in their order, the first one first; take no more than needed, it may be endless."""
    begin = datetime.combine(first, time())
    last: date | None = None
    for found in rrulestr(str(rule), dtstart=begin):
        if found.date() != last:
            last = found.date()
            yield last


def days_between(rule: Rule | str, *, first: date, after: date | None, until: date, most: int) -> list[date]:
    """Return at most so many days of a rule after a day and up to another."""
    days = takewhile(lambda day: day <= until, rule_days(rule, first=first))
    return list(islice((day for day in days if after is None or day > after), most))


def _parts(text: str) -> dict[str, str]:
    written = text.strip().upper().removeprefix("RRULE:").strip().rstrip(";")
    if not written or len(written) > MAX_RULE:
        raise RuleRefused(_("Escribí la regla en una línea, como FREQ=MONTHLY;BYDAY=2TU;COUNT=6."))
    parts: dict[str, str] = {}
    for piece in written.split(";"):
        match = _PART.fullmatch(piece.strip())
        if match is None or match[1] in parts:
            raise RuleRefused(
                _("No entendemos «%(part)s» en la regla. Escribila como FREQ=MONTHLY;BYDAY=2TU;COUNT=6.")
                % {"part": piece[:40]}
            )
        parts[match[1]] = match[2]
    return parts


def _frequency(value: str) -> str:
    if value in FREQUENCIES:
        return value
    raise RuleRefused(_("Un encuentro se repite por día, semana, mes o año: FREQ tiene que decir cuál."))


def _number(text: str, least: int, most: int, name: str) -> int:
    if _NUMBER.fullmatch(text) and least <= int(text) <= most and int(text) != 0:
        return int(text)
    raise RuleRefused(
        _("%(name)s tiene que ser un número entre %(least)s y %(most)s.")
        % {"name": name, "least": least, "most": most}
    )


def _numbers(text: str, most: int, name: str) -> tuple[int, ...]:
    least = 1 if most == 12 else -most
    return tuple(sorted({_number(one, least, most, name) for one in text.split(",")})) if text else ()


def _days(text: str) -> tuple[tuple[int, int], ...]:
    if not text:
        return ()
    found = []
    for one in text.split(","):
        match = _DAY.fullmatch(one)
        if match is None:
            raise RuleRefused(
                _("No entendemos el día «%(day)s»: escribilo como TU o 2TU.") % {"day": one[:10]}
            )
        found.append((int(match[1] or 0), DAYS.index(match[2])))
    return tuple(dict.fromkeys(found))


def _until(text: str, time_zone: str) -> date:
    match = _UNTIL.fullmatch(text)
    try:
        if match is None:
            raise ValueError(text)
        if match[3]:
            return (
                datetime.strptime(text, "%Y%m%dT%H%M%SZ")
                .replace(tzinfo=UTC)
                .astimezone(ZoneInfo(time_zone))
                .date()
            )
        return datetime.strptime(match[1], "%Y%m%d").replace(tzinfo=UTC).date()
    except (ValueError, OverflowError):
        raise RuleRefused(_("No entendemos hasta cuándo se repite: escribilo como UNTIL=20271231.")) from None


def _check(rule: Rule, first: date) -> None:
    """Refuse what contradicts itself, and what would never or hardly ever happen.

    A rule that its first day meets is not empty: expanding it finds days, and ends.
    """
    if rule.count is not None and rule.until is not None:
        raise RuleRefused(_("Decí hasta qué día o cuántas veces se repite, no las dos cosas."))
    if rule.until is not None and rule.until < first:
        raise RuleRefused(_("La repetición termina antes del primer encuentro: revisá hasta cuándo."))
    if any(nth for nth, _day in rule.days) and (rule.frequency != "MONTHLY" or rule.position is not None):
        raise RuleRefused(_("«2TU» (el segundo martes) va con FREQ=MONTHLY y sin BYSETPOS."))
    if rule.position is not None and (rule.frequency != "MONTHLY" or not rule.days or rule.month_days):
        raise RuleRefused(_("BYSETPOS va con FREQ=MONTHLY y BYDAY, sin BYMONTHDAY."))
    if rule.month_days and rule.frequency == "WEEKLY":
        raise RuleRefused(_("Una regla por semana no lleva días del mes: usá FREQ=MONTHLY."))
    if not _meets(rule, first):
        raise RuleRefused(
            _("El primer día (%(day)s) no cumple la regla. Cambiá el día del encuentro o la regla.")
            % {"day": date_format(first, "l j \\d\\e F \\d\\e Y")}
        )


def _meets(rule: Rule, day: date) -> bool:
    length = calendar.monthrange(day.year, day.month)[1]
    if rule.months and day.month not in rule.months:
        return False
    if rule.month_days and not {day.day, day.day - length - 1} & set(rule.month_days):
        return False
    if rule.days and not _is_one_of(rule.days, day, length):
        return False
    return rule.position is None or _is_at(rule, day, length)


def _is_one_of(days: tuple[tuple[int, int], ...], day: date, length: int) -> bool:
    nth, nth_from_end = (day.day - 1) // _WEEK + 1, -((length - day.day) // _WEEK + 1)
    return any(day.weekday() == weekday and which in (0, nth, nth_from_end) for which, weekday in days)


def _is_at(rule: Rule, day: date, length: int) -> bool:
    weekdays = {weekday for _nth, weekday in rule.days}
    meeting = [n for n in range(1, length + 1) if day.replace(day=n).weekday() in weekdays]
    position = rule.position or 0
    return meeting[position - 1 if position > 0 else position] == day.day
