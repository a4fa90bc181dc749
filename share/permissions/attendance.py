"""Who lets people in and sees who was there, each with the reason that the page shows."""

from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.decision import ALLOWED, Decision, denied
from share.models import Event, Registration
from share.permissions.events import is_organiser

SIGN_IN_FIRST = _("Para hacer esto primero ingresá con tu cuenta.")
ONLY_ORGANISERS = _("Esto lo ve quien organiza el encuentro. Si venís a participar, mostrale tu código.")
NOT_ON = _("El encuentro no está en pie: se canceló o todavía no se publicó.")
# Those who prepare the room try it out before; whoever comes enters her code around the event only.
DOOR_OPENS_BEFORE = timedelta(hours=12)
HERE_BEFORE = timedelta(hours=1)
HERE_AFTER = timedelta(hours=1)


def can_see_attendance(user: Any, event: Event) -> Decision:
    """Whoever looks after the event sees all who registered, sample and blocked people too."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    return ALLOWED if is_organiser(user, event) else denied(ONLY_ORGANISERS)


def can_check_in(user: Any, event: Event) -> Decision:
    """Whoever looks after the event lets people in, from half a day before it begins."""
    seeing = can_see_attendance(user, event)
    if not seeing:
        return seeing
    if not is_on(event):
        return denied(NOT_ON)
    if timezone.now() < event.starts_at - DOOR_OPENS_BEFORE:
        return denied(_("El ingreso se puede registrar desde 12 horas antes del encuentro."))
    return ALLOWED


def can_close_attendance(user: Any, event: Event) -> Decision:
    """Once the event is over, whoever looks after it says that all the others were not there."""
    seeing = can_check_in(user, event)
    if not seeing or event.ends_at <= timezone.now():
        return seeing
    return denied(_("La asistencia se cierra cuando el encuentro terminó."))


def can_see_ticket(user: Any, registration: Registration) -> Decision:
    """A person sees her own code while her place is hers for good."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if registration.user_id != user.pk:
        return denied(_("Esta entrada es de otra persona."))
    if registration.status != Registration.Status.GOING:
        return denied(_("Todavía no tenés un lugar en este encuentro."))
    return ALLOWED


def can_enter_oneself(user: Any, event: Event) -> Decision:
    """Somebody in the room or on the screen marks herself present, around the time of the event."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if not is_on(event):
        return denied(NOT_ON)
    if not event.checkin_code:
        return denied(
            _("En este encuentro el ingreso lo registra quien organiza: mostrale el código de tu entrada.")
        )
    now = timezone.now()
    if now < event.starts_at - HERE_BEFORE:
        return denied(_("Todavía es temprano: vas a poder marcar tu ingreso desde una hora antes."))
    if now > event.ends_at + HERE_AFTER:
        return denied(_("Ya pasó el momento de marcar el ingreso. Si estuviste, avisale a quien organiza."))
    return ALLOWED


def is_on(event: Event) -> bool:
    """Say whether an event takes place or took place."""
    return event.status == Event.Status.PUBLISHED and event.hidden_at is None
