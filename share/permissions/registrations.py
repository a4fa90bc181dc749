"""Who may register, answer for a place, and look after who comes, each with the reason that the page shows."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.catalog.reading_level import MEMBERS_LEVELS, ReadingLevel, reading_level
from portal.core.decision import ALLOWED, Decision, denied
from share.models import Event, Registration
from share.permissions.events import can_change_event, is_organiser
from share.registrations.window import closes_at, has_opened

SIGN_IN_FIRST = _("Para inscribirte primero ingresá con tu cuenta.")
NEEDS_TOWN = _(
    "A los encuentros se inscriben quienes trabajan en un municipio de la red. Pedí sumarte al tuyo desde «Mi cuenta» "
    "y volvé cuando te aprueben."
)
NOT_ANNOUNCED = _("Este encuentro no está publicado: todavía no se puede anotar nadie.")
CANCELLED = _("Este encuentro se canceló, así que ya no hay inscripción.")
PAST = _("Este encuentro ya terminó.")
NOT_YET = _("La inscripción todavía no abrió. Podés decir que te interesa y te lo recordamos.")
CLOSED = _("La inscripción ya cerró. Si querés participar, escribile a quienes organizan.")


def can_answer_event(user: Any, event: Event, *, now: datetime | None = None) -> Decision:
    """Members of the network say what they think of an event that is to come: that it interests them, or not."""
    happening = _is_to_come(event, now or timezone.now())
    if not happening:
        return happening
    level = reading_level(user)
    if level is ReadingLevel.VISITOR:
        return denied(SIGN_IN_FIRST)
    return ALLOWED if level in MEMBERS_LEVELS and user.is_active else denied(NEEDS_TOWN)


def can_register(user: Any, event: Event, *, now: datetime | None = None) -> Decision:
    """Members of the network register while registration is open; whether there is a place is another question."""
    now = now or timezone.now()
    happening = _is_to_come(event, now)
    if not happening:
        return happening
    if now >= closes_at(event):
        return denied(CLOSED)
    answering = can_answer_event(user, event, now=now)
    if not answering:
        return answering
    return ALLOWED if has_opened(event, now) else denied(NOT_YET)


def can_register_others(user: Any, event: Event, *, now: datetime | None = None) -> Decision:
    """Organisers put a colleague on the list, until the event is over."""
    organising = can_change_event(user, event)
    return _is_to_come(event, now or timezone.now()) if organising else organising


def can_see_people(user: Any, event: Event) -> Decision:
    """Organisers see who comes."""
    return can_change_event(user, event)


def can_take_off(user: Any, registration: Registration) -> Decision:
    """Organisers take somebody off the list, while the event is to come."""
    return can_register_others(user, registration.event)


def can_see_link(
    user: Any, event: Event, registration: Registration | None, *, organises: bool | None = None
) -> Decision:
    """Where one connects is told to who goes, while she is of the network, and to organisers.

    Args:
        organises: whether she looks after the event, where the caller asked already.
    """
    if registration is not None and registration.user_id == user.pk:
        is_going = registration.status == Registration.Status.GOING
        if is_going and reading_level(user) in MEMBERS_LEVELS:
            return ALLOWED
    if organises is None:
        organises = user.is_authenticated and user.pk is not None and is_organiser(user, event)
    if organises:
        return ALLOWED
    return denied(_("El enlace lo ven quienes se inscribieron."))


def _is_to_come(event: Event, now: datetime) -> Decision:
    if event.is_cancelled:
        return denied(CANCELLED)
    if not event.is_published or event.hidden_at is not None:
        return denied(NOT_ANNOUNCED)
    return denied(PAST) if now >= event.ends_at else ALLOWED
