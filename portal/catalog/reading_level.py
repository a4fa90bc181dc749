"""How much of the catalogue a person may read, and nothing else about her."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from portal.accounts.affiliation import is_network_member


class ReadingLevel(StrEnum):
    """What kind of reader somebody is; everybody of a level reads the same catalogue."""

    VISITOR = "visitor"
    ACCOUNT = "account"
    MEMBER = "member"
    STAFF = "staff"


MEMBERS_LEVELS = frozenset({ReadingLevel.MEMBER, ReadingLevel.STAFF})


@dataclass(frozen=True)
class SharedReader:
    """Stands for everybody of a level while a page that they share is made: it has no name, no key and no rows."""

    level: ReadingLevel
    pk: None = field(default=None, init=False)
    id: None = field(default=None, init=False)
    is_anonymous: bool = field(default=False, init=False)
    is_authenticated: bool = field(default=True, init=False)
    is_active: bool = field(default=True, init=False)

    @property
    def is_staff(self) -> bool:
        """Whether the level is that of the network's own team."""
        return self.level is ReadingLevel.STAFF


def reading_level(user: Any) -> ReadingLevel:
    """Return a person's level; asks the database at most once in a request."""
    if isinstance(user, SharedReader):
        return user.level
    if not user.is_authenticated:
        return ReadingLevel.VISITOR
    if user.is_staff:
        return ReadingLevel.STAFF
    return ReadingLevel.MEMBER if is_network_member(user) else ReadingLevel.ACCOUNT
