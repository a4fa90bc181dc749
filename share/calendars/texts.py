"""Texts of calendars: an encounter's own, what one person's calendar adds to it, and what stands around them."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils.translation import gettext as _
from icalendar import Calendar, vText
from icalendar.parser import Contentline

from portal.topics.models import PolicyArea
from share.calendars.components import event_component, plain
from share.calendars.zones import zone_text
from share.models import Event

END = "END:VCALENDAR\r\n"
REFRESHED_EVERY = timedelta(hours=6)
COLOUR = "teal"
_END_OF_EVENT = "END:VEVENT\r\n"
_ADDRESS = re.compile(r"https?://[^\s\x00-\x1f\x7f\"<>]+")


def calendar_text(
    event: Event, *, areas: Mapping[str, PolicyArea], stamp: datetime, sibling_uid: str = ""
) -> str:
    """Return an encounter's VEVENT as everybody may read it; the parameters are those of `event_component`."""
    made = event_component(event, areas=areas, stamp=stamp, sibling_uid=sibling_uid)
    return made.to_ical(sorted=False).decode()


@dataclass(frozen=True)
class Mine:
    """What an encounter is to one person: for her own calendar only.

    Args:
        is_tentative: whether she waits for a place, or is only interested.
        is_busy: whether it takes her time.
        link: where she connects, for whoever has a place.
        note: what she has to know for it.
        is_online: whether the link is where it takes place.
        prefix: what stands before the title, so that nobody takes a number in the waiting list for a place.
    """

    is_tentative: bool = False
    is_busy: bool = True
    link: str = ""
    note: str = ""
    is_online: bool = False
    prefix: str = ""


def text_of_mine(text: str, mine: Mine) -> str:
    """Return an encounter's stored text as it stands in one person's own calendar.

    Properties are exchanged in the text: a feed of hundreds is read again every few hours and not made anew.
    """
    if mine.is_tentative:
        text = text.replace("\r\nSTATUS:CONFIRMED\r\n", "\r\nSTATUS:TENTATIVE\r\n", 1)
    if mine.is_busy:
        text = text.replace("\r\nTRANSP:TRANSPARENT\r\n", "\r\nTRANSP:OPAQUE\r\n", 1)
    if mine.prefix:
        before = _escaped(f"{mine.prefix} ")
        text = exchanged(text, "SUMMARY", lambda line: f"SUMMARY:{before}{line.removeprefix('SUMMARY:')}")
    told = "\n".join(part for part in (plain(mine.link), plain(mine.note)) if part)
    if told:
        added = _escaped("\n\n" + _("Para conectarte: %(how)s") % {"how": told})
        text = exchanged(text, "DESCRIPTION", lambda line: line + added)
    if _ADDRESS.fullmatch(mine.link):
        label = _("Para conectarte").replace('"', "'")
        text = with_line(text, f'CONFERENCE;VALUE=URI;FEATURE=VIDEO;LABEL="{label}":{mine.link}')
        if mine.is_online:
            text = exchanged(text, "LOCATION", lambda _line: f"LOCATION:{_escaped(mine.link)}")
    return text


def exchanged(text: str, name: str, change: Callable[[str], str]) -> str:
    """Return the text of a component with one of its properties changed; the line is given and taken unfolded."""
    start = text.index(f"\r\n{name}:") + 2
    end = text.index("\r\n", start)
    while text[end + 2] in " \t":
        end = text.index("\r\n", end + 2)
    line = text[start:end].replace("\r\n ", "")
    return text[:start] + _folded(change(line)) + text[end:]


def with_line(text: str, line: str) -> str:
    """Return the text of an event with one more property."""
    return text.removesuffix(_END_OF_EVENT) + _folded(line) + "\r\n" + _END_OF_EVENT


def beginning(*, name: str, description: str = "", method: str = "PUBLISH", is_feed: bool = True) -> str:
    """Return what stands before the zones and events of a calendar; `END` closes it.

    Args:
        is_feed: whether programs ask for it again by themselves.
    """
    calendar = Calendar()
    calendar.add(
        "prodid", f"-//{_in_a_line(settings.ORGANISATION_NAME)}//{_in_a_line(settings.SITE_NAME)}//ES"
    )
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", method)
    if is_feed:
        for names, value in (
            (("name", "x-wr-calname"), name),
            (("description", "x-wr-caldesc"), description),
        ):
            for each in names if value else ():
                # The library takes some of these for no texts, and would leave their commas as they are.
                calendar.add(each, vText(_in_a_line(value)))
        calendar.add("color", COLOUR)
        calendar.add("refresh-interval", REFRESHED_EVERY, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", f"PT{REFRESHED_EVERY // timedelta(hours=1)}H")
    return calendar.to_ical(sorted=False).decode().removesuffix(END)


def zones_text(spans: Iterable[tuple[str, int, int]]) -> str:
    """Return the zones of a calendar, each once.

    Args:
        spans: zone, year of its earliest event and of its latest; without any the portal's own zone, since a
            calendar without a component is none.
    """
    found = {zone: zone_text(zone, first, last) for zone, first, last in spans}
    if not any(found.values()) and not found:
        found = {"": zone_text(settings.TIME_ZONE, 2025, 2025)}
    return "".join(found[zone] for zone in sorted(found))


def _in_a_line(text: str) -> str:
    return " ".join(plain(text).split())


def _escaped(text: str) -> str:
    return vText(text).to_ical().decode()


def _folded(line: str) -> str:
    return Contentline(line).to_ical().decode()
