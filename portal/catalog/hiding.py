"""Things that one reader is kept from, although everybody else of her level finds them."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

from portal.core.registry import Registry


@dataclass(frozen=True)
class HiddenThings:
    """What an app hides from some readers among its things of a kind.

    Args:
        id: the kind of entries.
        keys: their keys, for a reader; asks the database at most once in a request, and not for a visitor.
    """

    id: str
    keys: Callable[[Any], Collection[int]]
    order: int = 0


hidden_things: Registry[HiddenThings] = Registry("hidden things")


def hidden_from(user: Any) -> dict[str, Collection[int]]:
    """Return the keys of what a reader is kept from, by kind; kinds of which nothing is hidden are left out."""
    found = ((hidden.id, hidden.keys(user)) for hidden in hidden_things)
    return {kind: keys for kind, keys in found if keys}
