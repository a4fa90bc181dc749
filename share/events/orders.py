"""The orders that encounters can stand in, each paged by its key."""

from dataclasses import dataclass, replace
from enum import StrEnum

from portal.core.paging import Keyset, KeysetPage
from portal.facets.counts import Count
from share.events.periods import Period
from share.models import Event
from share.querysets.events import EventQuerySet

PAGE_SIZE = 20


class Order(StrEnum):
    """By what encounters are sorted; the values are those of the parameter `orden`."""

    RELEVANCE = "relevancia"
    START = "fecha"
    NEWEST = "nuevos"


@dataclass(frozen=True)
class Sorting:
    """An order for a set: what was filtered out of many is sorted, everything is read in the order of an index.

    Args:
        is_backwards: whether the latest come first, as in what has ended.
        is_indexed: whether the set is read by the index of beginnings.
    """

    order: Order
    is_backwards: bool = False
    is_indexed: bool = True
    text: str = ""

    @property
    def fields(self) -> tuple[str, ...]:
        """What the rows are sorted by, for `Keyset`."""
        if self.order is Order.RELEVANCE:
            return ("-rank", "-starts_at", "-id")
        if self.order is Order.NEWEST:
            return ("-news_at", "-id")
        field = "starts_at" if self.is_indexed else "moment"
        return (f"-{field}", "-id") if self.is_backwards else (field, "id")

    def page(self, found: EventQuerySet, cursor: str, *, size: int = PAGE_SIZE) -> KeysetPage[Event]:
        """Return one page of a set in this order, with what a list shows of each event."""
        page = Keyset(self.fields, size=size).page(self._keys(found), cursor)
        shown = Event.objects.for_list().in_bulk([row.pk for row in page.rows])
        return replace(page, rows=[shown[row.pk] for row in page.rows if row.pk in shown])

    def reads(self, found: EventQuerySet, cursor: str) -> bool:
        """Say whether a cursor is one that a page of this order could have written."""
        return Keyset(self.fields).reads(self._keys(found), cursor)

    def _keys(self, found: EventQuerySet) -> EventQuerySet:
        """Leave only what the rows are sorted by: the database moves less, and loads the rows of one page."""
        if self.order is Order.RELEVANCE:
            found = found.ranked(self.text)
        elif self.order is Order.NEWEST:
            found = found.dated()
        elif not self.is_indexed:
            found = found.timed()
        return found.only("pk", "starts_at")


def read_order(asked: str, *, text: str, total: Count, period: Period, is_filtered: bool) -> Sorting:
    """Read what the address says: without words nothing is relevant, and too much of it cannot be ranked."""
    order = Order(asked) if asked in set(Order) else Order.START
    if order is Order.RELEVANCE and (total.is_least or not text):
        order = Order.START
    return Sorting(order, period.is_past, is_indexed=total.is_least or not is_filtered, text=text)
