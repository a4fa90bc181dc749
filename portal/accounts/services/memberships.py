"""A membership's life: asked for, decided, ended. Doing the same thing twice does it once."""

from collections.abc import Iterable

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.affiliation import forget_affiliation
from portal.accounts.email_domains import domain_of
from portal.accounts.models import Membership, MembershipChange, MunicipalityDomain, User
from portal.core.events import announce, membership_decided, membership_ended, membership_requested
from portal.places.models import Municipality
from portal.topics.models import PolicyArea

Status = Membership.Status
Role = Membership.Role


class MembershipConflict(Exception):
    """Someone changed the membership first, so that the step no longer applies; the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@transaction.atomic
def membership_request(
    *, user: User, municipality: Municipality, position: str, areas: Iterable[PolicyArea] = ()
) -> Membership:
    """Ask that a person be recognised as working in a municipality.

    Returns the open membership if there is one already. A confirmed address at a domain that the municipality
    trusts makes it active at once.
    """
    # Two clicks wait for each other on the person's row, and the second finds what the first one made.
    User.objects.select_for_update(no_key=True).get(pk=user.pk)
    existing = Membership.objects.open().filter(user=user, municipality=municipality).first()
    if existing:
        return existing
    membership = Membership.objects.create(user=user, municipality=municipality, position=position.strip())
    membership.areas.set(areas)
    _append_change(membership, from_status="", actor=user)
    announce(membership_requested, membership_id=membership.pk)
    if _has_trusted_address(user, municipality):
        _activate(membership, actor=None, is_automatic=True)
    return membership


@transaction.atomic
def membership_approve(*, membership: Membership, actor: User) -> Membership:
    """Recognise that the person works there.

    Raises:
        MembershipConflict: the request was declined or withdrawn meanwhile.
    """
    locked = _lock(membership)
    if locked.is_active:
        return locked
    _require_requested(locked)
    return _activate(locked, actor=actor)


@transaction.atomic
def membership_decline(*, membership: Membership, actor: User, reason: str) -> Membership:
    """Say no to a request, with the reason that the person will read.

    Raises:
        MembershipConflict: the request was approved or withdrawn meanwhile.
    """
    locked = _lock(membership)
    if locked.status == Status.DECLINED:
        return locked
    _require_requested(locked)
    _change_status(locked, Status.DECLINED, actor=actor, reason=reason)
    announce(membership_decided, membership_id=locked.pk, status=locked.status, actor_id=actor.pk)
    return locked


@transaction.atomic
def membership_end(*, membership: Membership, actor: User, reason: str = "") -> Membership:
    """End a membership: one that waits is withdrawn, an active one is left. One that has ended stays as it is."""
    locked = _lock(membership)
    if locked.is_requested:
        return _change_status(locked, Status.WITHDRAWN, actor=actor, reason=reason)
    if locked.is_active:
        locked.ended_on = timezone.localdate()
        _change_status(locked, Status.LEFT, actor=actor, reason=reason)
        announce(membership_ended, membership_id=locked.pk, actor_id=actor.pk)
    return locked


@transaction.atomic
def membership_make_coordinator(*, membership: Membership, actor: User) -> Membership:
    """Let a member coordinate her municipality.

    Raises:
        MembershipConflict: the membership has ended meanwhile.
    """
    locked = _lock(membership)
    if locked.is_coordinator:
        return locked
    if not locked.is_active:
        raise MembershipConflict(_("Solo puede coordinar quien figura en el municipio."))
    locked.role = Role.COORDINATOR
    locked.save(update_fields=["role", "updated_at"])
    _append_change(locked, from_status=locked.status, actor=actor, to_role=Role.COORDINATOR)
    _forget(locked)
    return locked


@transaction.atomic
def membership_update(*, membership: Membership, position: str, areas: Iterable[PolicyArea]) -> Membership:
    """Bring up to date what a person does in her municipality, or will do there once her request is approved.

    Raises:
        MembershipConflict: the membership has ended meanwhile.
    """
    locked = _lock(membership)
    if not locked.is_open:
        raise MembershipConflict(_("Esta pertenencia ya terminó."))
    locked.position = position.strip()
    locked.save(update_fields=["position", "updated_at"])
    locked.areas.set(areas)
    return locked


@transaction.atomic
def memberships_approve_by_email(*, user: User) -> list[Membership]:
    """Approve the requests of a person whose confirmed addresses are now enough; returns those approved."""
    waiting = Membership.objects.requested().filter(user=user).select_for_update(of=("self",))
    return [
        _activate(membership, actor=None, is_automatic=True)
        for membership in waiting.select_related("user", "municipality")
        if _has_trusted_address(user, membership.municipality)
    ]


def _has_trusted_address(user: User, municipality: Municipality) -> bool:
    confirmed = EmailAddress.objects.filter(user=user, verified=True).values_list("email", flat=True)
    domains = [domain_of(email) for email in confirmed]
    return MunicipalityDomain.objects.approving(domains).filter(municipality=municipality).exists()


def _lock(membership: Membership) -> Membership:
    forget_affiliation(membership.user)
    return (
        Membership.objects.select_for_update(of=("self",))
        .select_related("user", "municipality")
        .get(pk=membership.pk)
    )


def _require_requested(membership: Membership) -> None:
    if not membership.is_requested:
        raise MembershipConflict(_("Este pedido ya no está pendiente: quizás lo resolvió otra persona."))


def _activate(membership: Membership, *, actor: User | None, is_automatic: bool = False) -> Membership:
    membership.started_on = timezone.localdate()
    _change_status(membership, Status.ACTIVE, actor=actor, is_automatic=is_automatic)
    announce(
        membership_decided,
        membership_id=membership.pk,
        status=membership.status,
        actor_id=actor.pk if actor else None,
    )
    return membership


def _change_status(
    membership: Membership, to: str, *, actor: User | None, reason: str = "", is_automatic: bool = False
) -> Membership:
    came_from = membership.status
    membership.status = to
    membership.save(update_fields=["status", "started_on", "ended_on", "updated_at"])
    _append_change(
        membership, from_status=came_from, actor=actor, reason=reason.strip(), is_automatic=is_automatic
    )
    _forget(membership)
    return membership


def _append_change(membership: Membership, **fields: object) -> None:
    MembershipChange.objects.create(membership=membership, to_status=membership.status, **fields)


def _forget(membership: Membership) -> None:
    forget_affiliation(membership.user)
