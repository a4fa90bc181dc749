"""Who may keep people apart, report, decide about reports and close accounts, each with the reason for a no."""

from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.decision import ALLOWED, Decision, denied
from portal.safety.models import Report

SIGN_IN_FIRST = _("Para hacer esto primero ingresá con tu cuenta.")
MODERATE = "safety.change_report"
ABOUT_HER = _("Es sobre vos: lo decide otra persona del equipo.")


def can_block_person(user: Any, other: User) -> Decision:
    """Anyone with an account keeps away whom she wants, except herself."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if user.pk == other.pk:
        return denied(_("No podés bloquearte a vos."))
    return ALLOWED


def can_moderate(user: Any) -> Decision:
    """Reports are decided by those of the network's team who were given that task."""
    if user.is_authenticated and user.is_active and user.is_staff and user.has_perm(MODERATE):
        return ALLOWED
    return denied(_("Las denuncias las revisa el equipo de convivencia de la red."))


def can_read_report(user: Any, report: Report) -> Decision:
    """Moderators read reports, but never those about themselves: they would learn who reported them."""
    moderating = can_moderate(user)
    if moderating and report.person_id == user.pk:
        return denied(ABOUT_HER)
    return moderating


def can_decide_report(user: Any, report: Report) -> Decision:
    """Moderators decide about what they have no part in: neither reported it, nor is any of it about them."""
    reading = can_read_report(user, report)
    if not reading:
        return reading
    same = Report.objects.filter(kind=report.kind, object_id=report.object_id, status=Report.Status.OPEN)
    if same.filter(person=user).exists():
        return denied(ABOUT_HER)
    if same.filter(reporter=user).exists():
        return denied(_("Lo denunciaste vos: lo decide otra persona del equipo."))
    return ALLOWED


def can_suspend_person(user: Any, person: User) -> Decision:
    """Moderators close accounts of others; those of the team are closed by whoever runs the installation."""
    moderating = can_moderate(user)
    if not moderating:
        return moderating
    if user.pk == person.pk:
        return denied(_("No podés suspender tu propia cuenta."))
    if person.is_superuser:
        return denied(_("Las cuentas que administran el portal no se suspenden desde acá."))
    if person.is_staff and not user.is_superuser:
        return denied(_("Las cuentas del equipo de la red las suspende quien administra el portal."))
    if person.erased_at:
        return denied(_("La persona borró su cuenta: ya no puede ingresar."))
    return ALLOWED


def moderators() -> QuerySet[User]:
    """Return those who may decide about reports."""
    app, _dot, codename = MODERATE.partition(".")
    given = {"content_type__app_label": app, "codename": codename}
    by_group = {f"groups__permissions__{key}": value for key, value in given.items()}
    by_hand = {f"user_permissions__{key}": value for key, value in given.items()}
    return User.objects.staff().filter(Q(is_superuser=True) | Q(**by_group) | Q(**by_hand)).distinct()
