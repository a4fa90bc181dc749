"""What the page of an event tells one reader of her place in it, and what she can do about it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from portal.catalog.reading_level import MEMBERS_LEVELS, ReadingLevel, reading_level
from share.codes import code_shown
from share.models import Event, Registration, RegistrationQuestion, Seats
from share.permissions.registrations import CANCELLED, NOT_ANNOUNCED, PAST, can_register, can_see_link
from share.registrations.moments import moment_said
from share.registrations.window import closes_at, has_opened, takes_place

Status = Registration.Status


class State(StrEnum):
    """What the box is about."""

    NOT_ANNOUNCED = "not-announced"
    CANCELLED = "cancelled"
    PAST = "past"
    GOING = "going"
    OFFERED = "offered"
    WAITING = "waiting"
    VISITOR = "visitor"
    NEEDS_TOWN = "needs-town"
    NOT_YET = "not-yet"
    CLOSED = "closed"
    OPEN = "open"
    FULL = "full"


@dataclass(frozen=True)
class RegistrationBox:
    """A reader's place in an event.

    Args:
        reason: why she cannot register, where she cannot.
        has_lapsed: she let a place pass.
        number_in_line: 1 for whoever is next.
        until: until when her offer lasts, or registration is open or opens, on her own clock.
        link: where one connects; empty for who is not told.
        questions: how many the organisers ask; `must_answer` where one of them has to be answered.
        unanswered: how many of them she has not answered.
    """

    event: Event
    state: State
    registration: Registration | None = None
    reason: str | Promise = ""
    is_interested: bool = False
    said_no: bool = False
    has_lapsed: bool = False
    number_in_line: int = 0
    waiting: int = 0
    free: int | None = None
    until: str = ""
    link: str = ""
    link_note: str = ""
    code: str = ""
    questions: list[RegistrationQuestion] = field(default_factory=list)

    @property
    def must_answer(self) -> bool:
        """Whether registering takes more than a click."""
        return any(question.is_required for question in self.questions)

    @property
    def is_link_address(self) -> bool:
        """Whether the link is one that a browser opens safely; what else somebody wrote is shown as text."""
        return self.link.lower().startswith(("https://", "http://"))

    @property
    def unanswered(self) -> int:
        """How many questions wait for an answer of hers."""
        answers = self.registration.answers if self.registration else {}
        return sum(str(question.pk) not in answers for question in self.questions)


def registration_box(user: Any, event: Event, *, organises: bool | None = None) -> RegistrationBox:
    """Return a reader's box, in a number of queries that does not grow; none for a visitor.

    Args:
        organises: whether she looks after the event, where the caller asked already.
    """
    now = timezone.now()
    mine = Registration.objects.of(user).filter(event=event).first() if user.is_authenticated else None
    state = _state(user, event, mine, now)
    if state is State.OPEN:
        state = State.OPEN if _seats(event).is_open else State.FULL
    decision = can_register(user, event, now=now)
    status = mine.status if mine else ""
    sees_link = (
        bool(event.link)
        and user.is_authenticated
        and bool(can_see_link(user, event, mine, organises=organises))
    )
    is_open = state in (State.OPEN, State.FULL, State.GOING, State.WAITING, State.OFFERED)
    return RegistrationBox(
        event=event,
        state=state,
        registration=mine,
        reason=_reason(state) or decision.reason,
        is_interested=status == Status.INTERESTED,
        said_no=status == Status.NOT_GOING,
        has_lapsed=status == Status.LAPSED or (status == Status.OFFERED and state is not State.OFFERED),
        number_in_line=_number_in_line(mine) if mine and state is State.WAITING else 0,
        waiting=_seats(event).waiting if is_open else 0,
        free=_seats(event).free if is_open else None,
        until=_until(user, event, mine, state),
        link=event.link if sees_link else "",
        link_note=event.link_note if sees_link else "",
        code=code_shown(mine.code) if mine and state is State.GOING else "",
        questions=list(RegistrationQuestion.objects.filter(event=event)) if is_open else [],
    )


def _state(user: Any, event: Event, mine: Registration | None, now: datetime) -> State:
    settled = _state_of_event(event, now) or _state_of_place(mine, now)
    if settled:
        return settled
    level = reading_level(user)
    if level not in MEMBERS_LEVELS and now < closes_at(event):
        return State.VISITOR if level is ReadingLevel.VISITOR else State.NEEDS_TOWN
    if now >= closes_at(event):
        return State.CLOSED
    return State.OPEN if has_opened(event, now) else State.NOT_YET


def _state_of_event(event: Event, now: datetime) -> State | None:
    if event.is_cancelled:
        return State.CANCELLED
    if not takes_place(event):
        return State.NOT_ANNOUNCED
    return State.PAST if now >= event.ends_at else None


def _state_of_place(mine: Registration | None, now: datetime) -> State | None:
    if mine is None:
        return None
    if mine.status == Status.OFFERED and mine.offer_expires_at and mine.offer_expires_at > now:
        return State.OFFERED
    return {Status.GOING: State.GOING, Status.WAITING: State.WAITING}.get(Status(mine.status))


def _reason(state: State) -> str | Promise:
    reasons = {State.CANCELLED: CANCELLED, State.NOT_ANNOUNCED: NOT_ANNOUNCED, State.PAST: PAST}
    return reasons.get(state, "")


def _number_in_line(mine: Registration) -> int:
    return Registration.objects.filter(
        event=mine.event_id, status=Status.WAITING, place__lte=mine.place
    ).count()


def _seats(event: Event) -> Seats:
    """Return the places, read once with the event."""
    return event.seats


def _until(user: Any, event: Event, mine: Registration | None, state: State) -> str:
    """Say the moment that matters, on the reader's own clock; on the event's for whoever has no account."""
    zone = getattr(user, "time_zone", "") or event.time_zone
    moments = {
        State.OFFERED: mine.offer_expires_at if mine else None,
        State.NOT_YET: event.registration_opens_at,
        State.OPEN: event.registration_closes_at,
        State.FULL: event.registration_closes_at,
    }
    at = moments.get(state)
    return moment_said(at, zone) if at else ""
