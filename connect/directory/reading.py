"""The directory as one reader may find it: whom, how many, and in which order."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from connect.audience import reader_circle
from connect.filters import DirectoryFilter
from connect.models import DirectoryCount, DirectoryEntry
from connect.querysets.directory import DirectoryEntryQuerySet
from connect.visibility import Circle
from portal.core.paging import Keyset, KeysetPage
from portal.facets.addends import addends_summed
from portal.facets.counts import ALL, MOST_COUNTED, Count, Counted, Tally, tally_rows
from portal.facets.counts import counted as count_filtered
from portal.facets.peers import Peers
from portal.safety.blocks import kept_apart_from

PAGE_SIZE = 20
_MOST_COMPARED = 10


class Order(StrEnum):
    """By what the directory is sorted; the values are those of the parameter `orden`."""

    RELEVANCE = "relevancia"
    SIMILAR = "similares"
    ACTIVITY = "actividad"
    NAME = "nombre"


@dataclass(frozen=True)
class Sorting:
    """An order for a set of some size: few rows are sorted, many are read in the order of an index.

    Args:
        peers: the municipality whose likes come first, and those, the most alike first.
    """

    order: Order
    is_of_many: bool = False
    text: str = ""
    peers: tuple[int, ...] = ()

    @property
    def fields(self) -> tuple[str, ...]:
        """What the rows are sorted by, for `Keyset`."""
        if self.order is Order.RELEVANCE:
            return ("-rank", "-active_on", "-id")
        if self.order is Order.SIMILAR:
            return ("nearness", "-active_on", "-id")
        if self.order is Order.NAME:
            return ("sort_name", "id") if self.is_of_many else ("plain_name", "id")
        return ("-active_on", "-id") if self.is_of_many else ("-day", "-id")

    def rows(self, found: DirectoryEntryQuerySet) -> DirectoryEntryQuerySet:
        """Leave only what the rows are sorted by: the database moves less, and the people of one page are loaded."""
        if self.order is Order.RELEVANCE:
            found = found.ranked(self.text)
        elif self.order is Order.SIMILAR:
            # Of a million people those of the most similar municipalities are enough for anybody to read.
            peers = self.peers[:_MOST_COMPARED] if self.is_of_many else self.peers
            found = (found.of_municipalities(peers) if self.is_of_many else found).near(peers)
        elif not self.is_of_many:
            found = found.named() if self.order is Order.NAME else found.dated()
        return found.only("pk", "user_id", "active_on", "sort_name")

    @property
    def is_cut(self) -> bool:
        """Whether only those are listed who can be compared."""
        return self.is_of_many and self.order is Order.SIMILAR

    def page(
        self, found: DirectoryEntryQuerySet, cursor: str, *, size: int = 0
    ) -> KeysetPage[DirectoryEntry]:
        """Return one page of a set in this order."""
        return Keyset(self.fields, size=size or PAGE_SIZE).page(self.rows(found), cursor)


def findable_by(reader: Any) -> DirectoryEntryQuerySet:
    """Return whom a reader may find: what her audience may see, without those who are kept apart from her."""
    return DirectoryEntry.objects.for_audience(audience_of(reader)).without_people(kept_apart_from(reader))


def audience_of(reader: Any) -> DirectoryEntry.Audience:
    """Return as whom a reader looks into the directory."""
    if reader_circle(reader) >= Circle.MEMBER:
        return DirectoryEntry.Audience.MEMBERS
    return DirectoryEntry.Audience.PUBLIC


def counted(filters: DirectoryFilter, reader: Any) -> Counted:
    """Return the counts of what a filter leaves of whom a reader may find."""
    return count_filtered(filters, whole=whole_tally(reader), tally=_tallies)


def whole_tally(reader: Any) -> Tally:
    """Return the counts of everybody whom a reader may find.

    They are kept for all readers of an audience; the few people who are kept apart from this one are taken off, so
    that no number tells that they are there.
    """
    audience = audience_of(reader)
    counts = Counter(addends_summed(DirectoryCount, beginning=f"{audience}|"))
    apart = kept_apart_from(reader)
    if apart:
        hidden = DirectoryEntry.objects.for_audience(audience).filter(user_id__in=apart)
        for keys in hidden.values_list("facet_keys", flat=True):
            counts.subtract([ALL, *keys])
    return Tally({key: number for key, number in counts.items() if number > 0})


def read_order(asked: str, *, text: str, total: Count, peers: Peers | None) -> Sorting:
    """Read what the address says: without words nothing is relevant, without a municipality none is similar.

    Args:
        peers: the municipality to compare with and those like it; None where the reader has none.
    """
    is_of_many = total.is_least or total.number > MOST_COUNTED
    order = Order(asked) if asked in set(Order) else Order.RELEVANCE
    if order is Order.SIMILAR and not (peers and peers.ids):
        order = Order.RELEVANCE
    if order is Order.RELEVANCE and (is_of_many or not text):
        order = Order.ACTIVITY
    return Sorting(order, is_of_many, text, peers.ids if peers else ())


def _tallies(sets: Sequence[DirectoryEntryQuerySet]) -> list[Tally]:
    return tally_rows(
        [found.values_list("facet_keys") for found in sets], "unnest(found.facet_keys || ARRAY['all'])"
    )
