"""Why an account cannot be used, for the person who has just proved that it is hers; told by whoever closed it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from portal.core.registry import Registry

if TYPE_CHECKING:
    from portal.accounts.models import User


@dataclass(frozen=True)
class ClosureNote:
    """What a person reads when her account is closed.

    Args:
        reason: why, in the words of who closed it.
        since: from when.
        until: when it opens by itself; nothing when it does not.
        answer_url: where she can say what she thinks of it; empty where she has said it.
    """

    reason: str
    since: datetime
    until: datetime | None = None
    answer_url: str = ""


@dataclass(frozen=True)
class Closure:
    """One way in which accounts are closed.

    Args:
        note: of a person's account; nothing where this did not close it.
    """

    id: str
    note: Callable[["User"], ClosureNote | None]
    order: int = 0


closures: Registry[Closure] = Registry("closures of accounts")


def closure_note(user: "User") -> ClosureNote | None:
    """Return why this account is closed, as far as anybody tells."""
    for closure in closures:
        note = closure.note(user)
        if note is not None:
            return note
    return None
