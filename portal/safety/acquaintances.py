"""Which people a person knows, and by what name: asked before she blocks somebody, answered by whoever shows people.

A block must not be a way to ask for the name behind a random id, or whether there is an account at all.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass

from portal.accounts.models import User
from portal.core.registry import Registry


@dataclass(frozen=True)
class Acquaintances:
    """One way in which people get to know each other.

    Args:
        names: of these accounts, those that the person knows, each with the name by which she does.
    """

    id: str
    names: Callable[[User, Collection[int]], dict[int, str]]
    order: int = 0


acquaintances: Registry[Acquaintances] = Registry("acquaintances")


def known_name(*, user: User, other_id: int) -> str | None:
    """Return the name by which a person knows another; nothing where she does not."""
    for way in acquaintances:
        name = way.names(user, [other_id]).get(other_id)
        if name is not None:
            return name
    return None
