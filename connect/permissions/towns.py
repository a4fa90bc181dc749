"""Who may speak for a municipality and decide who follows whom there, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from connect.models import Succession
from portal.accounts.affiliation import is_coordinator, is_coordinator_of
from portal.core.decision import ALLOWED, Decision, denied

SIGN_IN_FIRST = _("Para hacer esto primero ingresá con tu cuenta.")
NOT_YOURS = _("Esto lo hace quien coordina el municipio o el equipo de la red.")


def can_edit_town(user: Any, municipality_id: int) -> Decision:
    """Whoever coordinates a municipality writes its page, and the network's team helps."""
    if not (user.is_authenticated and user.is_active):
        return denied(SIGN_IN_FIRST)
    if user.is_staff or is_coordinator_of(user, municipality_id):
        return ALLOWED
    return denied(_("La página del municipio la escribe quien lo coordina o el equipo de la red."))


def can_see_successions(user: Any) -> Decision:
    """The page of what waits to be passed on is for coordinators and staff."""
    if not (user.is_authenticated and user.is_active):
        return denied(SIGN_IN_FIRST)
    return ALLOWED if user.is_staff or is_coordinator(user) else denied(NOT_YOURS)


def can_see_succession(user: Any, succession: Succession) -> Decision:
    """Whoever coordinates the municipality, and staff. Twin of `visible_to`."""
    if not (user.is_authenticated and user.is_active):
        return denied(SIGN_IN_FIRST)
    return ALLOWED if user.is_staff or is_coordinator_of(user, succession.municipality) else denied(NOT_YOURS)


def can_decide_succession(user: Any, succession: Succession) -> Decision:
    """Whoever sees it decides, once; nobody decides about what she looked after herself."""
    seeing = can_see_succession(user, succession)
    if not seeing:
        return seeing
    if succession.leaver.pk == user.pk:
        return denied(
            _(
                "Es lo que llevabas vos: lo decide otra persona que coordine el municipio o el equipo de la red."
            )
        )
    if not succession.is_open:
        return denied(_("Este traspaso ya se decidió."))
    return ALLOWED
