"""Places and their queue: whoever changes who comes locks them first, and leaves nothing idle while somebody waits.

All that changes a registration does it here, in one order: the row of `Seats` is locked, people change, and what is
free goes to those who wait, in their order and in the same transaction. The number of queries does not depend on how
many people it is.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone
from django.utils.translation import gettext_noop

from portal.accounts.models import Membership, User
from portal.core.events import announce, registration_changed
from portal.core.jobs import queue_on_commit
from share.codes import code_new
from share.models import Event, Registration, RegistrationChange, Seats
from share.registrations.window import is_open, offer_ends, takes_place

Status = Registration.Status
# Those who count on the event; the others said no, or let their place pass.
CONCERNED = (Status.GOING, Status.OFFERED, Status.WAITING, Status.INTERESTED)
# Kept as they are written here; said in the language of whoever reads them (`gettext`).
LEFT_NETWORK = gettext_noop("Ya no trabaja en un municipio de la red.")
OFFER_ENDED = gettext_noop("Pasó el tiempo para confirmar el lugar.")
PLACE_FREED = gettext_noop("Se liberó un lugar y era la primera persona de la lista.")
NO_LIMIT_NOW = gettext_noop("Ya no hay límite de lugares.")
TELL_STEPS = "share.tasks.registrations.tell_steps"
_AT_ONCE = 500
_GIVEN_FIELDS = ("status", "offered_at", "offer_expires_at", "code", "updated_at")


@dataclass(frozen=True)
class Places:
    """An event and its places, locked until the transaction ends.

    Args:
        seats: as they are once the lock is held; its counts follow in the database, not here.
    """

    event: Event
    seats: Seats


@dataclass
class Step:
    """What happened to one registration; `change` is its row of history, once recorded."""

    registration: Registration
    status_from: str
    status_to: str
    reason: str = ""
    by: User | None = None
    change: RegistrationChange | None = None

    @property
    def is_offer_for(self) -> bool:
        """Whether a place waits for her answer."""
        return self.status_to == Status.OFFERED


def places_lock(event_ids: Collection[int], *, skip_locked: bool = False) -> list[Places]:
    """Lock the places of events, always in one order, and read the events as they are then.

    Args:
        skip_locked: leaves out those that somebody else is busy with.
    """
    rows = Seats.objects.filter(pk__in=event_ids).order_by("pk")
    seats = list(rows.select_for_update(skip_locked=skip_locked))
    events = Event.objects.defer("description", "description_html", "calendar_text").in_bulk(
        [row.pk for row in seats]
    )
    return [Places(events[row.pk], row) for row in seats if row.pk in events]


def place_lock(event: Event) -> Places:
    """Lock the places of one event.

    Raises:
        Seats.DoesNotExist: the event is gone.
    """
    locked = places_lock([event.pk])
    if not locked:
        raise Seats.DoesNotExist
    return locked[0]


def places_settle(places: Iterable[Places], *, now: datetime | None = None) -> list[Step]:
    """End the offers whose time is over, and give what is free to those who wait, in order.

    Nothing happens at events that were cancelled, taken away or are over; nothing is given once registration closed.
    Whoever would be next and left the network is taken off first, and so is not in anybody's way.
    """
    now = now or timezone.now()
    running = {each.event.pk: each.event for each in places if _is_to_come(each.event, now)}
    steps = offers_end(running.values(), now) if running else []
    giving = {key: event for key, event in running.items() if is_open(event, now)}
    if not giving:
        return steps
    first = list(_next_in_line(giving))
    if any(not row.may_attend for row in first):
        steps += people_take_off(Registration.objects.filter(event__in=giving, status=Status.WAITING))
        first = list(_next_in_line(giving))
    return steps + _places_give(first, giving, now)


def offers_end(events: Iterable[Event], now: datetime) -> list[Step]:
    """Let the offers pass whose time is over."""
    rows = Registration.objects.filter(
        event__in=[event.pk for event in events], status=Status.OFFERED, offer_expires_at__lte=now
    )
    return _move(rows, Status.LAPSED, OFFER_ENDED)


def people_take_off(rows: QuerySet[Registration], reason: str = LEFT_NETWORK) -> list[Step]:
    """Take those off the list, of these registrations, who may not come any more; their events are locked."""
    return _move(rows.filter(may_not_attend()), Status.NOT_GOING, reason)


def may_not_attend() -> Q:
    """Return what is true of registrations of those who left the network, were suspended or erased their account."""
    works = Membership.objects.active().filter(user=OuterRef("user"))
    return Q(user__is_active=False) | (Q(user__is_staff=False) & ~Q(Exists(works)))


def _is_to_come(event: Event, now: datetime) -> bool:
    return takes_place(event) and now < event.ends_at


def _move(rows: QuerySet[Registration], to: str, reason: str) -> list[Step]:
    """Take whatever place or number these have; say what happened."""
    steps = [
        Step(row, row.status, to, reason) for row in rows.select_related("user").order_by("event_id", "id")
    ]
    if not steps:
        return []
    for step in steps:
        registration_leaves(step.registration, to)
    Registration.objects.filter(pk__in=[step.registration.pk for step in steps]).update(
        status=to, place=None, code="", offered_at=None, offer_expires_at=None, updated_at=timezone.now()
    )
    return steps_record(steps)


def registration_leaves(row: Registration, to: str) -> None:
    """Set a registration to something without place or number; saved by the caller."""
    row.status, row.place, row.code, row.offered_at, row.offer_expires_at = to, None, "", None, None


def _next_in_line(events: Collection[int]) -> QuerySet[Registration]:
    """Return as many of those who wait as places are free in each event, in order; all where there is no limit."""
    line = Window(RowNumber(), partition_by=F("event"), order_by=F("place").asc())
    works = Membership.objects.active().filter(user=OuterRef("user"))
    free = F("event__seats__capacity") - F("event__seats__taken")
    everybody: QuerySet = Registration.objects.filter(event__in=events, status=Status.WAITING)
    waiting = everybody.annotate(
        line=line,
        free=free,
        may_attend=Q(user__is_active=True) & (Q(user__is_staff=True) | Q(Exists(works))),
    )
    return (
        waiting.filter(Q(free__isnull=True) | Q(line__lte=F("free")))
        .select_related("user")
        .order_by("event_id", "place")
    )


def _places_give(first: Sequence[Registration], events: dict[int, Event], now: datetime) -> list[Step]:
    """Offer places to these, or give them where nobody is asked any more or everybody has one."""
    if not first:
        return []
    ends = {key: offer_ends(event, now) for key, event in events.items()}
    steps = []
    for row in first:
        until = None if row.free is None else ends[row.event_id]
        row.status = Status.OFFERED if until else Status.GOING
        row.offered_at, row.offer_expires_at = (now, until) if until else (None, None)
        row.code = "" if until else code_new()
        row.updated_at = now
        reason = NO_LIMIT_NOW if row.free is None else PLACE_FREED
        steps.append(Step(row, Status.WAITING, row.status, reason))
    Registration.objects.bulk_update(first, _GIVEN_FIELDS, batch_size=_AT_ONCE)
    return steps_record(steps)


def steps_record(steps: list[Step]) -> list[Step]:
    """Append to the history of these registrations; announce and tell what happened once it is saved.

    People are told from the history, by a worker and by a sweep, so that nobody waits behind the lock for notices.
    """
    made = RegistrationChange.objects.bulk_create(
        [
            RegistrationChange(
                registration=step.registration,
                status_from=step.status_from,
                status_to=step.status_to,
                by=step.by,
                reason=step.reason,
                waits_to_be_told=True,
            )
            for step in steps
        ],
        batch_size=_AT_ONCE,
    )
    queue_on_commit(TELL_STEPS)
    for step, change in zip(steps, made, strict=True):
        step.change = change
        announce(
            registration_changed,
            registration_id=step.registration.pk,
            status_from=step.status_from,
            status_to=step.status_to,
        )
    return steps
