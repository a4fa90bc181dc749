"""Who is kept apart from whom: the question that every list of people, page and message asks.

The answer is read once and kept on the user object, which lives as long as its request.
"""

from typing import Any

from django.db.models import Q

from portal.safety.models import Block

_KEPT = "_kept_apart"


def kept_apart_from(user: Any) -> frozenset[int]:
    """Return the keys of the people whom this person blocked or who blocked her; no query for a visitor."""
    if not user.is_authenticated or user.pk is None:
        return frozenset()
    found: frozenset[int] | None = getattr(user, _KEPT, None)
    if found is None:
        pairs = Block.objects.filter(Q(blocker_id=user.pk) | Q(blocked_id=user.pk))
        found = frozenset(one for pair in pairs.values_list("blocker_id", "blocked_id") for one in pair) - {
            user.pk
        }
        setattr(user, _KEPT, found)
    return found


def are_kept_apart(user: Any, other_id: int | None) -> bool:
    """Say whether one of the two blocked the other."""
    return other_id in kept_apart_from(user)


def forget_blocks(user: Any) -> None:
    """Ask anew next time, because a block of this person has changed."""
    if getattr(user, _KEPT, None) is not None:
        delattr(user, _KEPT)
