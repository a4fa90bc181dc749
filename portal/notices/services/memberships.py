"""What people are told about requests to belong to a municipality."""

from django.urls import reverse
from django.utils.translation import gettext_noop as _

from portal.accounts.models import Membership, User
from portal.accounts.querysets import UserQuerySet
from portal.notices.services.notifying import notify
from portal.notices.texts import Text

REQUESTED = "membership-requested"
DECIDED = "membership-decided"


def tell_membership_requested(*, membership_id: int) -> list[int]:
    """Tell those who decide that somebody waits: the municipality's coordinators, or staff where there is none.

    A request that was decided meanwhile, as a trusted address does at once, needs nobody's attention.
    """
    membership = _found(membership_id)
    if membership is None or membership.status != Membership.Status.REQUESTED:
        return []
    return notify(
        users=_deciders(membership),
        kind=REQUESTED,
        text=Text(
            _("%(person)s pidió sumarse a %(municipality)s."),
            person=membership.user,
            municipality=membership.municipality,
        ),
        grouped_text=Text.plural(
            "Una persona pidió sumarse a %(municipality)s.",
            "%(number)s personas pidieron sumarse a %(municipality)s.",
            municipality=membership.municipality,
        ),
        url=reverse("accounts:membership-requests"),
        fact=f"membership:{membership.pk}",
        group=f"municipality:{membership.municipality_id}:requests",
        naming=[membership.user],
    )


def tell_membership_decided(*, membership_id: int, status: str) -> list[int]:
    """Tell a person whether she belongs to the municipality now."""
    membership = _found(membership_id)
    if membership is None:
        return []
    if status == Membership.Status.ACTIVE:
        text = _("Ya formás parte de %(municipality)s en el portal.")
    else:
        text = _("Tu pedido para sumarte a %(municipality)s no fue aprobado. Entrá para ver el motivo.")
    return notify(
        users=membership.user,
        kind=DECIDED,
        text=Text(text, municipality=membership.municipality),
        url=reverse("accounts:profile"),
        fact=f"membership:{membership.pk}:{status}",
    )


def _found(membership_id: int) -> Membership | None:
    return Membership.objects.select_related("user", "municipality").filter(pk=membership_id).first()


def _deciders(membership: Membership) -> UserQuerySet:
    coordinators = Membership.objects.coordinators().filter(municipality=membership.municipality)
    people = User.objects.filter(pk__in=coordinators.values("user_id"), is_active=True)
    return people if people.exists() else User.objects.staff()
