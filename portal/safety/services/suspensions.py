"""Closing an account for a time, and opening it again. What it had sent stays where it is."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.accounts.services.own_data import end_sessions
from portal.audit.services import audit_record
from portal.core.visitor_cache import forget_visitor_pages
from portal.safety.models import Report, Suspension
from portal.safety.permissions import can_suspend_person

# One sweep opens at most so many accounts; the next continues.
ENDED_AT_ONCE = 500


class SuspensionRefused(Exception):
    """The account cannot be suspended; the message is for the team's page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@transaction.atomic
def suspension_start(
    *, user: User, reason: str, until: datetime | None, actor: User, report: Report | None = None
) -> Suspension:
    """Close an account at once: signed out everywhere, out of the directory, told nothing until it is open again.

    Args:
        reason: what the person reads when she tries to sign in.
        until: when it opens by itself; nothing when somebody has to open it.
        report: what led to it.

    Raises:
        SuspensionRefused: the actor may not, it is closed already, or it would end before it begins.
    """
    account = User.objects.select_for_update(no_key=True).get(pk=user.pk)
    decision = can_suspend_person(actor, account)
    if not decision:
        raise SuspensionRefused(decision.reason)
    if Suspension.objects.filter(user=account, lifted_at__isnull=True).exists():
        raise SuspensionRefused(_("Esta cuenta ya está suspendida."))
    if not account.is_active:
        raise SuspensionRefused(_("Esta cuenta ya no puede ingresar, por otro motivo."))
    if until is not None and until <= timezone.now():
        raise SuspensionRefused(_("La suspensión tiene que terminar en el futuro."))
    suspension = Suspension.objects.create(
        user=account, reason=reason.strip()[:300], until=until, suspended_by=actor, report=report
    )
    _let_in(account, False)
    end_sessions(account)
    audit_record(
        action="account.suspended",
        target=account,
        after={"suspension": suspension.pk, "until": until.isoformat() if until else None},
        actor_id=actor.pk,
    )
    user.is_active = False
    return suspension


@transaction.atomic
def suspension_lift(*, suspension: Suspension, actor: User | None) -> Suspension:
    """Open the account again; one that was opened already stays as it is.

    Args:
        actor: who decides it; nobody when its time is over.
    """
    account = User.objects.select_for_update(no_key=True).get(pk=suspension.user_id)
    current = Suspension.objects.select_for_update().get(pk=suspension.pk)
    if not current.is_active:
        return current
    current.lifted_at, current.lifted_by = timezone.now(), actor
    current.save(update_fields=["lifted_at", "lifted_by"])
    if account.erased_at is None:
        _let_in(account, True)
    audit_record(
        action="account.reinstated",
        target=account,
        after={"suspension": current.pk, "automatic": actor is None},
        actor_id=actor.pk if actor else None,
    )
    return current


def suspensions_end_due() -> int:
    """Open the accounts whose time is over; returns how many. The rows are the record, so a lost run loses nothing."""
    due = Suspension.objects.filter(lifted_at__isnull=True, until__lte=timezone.now()).order_by("until")
    ended = 0
    for suspension in due[:ENDED_AT_ONCE]:
        suspension_lift(suspension=suspension, actor=None)
        ended += 1
    return ended


@transaction.atomic
def suspension_appeal(*, suspension: Suspension, text: str) -> bool:
    """Keep what the person says against her suspension, once; says whether it was kept now."""
    current = Suspension.objects.select_for_update().get(pk=suspension.pk)
    if not current.is_active or current.appealed_at:
        return False
    current.appeal, current.appealed_at = text.strip(), timezone.now()
    current.save(update_fields=["appeal", "appealed_at"])
    audit_record(action="suspension.appealed", target=current, actor_id=current.user_id)
    return True


def _let_in(account: User, is_active: bool) -> None:
    account.is_active = is_active
    account.save(update_fields=["is_active"])
    # Pages that were kept for visitors may show her, or miss her.
    forget_visitor_pages()
