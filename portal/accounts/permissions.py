"""Who may do what about memberships and accounts, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.accounts.affiliation import is_coordinator, is_coordinator_of
from portal.accounts.models import Membership, User
from portal.core.decision import ALLOWED, Decision, denied
from portal.places.models import Municipality

SIGN_IN_FIRST = _("Para hacer esto primero ingresá con tu cuenta.")
ONLY_MANAGERS = _("Esto lo hace quien coordina el municipio o el equipo de la red.")


def can_see_membership(user: Any, membership: Membership) -> Decision:
    """A membership is seen by its person, by the municipality's coordinators and by staff."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if membership.user_id == user.pk:
        return ALLOWED
    return can_manage_members(user, membership.municipality_id)


def can_request_membership(user: Any, municipality: Municipality | None = None) -> Decision:
    """Anyone with an account may ask to join a municipality where she has no open membership."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if municipality is None:
        return ALLOWED
    open_one = Membership.objects.open().filter(user_id=user.pk, municipality=municipality).first()
    if open_one is None:
        return ALLOWED
    if open_one.is_active:
        return denied(_("Ya figurás en este municipio."))
    return denied(_("Ya pediste sumarte a este municipio. Falta que lo aprueben."))


def can_manage_members(user: Any, municipality: Municipality | int) -> Decision:
    """A municipality's coordinators and staff look after its members."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if user.is_staff or is_coordinator_of(user, municipality):
        return ALLOWED
    return denied(ONLY_MANAGERS)


def can_see_membership_requests(user: Any) -> Decision:
    """The page of requests is for coordinators and staff."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if user.is_staff or is_coordinator(user):
        return ALLOWED
    return denied(_("Los pedidos los ve quien coordina un municipio o el equipo de la red."))


def can_decide_membership(user: Any, membership: Membership) -> Decision:
    """A request is approved or declined by those who look after the municipality's members, while it waits."""
    managing = can_manage_members(user, membership.municipality_id)
    if not managing:
        return managing
    if not membership.is_requested:
        return denied(_("Este pedido ya no está pendiente: quizás lo resolvió otra persona."))
    return ALLOWED


def can_end_membership(user: Any, membership: Membership) -> Decision:
    """A person ends her own, coordinators end members', staff anyone's: coordinators do not oust each other."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if not membership.is_open:
        return denied(_("Esta pertenencia ya terminó."))
    if membership.user_id == user.pk:
        return ALLOWED
    managing = can_manage_members(user, membership.municipality_id)
    if not managing:
        return managing
    if membership.is_requested:
        return denied(_("Es un pedido pendiente: aprobalo o rechazalo."))
    if membership.is_coordinator and not user.is_staff:
        return denied(_("Quien coordina deja el municipio por su cuenta o lo resuelve el equipo de la red."))
    return ALLOWED


def can_make_coordinator(user: Any, membership: Membership) -> Decision:
    """Coordinators and staff name further coordinators; the first of a municipality is therefore named by staff."""
    managing = can_manage_members(user, membership.municipality_id)
    if not managing:
        return managing
    if not membership.is_active:
        return denied(_("Solo puede coordinar quien figura en el municipio."))
    if membership.is_coordinator:
        return denied(_("Ya coordina este municipio."))
    return ALLOWED


def can_erase_account(user: Any, account: User) -> Decision:
    """A person erases her own account; on her request, whoever runs the installation does."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if user.pk != account.pk and not user.is_superuser:
        return denied(_("Cada persona borra su propia cuenta."))
    if account.erased_at:
        return denied(_("Los datos de esta cuenta ya fueron borrados."))
    others = User.objects.filter(is_superuser=True, is_active=True).exclude(pk=account.pk)
    if account.is_superuser and not others.exists():
        return denied(
            _("Es la única cuenta que administra el portal. Nombrá antes a otra persona que lo administre.")
        )
    return ALLOWED
