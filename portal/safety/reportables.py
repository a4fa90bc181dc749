"""What people can report to the network's team, as each app declares it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise

from portal.accounts.models import User
from portal.core.decision import Decision
from portal.core.registry import Registry

MAX_TITLE = 200
# A message is at most this long; of longer things the beginning is enough to see what they are.
MAX_TEXT = 20_000


@dataclass(frozen=True)
class Evidence:
    """A copy of something as it was when it was reported.

    Args:
        title: what it is, in a few words.
        text: what it says.
        at: when it was written or last changed.
        author_id: key of the account that answers for it, where there is one.
    """

    title: str
    text: str
    at: datetime | None = None
    author_id: int | None = None


def key_from_number(key: str) -> int | None:
    """Read the key of a row from an address that carries it as a number."""
    return int(key) if key.isascii() and key.isdecimal() and len(key) < 19 else None


@dataclass(frozen=True)
class ReportableKind:
    """One kind of thing that people can report.

    Args:
        id: at most 40 characters of a slug ("message").
        label: what it is, as the team reads it ("Un mensaje").
        evidence: copies the thing as it is now; nothing where it is gone. Who reports sees its title only, so that
            the copy may hold more than she may see.
        may_report: whether this person may report it; a refusal is answered as if it were not there.
        hide: takes it away from everybody but the team, in the caller's transaction and safe to call twice; nothing
            where such things cannot be hidden.
        url: where the team looks at it; empty where it cannot be visited.
        find: the row's key from what stands in the address, so that a person's is her random id.
    """

    id: str
    label: str | Promise
    evidence: Callable[[int], Evidence | None]
    may_report: Callable[[User, int], Decision]
    hide: Callable[[int, User], None] | None = None
    url: Callable[[int], str] | None = None
    find: Callable[[str], int | None] = key_from_number
    order: int = 0


reportable_kinds: Registry[ReportableKind] = Registry("reportable kinds")
