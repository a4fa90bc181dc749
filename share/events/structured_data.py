"""An encounter as search engines and calendars read it: schema.org Event in JSON-LD.

Source of the words: https://schema.org/Event. A block of data is no script: the Content-Security-Policy, which forbids
scripts in the page, does not concern it. Where one connects is for those who are registered, and never stands in it.
"""

import json
from typing import Any

from django.conf import settings
from django.utils.safestring import SafeString, mark_safe

from share.events.page import EventPage
from share.models import Event

# What could end the block or begin markup, wherever it stands in a text; JSON reads it back as it was.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}
_SCHEMA = "https://schema.org"


def structured_data(page: EventPage, url: str, home: str) -> SafeString:
    """Return the element that describes the page of an event to programs.

    Args:
        url: the page's own address; `home` that of the portal.
    """
    event = page.event
    described = {
        "@context": _SCHEMA,
        "@type": "Event",
        "name": event.title,
        "description": event.summary,
        "inLanguage": event.language,
        "url": url,
        "mainEntityOfPage": url,
        "startDate": page.clock.starts,
        "endDate": page.clock.ends,
        "previousStartDate": _previous(page),
        "eventStatus": f"{_SCHEMA}/{_status(page)}",
        "eventAttendanceMode": f"{_SCHEMA}/{_mode(event)}",
        "location": _locations(event, url),
        "organizer": _organiser(event, home),
        "performer": [{"@type": "Person", "name": one.name} for one in page.speakers if one.is_named],
        "isAccessibleForFree": True,
    }
    return ld_json({name: value for name, value in described.items() if value})


def ld_json(data: dict[str, Any]) -> SafeString:
    """Return data as an element of the page that no text in it can end."""
    text = json.dumps(data, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 escaped in the line above


def _status(page: EventPage) -> str:
    if page.event.is_cancelled:
        return "EventCancelled"
    return "EventRescheduled" if page.previous_start else "EventScheduled"


def _previous(page: EventPage) -> str:
    """Return when it was to begin before; schema.org wants it only of what was moved."""
    if page.previous_start is None or page.event.is_cancelled:
        return ""
    return page.previous_start.isoformat(timespec="minutes")


def _mode(event: Event) -> str:
    if event.is_online and event.is_in_person:
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if event.is_online else "OfflineEventAttendanceMode"


def _locations(event: Event, url: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if event.is_in_person:
        place: dict[str, Any] = {"@type": "Place", "name": event.venue}
        if event.address:
            place["address"] = event.address
        if event.latitude is not None:
            place["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": event.latitude,
                "longitude": event.longitude,
            }
        found.append(place)
    if event.is_online:
        # The page where one registers; the link itself is for those who did.
        found.append({"@type": "VirtualLocation", "url": url})
    return found


def _organiser(event: Event, home: str) -> dict[str, str]:
    town = event.municipality
    if town is None:
        return {"@type": "Organization", "name": settings.ORGANISATION_NAME, "url": home}
    return {"@type": "GovernmentOrganization", "name": town.name}
