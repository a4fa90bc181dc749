"""What passes from one official to another when she leaves her municipality: each app says what of its own does.

A handover speaks of things by keys that it understands itself. They are noted when she leaves, and before her account
is erased, so that what she looked after can still be passed on when nothing leads from it to her any more.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise

from portal.accounts.models import User
from portal.core.registry import Registry
from portal.places.models import Municipality


@dataclass(frozen=True)
class Handover:
    """One kind of thing that an official looks after in her municipality's name.

    Args:
        id: noted with the keys of the things.
        label: what they are, in the plural, as a coordinator reads it before their number.
        held: the keys of what a person looks after there and is not done yet.
        pass_on: gives the things of these keys to a colleague, or with None leaves them with the municipality and
            nobody; runs in the caller's transaction, leaves out what is gone or done, and says how many it was.
            The person may have been erased meanwhile.
    """

    id: str
    label: str | Promise
    held: Callable[[User, Municipality], list[str]]
    pass_on: Callable[[User, Municipality, User | None, Sequence[str]], int]
    order: int = 0

    def count(self, user: User, municipality: Municipality) -> int:
        """Return how many things a person looks after there now."""
        return len(self.held(user, municipality))


handovers: Registry[Handover] = Registry("handovers")
