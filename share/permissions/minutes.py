"""Who writes minutes and follows decisions up, each with the reason that the page shows."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.core.decision import ALLOWED, Decision, denied
from share.models import Agreement, Event, Minutes
from share.permissions.attendance import SIGN_IN_FIRST, is_on
from share.permissions.events import is_organiser

ONLY_ORGANISERS = _("El acta la escribe quien organiza el encuentro.")


def can_write_minutes(user: Any, event: Event) -> Decision:
    """Whoever looks after an event writes down what was said, from its beginning on."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if not is_organiser(user, event):
        return denied(ONLY_ORGANISERS)
    if not is_on(event):
        return denied(_("El encuentro no está en pie: se canceló o todavía no se publicó."))
    if event.starts_at > timezone.now():
        return denied(_("El acta se escribe cuando el encuentro empezó."))
    return ALLOWED


def can_read_minutes(user: Any, minutes: Minutes) -> Decision:
    """Whoever sees the event reads what was published; before that, whoever looks after it."""
    if minutes.is_published and Event.objects.visible_to(user).filter(pk=minutes.event_id).exists():
        return ALLOWED
    if user.is_authenticated and is_organiser(user, minutes.event):
        return ALLOWED
    return denied(_("El acta de este encuentro todavía no se publicó."))


def can_update_agreement(user: Any, agreement: Agreement) -> Decision:
    """Whoever took it on, or looks after the event, says what became of it."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if agreement.responsible_user_id == user.pk and agreement.minutes.is_published:
        return ALLOWED
    if is_organiser(user, agreement.minutes.event):
        return ALLOWED
    return denied(_("Esto lo marca quien se ocupa o quien organiza el encuentro."))
