"""What people are told when an official leaves."""

from collections.abc import Mapping

from django.urls import reverse
from django.utils.translation import gettext_noop

from connect.models import Succession
from portal.accounts.models import Membership, User
from portal.accounts.querysets import UserQuerySet
from portal.notices.services import notify
from portal.notices.texts import Text

SUCCESSION_NOTICE = "succession"
SUCCESSOR_NOTICE = "succession-passed"


def tell_coordinators(succession: Succession) -> list[int]:
    """Ask those who coordinate the municipality, or the network's team where nobody does.

    The notice goes when the one whom it names erases her account; telling again then tells it without a name.
    """
    leaver, town = succession.leaver, succession.municipality.name[:120]
    if leaver.erased_at:
        text = Text(
            gettext_noop("Alguien que trabajaba en %(municipality)s se fue: ¿a quién pasa lo que llevaba?"),
            municipality=town,
        )
    else:
        text = Text(
            gettext_noop("%(person)s dejó %(municipality)s: ¿a quién pasa lo que llevaba?"),
            person=leaver.name[:120],
            municipality=town,
        )
    return notify(
        users=_deciders(succession),
        kind=SUCCESSION_NOTICE,
        text=text,
        url=succession.get_absolute_url(),
        fact=f"succession:{succession.pk}",
        naming=() if leaver.erased_at else (leaver,),
    )


def tell_successor(succession: Succession, successor: User, passed: Mapping[str, int]) -> list[int]:
    """Tell a colleague that she goes on with what somebody else looked after; nothing where nothing was left."""
    if not passed:
        return []
    return notify(
        users=successor,
        kind=SUCCESSOR_NOTICE,
        text=Text(
            gettext_noop("Desde ahora seguís vos con lo que llevaba una persona que dejó %(municipality)s."),
            municipality=succession.municipality.name[:120],
        ),
        url=reverse("connect:town-detail", args=[succession.municipality.pk]),
        fact=f"succession:{succession.pk}",
    )


def _deciders(succession: Succession) -> UserQuerySet:
    working = Membership.objects.coordinators().filter(municipality=succession.municipality)
    others = User.objects.filter(is_active=True).exclude(pk=succession.leaver.pk)
    coordinating: UserQuerySet = others.filter(pk__in=working.values("user_id"))
    return coordinating if coordinating.exists() else others.filter(is_staff=True)
