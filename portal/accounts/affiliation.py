"""Where a person works now: the question that every app's permissions ask.

The answer is read once and kept on the user object, which lives as long as its request.
"""

from typing import Any

from django.db.models import QuerySet

from portal.accounts.models import Membership
from portal.places.models import Municipality

_KEPT = "_affiliation"


def affiliation(user: Any) -> dict[int, str]:
    """Return the role a person has now in each municipality, by the municipality's id; no query for a visitor."""
    if not user.is_authenticated:
        return {}
    # A lazy request.user passes attributes on, so the answer is kept with the person behind it.
    kept: dict[int, str] | None = getattr(user, _KEPT, None)
    if kept is None:
        rows = Membership.objects.active().filter(user_id=user.pk)
        kept = dict(rows.values_list("municipality_id", "role"))
        setattr(user, _KEPT, kept)
    return kept


def remember_affiliation(user: Any, roles: dict[int, str]) -> None:
    """Keep what was read together with the person."""
    setattr(user, _KEPT, roles)


def forget_affiliation(user: Any) -> None:
    """Ask anew next time, because a membership of this person has changed."""
    if getattr(user, _KEPT, None) is not None:
        delattr(user, _KEPT)


def active_municipalities(user: Any) -> QuerySet[Municipality]:
    """Return the municipalities where a person works now; none for a visitor."""
    if not user.is_authenticated:
        return Municipality.objects.none()
    return Municipality.objects.filter(
        pk__in=Membership.objects.active().filter(user_id=user.pk).values("municipality_id")
    )


def works_in(user: Any, municipality: Municipality | int | None) -> bool:
    """Say whether a person works in a municipality now."""
    return _key(municipality) in affiliation(user)


def is_coordinator_of(user: Any, municipality: Municipality | int | None) -> bool:
    """Say whether a person coordinates a municipality now."""
    return affiliation(user).get(_key(municipality)) == Membership.Role.COORDINATOR


def is_coordinator(user: Any) -> bool:
    """Say whether a person coordinates any municipality now."""
    return Membership.Role.COORDINATOR in affiliation(user).values()


def is_network_member(user: Any) -> bool:
    """Say whether a person works in any municipality of the network now."""
    return bool(affiliation(user))


def _key(municipality: Municipality | int | None) -> int:
    if municipality is None:
        return 0
    return municipality if isinstance(municipality, int) else municipality.pk
