"""What a person has to do with encounters: for the parts of shared pages that are hers, and for her home page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from share.events.afterwards import own_materials
from share.events.clock import Clock, clock_of, reader_clock
from share.models import Event, Material, Registration
from share.permissions.events import is_organiser

MOST = 3
_KEPT = "_own_event_part"
_SHOWN = ("going", "offered", "waiting", "interested")


@dataclass(frozen=True)
class OwnEvent:
    """An event that somebody said something about.

    Args:
        here: when it is by her clock; None where that shows what the event's own does.
    """

    event: Event
    registration: Registration
    clock: Clock
    here: Clock | None

    @property
    def is_going(self) -> bool:
        """Whether a place is hers."""
        return self.registration.status == Registration.Status.GOING

    @property
    def is_offered(self) -> bool:
        """Whether a place waits for her word."""
        return self.registration.status == Registration.Status.OFFERED

    @property
    def is_waiting(self) -> bool:
        """Whether she is in the waiting list."""
        return self.registration.status == Registration.Status.WAITING


def next_events(user: Any, *, limit: int = MOST) -> list[OwnEvent]:
    """Return the next events that a person goes to, waits for or minds, the first first; one query."""
    if not user.is_authenticated or user.pk is None:
        return []
    rows = (
        Registration.objects.of(user)
        .of_readable(user)
        .filter(status__in=_SHOWN, event__ends_at__gt=timezone.now())
        .select_related("event")
        .defer("event__description", "event__description_html", "event__calendar_text", "answers")
        .order_by("event__starts_at", "event_id")[:limit]
    )
    return [
        OwnEvent(row.event, row, clock_of(row.event), reader_clock(row.event, user.time_zone)) for row in rows
    ]


@dataclass(frozen=True)
class OwnPart:
    """What the page of an event has for one reader alone.

    Args:
        here: when it is by her clock; None where that shows what the event's own does, and for visitors.
        is_organiser: whether she looks after it.
        may_report: whether it is somebody else's, which she may report to the network's team.
        materials: what is only for those who have a place, where she has one.
    """

    event: Event
    here: Clock | None
    is_organiser: bool
    may_report: bool
    materials: Sequence[Material]


def own_part(user: Any, event_id: int) -> OwnPart | None:
    """Return what the page of an event has for a reader; None where she finds no such event."""
    readable = Event.objects.visible_to(user).defer("description", "description_html", "calendar_text")
    event = readable.select_related("municipality", "seats").filter(pk=event_id).first()
    if event is None:
        return None
    if not user.is_authenticated or user.pk is None:
        return OwnPart(event, None, False, False, ())
    return OwnPart(
        event=event,
        here=reader_clock(event, user.time_zone),
        is_organiser=is_organiser(user, event),
        may_report=event.created_by_id != user.pk,
        materials=own_materials(user, event),
    )


def own_part_asked(request: HttpRequest) -> OwnPart | None:
    """Return the reader's part of the event whose page a request asks for, read once for all parts of the page."""
    known: OwnPart | None = getattr(request, _KEPT, None)
    if known is None and request.resolver_match and "pk" in request.resolver_match.kwargs:
        known = own_part(request.user, request.resolver_match.kwargs["pk"])
        setattr(request, _KEPT, known)
    return known


def event_card(user: Any) -> dict[str, Any] | None:
    """Tell a person on her home page which encounter comes next."""
    mine = next_events(user)
    return {"own_events": mine} if mine else None
