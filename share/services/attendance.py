"""Who was there: let in at the door, marked by herself with the event's code, or noted afterwards.

Letting somebody in twice lets her in once, and says when she came. Whoever lets in and whoever cancels at the same
moment wait for each other at the event's places.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.safety.services import allowance_take
from share.codes import code_new, code_read, is_same_code
from share.models import AttendanceChange, Event, Registration
from share.services.places import place_lock
from share.services.registrations import RegistrationConflict, offer_accept, registration_set

Attendance = Registration.Attendance
Status = Registration.Status
CODES_TRIED = "event-codes-tried"
# Two codes of one event are the same once in thousands of millions; then the next one is not.
_ATTEMPTS = 5
# As many as one page of the list shows, several times over.
MOST_AT_ONCE = 1_000


class AttendanceConflict(Exception):
    """She cannot be let in, or what was noted meanwhile leaves no room for the step; the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@dataclass(frozen=True)
class Entered:
    """Somebody who is in.

    Args:
        was_in: whether she was let in before, at `registration.checked_in_at`.
    """

    registration: Registration
    was_in: bool


@transaction.atomic
def attendance_enter(*, registration: Registration, actor: User) -> Entered:
    """Let somebody in who has a place; whoever comes while a place is kept for her takes it.

    Raises:
        AttendanceConflict: she has no place, or no more; the message says why.
    """
    place_lock(registration.event)
    row = _locked(registration.pk)
    if row.status == Status.OFFERED:
        row = _offer_taken(row)
    if row.status == Status.GOING and row.attendance == Attendance.PRESENT:
        return Entered(row, was_in=True)
    _require_place(row)
    was, row.attendance = row.attendance, Attendance.PRESENT
    row.checked_in_at, row.checked_in_by = timezone.now(), actor
    row.save(update_fields=["attendance", "checked_in_at", "checked_in_by", "updated_at"])
    _append([(row.pk, was)], Attendance.PRESENT, actor)
    return Entered(row, was_in=False)


def attendance_enter_by_code(*, event: Event, code: str, actor: User) -> Entered:
    """Let in whoever shows a code of this event.

    Raises:
        AttendanceConflict: nobody of this event has that code, or she has no place any more.
    """
    wanted = code_read(code)
    row = Registration.objects.filter(event=event, code=wanted).first() if wanted else None
    if row is None:
        raise AttendanceConflict(
            _(
                "Ese código no es de este encuentro. Revisalo letra por letra, o buscá a la persona por su nombre."
            )
        )
    return attendance_enter(registration=row, actor=actor)


def attendance_enter_oneself(*, event: Event, user: User, code: str) -> Entered:
    """Mark oneself present with the code that the event shows; few codes are taken from one account.

    Raises:
        AttendanceConflict: she has no place, or the code is another.
        LimitReached: she tried too often.
    """
    row = Registration.objects.of(user).filter(event=event).first()
    if row is None:
        raise AttendanceConflict(_("No figurás en la lista de este encuentro. Hablá con quien organiza."))
    if row.attendance == Attendance.PRESENT:
        return Entered(row, was_in=True)
    if not row.holds_a_place:
        raise AttendanceConflict(_("Todavía no tenés un lugar en este encuentro. Hablá con quien organiza."))
    # Before the code is compared and in a transaction of its own, so that a wrong one counts.
    with transaction.atomic():
        allowance_take(user=user, limit=CODES_TRIED)
    if not is_same_code(code, event.checkin_code):
        raise AttendanceConflict(_("Ese no es el código de este encuentro. Miralo de nuevo en la pantalla."))
    return attendance_enter(registration=row, actor=user)


@transaction.atomic
def attendance_walk_in(*, event: Event, user: User, actor: User) -> Entered:
    """Register a colleague who stands at the door, and let her in at once if there is room.

    Raises:
        AttendanceConflict: there is no place for her, or she may not have one; then nothing was done.
    """
    try:
        row = registration_set(event=event, user=user, wanted=Status.GOING, by=actor)
    except RegistrationConflict as refused:
        raise AttendanceConflict(str(refused)) from refused
    if row.status != Status.GOING:
        raise AttendanceConflict(
            _("No quedan lugares libres para %(name)s. Si entran más personas en la sala, ampliá el cupo.")
            % {"name": user.get_full_name()}
        )
    return attendance_enter(registration=row, actor=actor)


@transaction.atomic
def attendance_undo(*, registration: Registration, actor: User) -> Registration:
    """Take back that somebody was let in, as if nobody had noted anything."""
    row = _locked(registration.pk)
    attendance_mark(event=row.event, registration_ids=[row.pk], attendance=Attendance.UNKNOWN, actor=actor)
    row.refresh_from_db()
    return row


@transaction.atomic
def attendance_mark(*, event: Event, registration_ids: Collection[int], attendance: str, actor: User) -> int:
    """Note of many whether they were there; returns for how many that was new.

    Those who have no place in this event are left out.
    """
    wanted = Attendance(attendance)
    rows = Registration.objects.filter(event=event).going().exclude(attendance=wanted)
    rows = rows.filter(pk__in=list(registration_ids)[:MOST_AT_ONCE])
    found = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", "attendance"))
    changes = {"attendance": wanted, "updated_at": timezone.now()}
    if wanted != Attendance.PRESENT:
        changes |= {"checked_in_at": None, "checked_in_by": None}
    Registration.objects.filter(pk__in=[pk for pk, _was in found]).update(**changes)
    _append(found, wanted, actor)
    return len(found)


@transaction.atomic
def attendance_close(*, event: Event, actor: User) -> int:
    """Note of all of whom nothing was noted that they were not there; returns of how many."""
    rows = Registration.objects.filter(event=event, attendance=Attendance.UNKNOWN).going()
    found = list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk", "attendance"))
    Registration.objects.filter(pk__in=[pk for pk, _was in found]).update(
        attendance=Attendance.ABSENT, updated_at=timezone.now()
    )
    _append(found, Attendance.ABSENT, actor)
    return len(found)


def event_code_renew(*, event: Event) -> str:
    """Let those who came mark their own entry with a new code; the one before is no longer taken."""
    event.checkin_code = code_new()
    Event.objects.filter(pk=event.pk).update(checkin_code=event.checkin_code)
    return event.checkin_code


def event_code_stop(*, event: Event) -> None:
    """Let nobody mark her own entry any more."""
    event.checkin_code = ""
    Event.objects.filter(pk=event.pk).update(checkin_code="")


def registration_code(*, registration: Registration) -> str:
    """Return what a person shows at the door; one is given where her place came without.

    Raises:
        IntegrityError: the database refuses every new code, for another reason than that somebody has it.
    """
    for attempt in range(_ATTEMPTS):
        if registration.code:
            break
        try:
            with transaction.atomic():
                Registration.objects.filter(pk=registration.pk, code="").update(code=code_new())
        except IntegrityError:
            if attempt == _ATTEMPTS - 1:
                raise
        registration.refresh_from_db(fields=["code"])
    return registration.code


def _locked(pk: int) -> Registration:
    rows = Registration.objects.select_for_update(of=("self",)).select_related("event", "user")
    return rows.get(pk=pk)


def _offer_taken(row: Registration) -> Registration:
    """Take the place that is kept for whoever stands at the door, while it is kept."""
    try:
        offer_accept(event=row.event, user=row.user)
    except RegistrationConflict as refused:
        raise AttendanceConflict(str(refused)) from refused
    return _locked(row.pk)


def _require_place(row: Registration) -> None:
    """Let nobody in without a place.

    Raises:
        AttendanceConflict: she has none; the message says what she has instead.
    """
    if row.status == Status.GOING:
        return
    name = row.user.get_full_name()
    reasons = {
        Status.WAITING: _("%(name)s está en lista de espera: todavía no tiene un lugar."),
        Status.LAPSED: _("%(name)s dejó pasar el lugar que tenía."),
        Status.INTERESTED: _("%(name)s marcó que le interesa, pero no se inscribió."),
    }
    other = _("%(name)s canceló su inscripción.")
    raise AttendanceConflict(reasons.get(Status(row.status), other) % {"name": name})


def _append(found: Sequence[tuple[int, str]], attendance: str, actor: User) -> None:
    AttendanceChange.objects.bulk_create(
        AttendanceChange(registration_id=pk, attendance_from=was, attendance_to=attendance, by=actor)
        for pk, was in found
    )
