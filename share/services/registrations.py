"""What a person says about an event, and her place in it: said once, whatever is clicked twice or sent again."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.affiliation import affiliation
from portal.accounts.models import User
from portal.core.decision import Decision
from share.codes import code_new
from share.models import Event, Registration, Seats
from share.permissions.registrations import can_answer_event, can_register, can_register_others
from share.services.capacity_alerts import Occupancy, tell_of_capacity
from share.services.places import (
    OFFER_ENDED,
    Places,
    Status,
    Step,
    place_lock,
    places_settle,
    registration_leaves,
    steps_record,
)

Answers = dict[str, Any]
# How often a person may change her mind; asked by pages, before anything is done.
WISHES_LIMIT = "registration-wishes"
WANTED = (Status.GOING, Status.INTERESTED, Status.NOT_GOING)
_ON_THE_LIST = (Status.GOING, Status.WAITING)
# What these functions change; other columns are others' (attendance).
_FIELDS = (
    "status",
    "place",
    "offered_at",
    "offer_expires_at",
    "registered_at",
    "answers",
    "code",
    "updated_at",
)


class RegistrationConflict(Exception):
    """It cannot be (any more); the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@transaction.atomic
def registration_set(
    *, event: Event, user: User, wanted: str, answers: Answers | None = None, by: User | None = None
) -> Registration:
    """Note that a person goes, is interested or does not go; whoever goes gets a place, or the next number.

    The same wish a second time changes nothing and tells nobody. Who holds an offer and goes accepts it. A place that
    becomes free passes at once to the first who waits.

    Args:
        wanted: "going", "interested" or "not_going".
        answers: to the event's questions, as the form cleaned them; None leaves what was answered before.
        by: the organiser who does it for her.

    Raises:
        RegistrationConflict: registration is not open to her, or the event is over or cancelled.
        Seats.DoesNotExist: the event is gone.
    """
    if wanted not in WANTED:
        raise ValueError(wanted)
    # Read before the lock, kept with the person: while it is held, everybody else of this event waits.
    affiliation(user)
    places = place_lock(event)
    before = Occupancy.of(places.seats)
    found = _registration_of(places, user)
    if wanted == Status.GOING:
        steps = _go(places, found, answers, by)
    else:
        steps = _stay_away(places, found, wanted, by)
    if any(step.status_from in Registration.HOLDS_A_PLACE for step in steps) or _is_idle(places.seats):
        steps = steps + places_settle([places])
    if steps and found.status in _ON_THE_LIST:
        tell_of_capacity(places, before, steps)
    return found


@transaction.atomic
def offer_accept(*, event: Event, user: User) -> Registration:
    """Take the place that is kept for a person; one whose time is over passes to the next instead.

    Returns:
        her registration as it is then (`going`, or `lapsed`); one without a status where she never said anything.
    """
    places = place_lock(event)
    found = _registration_of(places, user)
    if found.status != Status.OFFERED:
        return found
    if _is_over(found):
        places_settle([places])
        found.refresh_from_db()
        return found
    _require(can_answer_event(user, places.event))
    _take_offer(found, None)
    return found


@transaction.atomic
def offer_decline(*, event: Event, user: User) -> Registration:
    """Give the place back that is kept for a person; it passes at once to the next. Without an offer, nothing."""
    places = place_lock(event)
    found = _registration_of(places, user)
    if found.status != Status.OFFERED:
        return found
    _move(found, Status.NOT_GOING, None)
    places_settle([places])
    return found


@transaction.atomic
def registration_take_off(*, registration: Registration, by: User, reason: str) -> Registration:
    """Take somebody off the list, with the reason that she reads; who is not on it stays as she is."""
    places = place_lock(registration.event)
    found = Registration.objects.select_related("user").get(pk=registration.pk)
    if found.status not in (*_ON_THE_LIST, Status.OFFERED):
        return found
    _move(found, Status.NOT_GOING, by, reason.strip())
    places_settle([places])
    return found


@transaction.atomic
def answers_change(*, registration: Registration, answers: Answers) -> Registration:
    """Change what a person answered, until the event is over.

    Raises:
        RegistrationConflict: it is over or cancelled.
    """
    places = place_lock(registration.event)
    found = _registration_of(places, registration.user)
    _require(can_answer_event(found.user, places.event))
    found.answers = answers
    found.save(update_fields=["answers", "updated_at"])
    return found


def _registration_of(places: Places, user: User) -> Registration:
    """Return a person's registration, or a new one that is not saved yet."""
    found = Registration.objects.filter(event=places.event, user=user).first()
    if found is None:
        return Registration(event=places.event, user=user, status="")
    found.event, found.user = places.event, user
    return found


def _go(places: Places, found: Registration, answers: Answers | None, by: User | None) -> list[Step]:
    steps: list[Step] = []
    if answers is not None and found.pk:
        found.answers = answers
    if found.status in _ON_THE_LIST:
        if answers is not None:
            found.save(update_fields=["answers", "updated_at"])
        return []
    if found.status == Status.OFFERED and not _is_over(found):
        _require(can_answer_event(found.user, places.event))
        return _take_offer(found, by)
    _require(can_register_others(by, places.event) if by else can_register(found.user, places.event))
    if by:
        _require_of_network(found.user, places.event)
    if found.status == Status.OFFERED:
        # Her time was over: that place is the next one's, and she goes to the end like whoever comes now.
        steps += _move(found, Status.LAPSED, None, OFFER_ENDED)
        _settle_first(places, steps)
    if answers is not None:
        found.answers = answers
    return steps + _enter(places.seats, found, by)


def _settle_first(places: Places, steps: list[Step]) -> None:
    """Give what became free before somebody new is looked at, and read how many places there are then."""
    steps += places_settle([places])
    places.seats.refresh_from_db()


def _is_idle(seats: Seats) -> bool:
    """Say whether somebody waited although a place was free; places that offers keep are the sweep's."""
    return seats.waiting > 0 and (seats.capacity is None or seats.taken < seats.capacity)


def _enter(seats: Seats, found: Registration, by: User | None) -> list[Step]:
    """Give her a place where one is free and nobody waits for it, else the next number."""
    now = timezone.now()
    before, found.registered_at = found.status, now
    if seats.is_open:
        found.status, found.place, found.code = Status.GOING, None, code_new()
    else:
        found.status, found.place, found.code = Status.WAITING, seats.next_place, ""
        Seats.objects.filter(pk=seats.pk).update(next_place=seats.next_place + 1)
    _save(found)
    return steps_record([Step(found, before, found.status, by=by)])


def _stay_away(places: Places, found: Registration, wanted: str, by: User | None) -> list[Step]:
    if found.status == wanted:
        return []
    if found.holds_a_place and found.attendance == Registration.Attendance.PRESENT:
        raise RegistrationConflict(_("Ya registramos tu ingreso. Si fue un error, avisale a quien organiza."))
    # Whoever holds a place gives it back whatever has become of her meanwhile.
    if not found.pk or wanted == Status.INTERESTED:
        _require(can_answer_event(found.user, places.event))
    elif timezone.now() >= places.event.ends_at:
        raise RegistrationConflict(_("Este encuentro ya terminó."))
    return _move(found, wanted, by)


def _move(found: Registration, to: str, by: User | None, reason: str = "") -> list[Step]:
    before = found.status
    registration_leaves(found, to)
    _save(found)
    return steps_record([Step(found, before, to, reason, by)])


def _take_offer(found: Registration, by: User | None) -> list[Step]:
    found.status, found.code = Status.GOING, code_new()
    found.offered_at = found.offer_expires_at = None
    _save(found)
    return steps_record([Step(found, Status.OFFERED, Status.GOING, by=by)])


def _save(found: Registration) -> None:
    if found.pk:
        found.save(update_fields=_FIELDS)
    else:
        found.save(force_insert=True)


def _is_over(found: Registration) -> bool:
    return found.offer_expires_at is not None and found.offer_expires_at <= timezone.now()


def _require_of_network(user: User, event: Event) -> None:
    if not can_answer_event(user, event):
        raise RegistrationConflict(
            _("Solo se puede anotar a quien trabaja hoy en un municipio de la red y tiene su cuenta abierta.")
        )


def _require(decision: Decision) -> None:
    if not decision:
        raise RegistrationConflict(decision.reason)
