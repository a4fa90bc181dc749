"""Reading calendars as two programs do that know nothing of each other, and nothing of this machine's clocks."""

import io
import re
import warnings
from collections import Counter
from datetime import UTC, date, datetime, time

import icalendar
import vobject
from dateutil.tz import tzical

from share.models import Event, EventSeries
from share.services.calendars import calendar_text_refresh

_LINE = re.compile(r"([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:\"[^\"]*\"|[^\";:,]*))*):(.*)", re.DOTALL)
_TZID = re.compile(r';TZID="?([^";:]+)')
# A comma or semicolon that would part a text in two, and a stroke that stands for nothing.
_UNESCAPED = re.compile(r"(?:^|[^\\])(?:\\\\)*(?:[;,]|\\[^\\;,nN])")
_TEXTS = frozenset({"SUMMARY", "DESCRIPTION", "LOCATION", "NAME", "X-WR-CALNAME", "X-WR-CALDESC"})
_ONCE_AT_MOST = (
    *("SEQUENCE", "STATUS", "CLASS", "URL", "LOCATION", "DESCRIPTION", "ORGANIZER", "TRANSP", "CREATED"),
    *("LAST-MODIFIED", "GEO", "DURATION", "RRULE", "RECURRENCE-ID"),
)


def refreshed(*events: Event) -> None:
    """Write what calendars read of events, as the portal does when they are announced."""
    calendar_text_refresh(event_ids=[event.pk for event in events])


def a_series() -> EventSeries:
    """Return a series that events can be put into."""
    return EventSeries.objects.create(
        rule="FREQ=WEEKLY", time_zone="America/Lima", first_on=date(2026, 5, 5), start_time=time(9)
    )


def parsed(content: bytes | str) -> icalendar.Calendar:
    """Read a calendar strictly, twice: any warning, error or wrong line of it fails the test."""
    text = content.decode() if isinstance(content, bytes) else content
    require_well_formed(text)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        [calendar] = icalendar.Calendar.from_ical(text, multiple=True)
        [other] = vobject.readComponents(text)
        assert other.validate(raiseException=True)
    assert not [error for part in calendar.walk() for error in part.errors]
    calendar.validate()
    own = {str(event["UID"]): str(event["SUMMARY"]) for event in calendar.events}
    assert {one.uid.value: one.summary.value for one in getattr(other, "vevent_list", [])} == own
    return calendar


def require_well_formed(text: str) -> None:
    """Check what RFC 5545 says of lines: CR LF, at most 75 octets, whole characters, no control characters."""
    assert text.endswith("END:VCALENDAR\r\n")
    lines = text.split("\r\n")
    assert not any("\n" in line or "\r" in line for line in lines)
    assert max(len(line.encode()) for line in lines) <= 75
    assert not any(ord(sign) < 32 and sign != "\t" for line in lines for sign in line)
    require_sound(text.replace("\r\n ", "").split("\r\n")[:-1])


def require_sound(lines: list[str]) -> None:
    """Check, by hand, what both parsers forgive: lines that are none, nesting, zones that nobody explains."""
    open_ones: list[str] = []
    held: list[Counter[str]] = []
    explained, used = set(), set()
    for line in lines:
        found = _LINE.fullmatch(line)
        assert found, line
        name, parameters, value = found.groups()
        if name == "BEGIN":
            open_ones.append(value)
            held.append(Counter())
        elif name == "END":
            assert open_ones.pop() == value
            require_each_once(value, held.pop())
        else:
            held[-1][name] += 1
            used.update(_TZID.findall(parameters))
            if name == "TZID":
                assert open_ones[-1] == "VTIMEZONE" and value not in explained
                explained.add(value)
            if name in _TEXTS:
                assert not _UNESCAPED.search(value), line
    assert not open_ones
    assert used <= explained


def require_each_once(component: str, held: Counter[str]) -> None:
    """Check what RFC 5545 3.6 says of how often a property stands in a component."""
    if component == "VEVENT":
        assert all(held[name] == 1 for name in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY"))
        assert all(held[name] <= 1 for name in _ONCE_AT_MOST)
    if component == "VCALENDAR":
        assert held["PRODID"] == held["VERSION"] == held["METHOD"] == 1


def moments_by_its_own_zones(content: bytes | str) -> dict[str, tuple[datetime, datetime]]:
    """Work out when each event begins and ends from the calendar's VTIMEZONEs and wall clocks alone."""
    text = content.decode() if isinstance(content, bytes) else content
    zones = tzical(io.StringIO(text.replace("\r\n ", "")))
    found = {}
    for event in icalendar.Calendar.from_ical(text).events:
        ends = []
        for name in ("DTSTART", "DTEND"):
            zone = zones.get(event[name].params["TZID"])
            ends.append(event[name].dt.replace(tzinfo=zone).astimezone(UTC))
        found[str(event["UID"])] = (ends[0], ends[1])
    return found
