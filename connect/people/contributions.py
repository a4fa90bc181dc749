"""What a person shared in the portal, as one reader may find it."""

from dataclasses import dataclass
from typing import Any

from connect.people.shown import ShownPerson
from portal.catalog.kinds import EntryKind, entry_kinds
from portal.catalog.models import Entry
from portal.core.paging import Keyset, KeysetPage

PAGE = Keyset(("-published_at", "-id"), size=10)


@dataclass(frozen=True)
class Contributions:
    """A page of the things that a person made or answers for, the newest first.

    Args:
        kinds: each kind of which there is something, with how many.
        kind: the one that is shown; empty for all.
    """

    page: KeysetPage[Entry]
    kinds: list[tuple[EntryKind, int]]
    kind: str
    count: int


def contributions_of(
    reader: Any, person: ShownPerson, *, kind: str = "", cursor: str = ""
) -> Contributions | None:
    """Return what a person shared and a reader may find; None where the reader may not see it together. Two queries."""
    if not person.shows_contributions:
        return None
    found = Entry.objects.visible_to(reader).filter(people__contains=[person.user_id])
    counts = found.count_by_kind()
    kinds = [(each, counts[each.id]) for each in entry_kinds if counts.get(each.id)]
    kind = kind if kind in counts else ""
    shown = found.of_kind(kind) if kind else found
    rows = shown.select_related("country").defer("body", "search")
    return Contributions(PAGE.page(rows, cursor), kinds, kind, sum(counts.values()))
