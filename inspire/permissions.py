"""Who may read and publish solutions."""

from typing import Any

from django.utils.translation import gettext as _

from inspire.models import Solution
from portal.core.decision import ALLOWED, Decision, denied


def can_view_solution(user: Any, solution: Solution) -> Decision:
    """Anyone may read what is published; the network's staff also what is not. Twin of `visible_to`."""
    if solution.is_published or (user.is_authenticated and user.is_active and user.is_staff):
        return ALLOWED
    return denied(_("Esta solución todavía no está publicada: sólo puede verla el equipo de la red."))


def can_publish_solution(user: Any, solution: Solution) -> Decision:
    """Staff who may change solutions decide what is in the library."""
    if not (user.is_authenticated and user.is_active and user.is_staff):
        return denied(_("Sólo el equipo de la red puede publicar o retirar soluciones."))
    if not user.has_perm("inspire.change_solution"):
        return denied(
            _("Tu cuenta no tiene permiso para cambiar soluciones. Pedíselo a quien administra el portal.")
        )
    return ALLOWED
