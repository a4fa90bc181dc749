"""Invitations by e-mail that calendar programs understand (iTIP, RFC 5546; in e-mails, RFC 6047).

What an e-mail tells a person's calendar is how things stand when it is sent, not when it was decided: where somebody
registered and cancelled within a minute, no calendar hears of it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from django.db import transaction
from django.utils import timezone
from icalendar import vCalAddress

from portal.notices.kinds import CalendarPart
from portal.notices.models import Notification
from portal.topics.models import PolicyArea
from share.calendars.components import plain
from share.calendars.feeds import SURE, TENTATIVE, mine_of
from share.calendars.texts import (
    END,
    Mine,
    beginning,
    calendar_text,
    exchanged,
    text_of_mine,
    with_line,
    zones_text,
)
from share.models import Registration
from share.permissions.registrations import can_see_link

REQUEST, CANCEL = "REQUEST", "CANCEL"
# Whoever has a place or may still get one has the event in her calendar.
INVITED = frozenset({*SURE, *TENTATIVE})
# A notice that stands for changes to a whole series carries so many at most; her own calendar's address has them all.
MOST_AT_ONCE = 12
_FACT = re.compile(r"(event|registration):(\d+):")
_ATTENDEE = "ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={status};RSVP=FALSE{name}:{address}"


def notice_calendar(notice: Notification) -> CalendarPart | None:
    """Return what the e-mail of a notice tells its receiver's calendar; for `NoticeKind.email_calendar`.

    The notice's fact begins with "registration:<key>:" or "event:<key>:". Nothing is told of what is over, nor to
    whoever neither has the event in her calendar nor should.
    """
    told = [
        (registration, method)
        for registration in _registrations_of(notice)
        if (method := _method(registration, is_of_hers=notice.fact.startswith("registration:")))
    ]
    parts = [invitation(registration, method) for registration, method in told[:MOST_AT_ONCE]]
    if not parts:
        return None
    return CalendarPart(parts[0].text, parts[0].method, more=tuple(parts[1:]))


def invitation(registration: Registration, method: str) -> CalendarPart:
    """Tell one person's calendar to take in an event as it is now (REQUEST), or to take it out (CANCEL).

    Each time its SEQUENCE is a higher one, which her registration remembers once the e-mail is on its way.

    Args:
        registration: with its event, the event's municipality and its user loaded.
    """
    event, now = registration.event, timezone.now()
    areas = {area.slug: area for area in PolicyArea.objects.filter(slug__in=event.areas)}
    sequence = _next_sequence(registration)
    is_cancelled = method == CANCEL
    mine = Mine() if is_cancelled else mine_of(registration)
    if not can_see_link(registration.user, event, registration):
        mine = replace(mine, link="", note="")
    text = text_of_mine(calendar_text(event, areas=areas, stamp=now), mine)
    text = exchanged(text, "SEQUENCE", lambda _line: f"SEQUENCE:{sequence}")
    if is_cancelled:
        text = exchanged(text, "STATUS", lambda _line: "STATUS:CANCELLED")
    text = with_line(text, _attendee(registration, is_cancelled))
    zones = zones_text([(event.time_zone, event.start_date.year, event.end_date.year)])
    # Not before: the registration's row must not stay locked while the mail server is waited for.
    transaction.on_commit(partial(_remember, registration.pk, sequence))
    return CalendarPart(beginning(name="", method=method, is_feed=False) + zones + text + END, method)


def _registrations_of(notice: Notification) -> Iterable[Registration]:
    """Return the receiver's registrations that a notice is about: one, or those of a series that changed as one."""
    found = _FACT.match(notice.fact)
    if not found:
        return []
    word, key = found[1], int(found[2])
    hers = Registration.objects.filter(user=notice.user_id).select_related("event__municipality", "user")
    if word == "registration":
        return hers.filter(pk=key)
    first = hers.filter(event=key)
    if notice.number == 1 or not notice.group.startswith("series:"):
        return first
    others = hers.filter(event__series__events=key).exclude(event=key).order_by("event__starts_at")
    return [*first, *(one for one in others[: 4 * MOST_AT_ONCE] if _is_behind(one))]


def _is_behind(registration: Registration) -> bool:
    """Say whether her calendar has another state of the event than holds now."""
    return (registration.calendar_sequence or 0) < registration.event.sequence


def _method(registration: Registration, *, is_of_hers: bool) -> str:
    """Choose what to tell her calendar; nothing where it needs not hear of it.

    Args:
        is_of_hers: whether her registration changed, and not the event.
    """
    event = registration.event
    is_invited = registration.status in INVITED
    has_it = registration.calendar_sequence is not None
    if event.ends_at < timezone.now():
        return ""
    if event.is_cancelled or event.hidden_at:
        return CANCEL if is_invited or has_it else ""
    if is_invited:
        return REQUEST
    return CANCEL if is_of_hers and has_it else ""


def _next_sequence(registration: Registration) -> int:
    """Return a number above what her calendar was told, and never below the event's own."""
    told = registration.calendar_sequence
    return registration.event.sequence if told is None else max(registration.event.sequence, told + 1)


def _attendee(registration: Registration, is_cancelled: bool) -> str:
    """Return the line that names the receiver, and nobody else; programs do not ask her for an answer."""
    status = "TENTATIVE" if registration.status not in SURE else "ACCEPTED"
    user = registration.user
    name = " ".join(plain(user.get_full_name()).replace('"', "'").split())
    return _ATTENDEE.format(
        status="DECLINED" if is_cancelled and registration.status not in INVITED else status,
        name=f';CN="{name}"' if name else "",
        address=vCalAddress(f"mailto:{user.email}").to_ical().decode(),
    )


def _remember(key: int, sequence: int) -> None:
    Registration.objects.filter(pk=key).update(calendar_sequence=sequence)
