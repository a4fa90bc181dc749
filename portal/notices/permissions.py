"""Who may tell everybody something, and who looks after what was not sent."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.decision import ALLOWED, Decision, denied
from portal.notices.models import Announcement

ONLY_STAFF = _("Los anuncios los envía el equipo de la red.")
NO_PERMISSION = _("Tu cuenta no tiene permiso para enviar anuncios. Pedíselo a quien administra el portal.")


def can_start_announcement(user: Any, announcement: Announcement) -> Decision:
    """Staff who may change announcements send those that are drafts."""
    may = _may_change(user)
    if may and announcement.status != Announcement.Status.DRAFT:
        return denied(_("Este anuncio ya se envió, se está enviando o se canceló."))
    return may


def can_cancel_announcement(user: Any, announcement: Announcement) -> Decision:
    """Staff who may change announcements stop those that are not told to everybody yet."""
    may = _may_change(user)
    if may and announcement.status not in (Announcement.Status.DRAFT, Announcement.Status.SENDING):
        return denied(_("Este anuncio ya se terminó de enviar o se canceló: no queda nada que frenar."))
    return may


def can_retry_delivery(user: Any) -> Decision:
    """Staff who may change notices have e-mails tried again that were given up."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return denied(_("Los correos de los avisos los cuida el equipo de la red."))
    if not user.has_perm("notices.change_notification"):
        return denied(
            _("Tu cuenta no tiene permiso para reintentar correos. Pedíselo a quien administra el portal.")
        )
    return ALLOWED


def _may_change(user: Any) -> Decision:
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return denied(ONLY_STAFF)
    return ALLOWED if user.has_perm("notices.change_announcement") else denied(NO_PERMISSION)
