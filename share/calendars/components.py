"""An encounter as calendar programs read it: a VEVENT (RFC 5545, with CONFERENCE and COLOR of RFC 7986)."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from email.utils import parseaddr
from html import unescape
from zoneinfo import ZoneInfo

import icalendar
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from portal.core.markdown import markdown_html
from portal.notices.urls_of_ours import absolute
from portal.topics.models import PolicyArea
from share.models import Event

# Calendars show a few lines; the page has the rest.
MOST_OF_DESCRIPTION = 1_500
# What RFC 5545 has no place for: control characters, an encoding's mark, and what only some take for ends of lines.
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f\ufeff]")
# Of HTML that was cleaned when it was stored.
_BLOCK_ENDS = re.compile(r"</(?:p|h\d|ul|ol|pre|blockquote|tr|table)>|<br\s*/?>")
_ITEMS = re.compile(r"\s*<li[^>]*>")
_TAGS = re.compile(r"<[^>]*>")
_PARAGRAPHS = re.compile(r"\n\s*\n")


def event_component(
    event: Event, *, areas: Mapping[str, PolicyArea], stamp: datetime, sibling_uid: str = ""
) -> icalendar.Event:
    """Return the VEVENT of an encounter as everybody may read it, in the encounter's language.

    Its UID is the encounter's `public_id`, so that it stays the same event wherever the portal moves.

    Args:
        event: with its municipality loaded.
        areas: the policy areas by slug.
        stamp: when what calendars are told changed last.
        sibling_uid: of the first event of its series, where that is another one.
    """
    made = icalendar.Event()
    zone = ZoneInfo(event.time_zone)
    with translation.override(event.language):
        for name, value in _texts(event, areas):
            made.add(name, value)
    made.add("uid", str(event.public_id))
    made.add("dtstamp", stamp)
    made.add("last-modified", stamp)
    made.add("created", event.published_at or event.created_at)
    made.add("sequence", event.sequence)
    made.add("dtstart", datetime.combine(event.start_date, event.start_time, zone))
    made.add("dtend", datetime.combine(event.end_date, event.end_time, zone))
    made.add("status", "CANCELLED" if event.is_cancelled else "CONFIRMED")
    made.add("class", "PUBLIC" if event.visibility == Event.Visibility.PUBLIC else "PRIVATE")
    # Whoever reads of it has not promised to come: it leaves her day free.
    made.add("transp", "TRANSPARENT")
    made.add("url", event_address(event))
    made.add("organizer", _organiser(event))
    if event.latitude is not None and event.longitude is not None:
        made.add("geo", (event.latitude, event.longitude))
    if sibling_uid:
        made.add("related-to", sibling_uid, parameters={"RELTYPE": "SIBLING"})
    return made


def event_address(event: Event) -> str:
    """Return the whole address of an encounter's page."""
    return absolute(event.get_absolute_url())


def site_mailbox() -> str:
    """Return the address that the portal writes from: nobody's own, and the only one that calendars name."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def plain(text: str) -> str:
    """Return a text without what no calendar can hold; its ends of lines are plain ones."""
    return _CONTROLS.sub("", _LINE_ENDS.sub("\n", text)).strip()


def _texts(event: Event, areas: Mapping[str, PolicyArea]) -> Iterator[tuple[str, object]]:
    yield "summary", " ".join(plain(event.title).split())
    yield "description", _description(event)
    yield "location", _location(event)
    kinds = [areas[slug].name for slug in event.areas if slug in areas]
    yield "categories", [str(event.get_kind_display()).capitalize(), *kinds]


def _description(event: Event) -> str:
    """Return what it is about, and where one reads on and registers."""
    cancelled = ""
    if event.is_cancelled:
        cancelled = _("Este encuentro se canceló.") + " " + plain(event.cancel_reason)
    more = _("Más información e inscripción: %(address)s") % {"address": event_address(event)}
    parts = [cancelled.strip(), plain(event.summary), _shortened(event), more]
    return "\n\n".join(part for part in parts if part)


def _shortened(event: Event) -> str:
    """Return the beginning of a description without its marks, paragraph by paragraph."""
    html = event.description_html or markdown_html(event.description)
    told = unescape(_TAGS.sub("", _ITEMS.sub("\n- ", _BLOCK_ENDS.sub("\n\n", html))))
    told = _PARAGRAPHS.sub("\n\n", plain(told))
    return told if len(told) <= MOST_OF_DESCRIPTION else told[:MOST_OF_DESCRIPTION].rstrip() + "…"


def _location(event: Event) -> str:
    if not event.is_in_person:
        return _("En línea")
    return ", ".join(" ".join(plain(part).split()) for part in (event.venue, event.address) if part)


def _organiser(event: Event) -> icalendar.vCalAddress:
    """Return who invites, by the portal's own address."""
    organiser = icalendar.vCalAddress(f"mailto:{site_mailbox()}")
    name = event.municipality.name if event.municipality else settings.ORGANISATION_NAME
    organiser.params["CN"] = " ".join(plain(name).replace('"', "'").split())
    return organiser
