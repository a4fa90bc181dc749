"""The orders that conversations can stand in, each paged by its key."""

from dataclasses import dataclass, replace
from enum import StrEnum

from portal.core.paging import Keyset, KeysetPage
from portal.facets.counts import Count
from share.models import Thread
from share.querysets.threads import ThreadQuerySet
from share.threads.filters import View

PAGE_SIZE = 20


class Order(StrEnum):
    """By what conversations are sorted; the values are those of the parameter `orden`."""

    ACTIVITY = "actividad"
    NEWEST = "nuevas"
    WAITING = "espera"
    ANSWERS = "respuestas"
    SUPPORT = "apoyo"


@dataclass(frozen=True)
class Sorting:
    """An order for a set of some size: few rows are sorted, many are read in the order of an index."""

    order: Order
    is_indexed: bool = True

    @property
    def fields(self) -> tuple[str, ...]:
        """What the rows are sorted by, for `Keyset`."""
        if self.order is Order.NEWEST:
            return ("-created_at", "-id") if self.is_indexed else ("-moment", "-id")
        if self.order is Order.WAITING:
            return ("created_at", "id") if self.is_indexed else ("moment", "id")
        if self.order is Order.ANSWERS:
            return ("-answers", "-id")
        if self.order is Order.SUPPORT:
            return ("-supporters", "-id")
        return ("-last_post_at", "-id") if self.is_indexed else ("-moment", "-id")

    def page(self, found: ThreadQuerySet, cursor: str, *, size: int = PAGE_SIZE) -> KeysetPage[Thread]:
        """Return one page of a set in this order, with what a list shows of each conversation."""
        page = Keyset(self.fields, size=size).page(self.keys(found), cursor)
        shown = Thread.objects.for_list().in_bulk([row.pk for row in page.rows])
        return replace(page, rows=[shown[row.pk] for row in page.rows if row.pk in shown])

    def keys(self, found: ThreadQuerySet) -> ThreadQuerySet:
        """Leave only what the rows are sorted by: the database moves less, and loads the rows of one page."""
        if not self.is_indexed:
            if self.order in (Order.NEWEST, Order.WAITING):
                found = found.timed("created_at")
            elif self.order is Order.ACTIVITY:
                found = found.timed("last_post_at")
        return found.only("pk", "last_post_at", "created_at", "answers", "supporters")


def read_order(asked: str, *, view: View, total: Count, is_filtered: bool) -> Sorting:
    """Read what the address says; questions without an answer begin with the newest, whose authors still wait."""
    usual = Order.NEWEST if view == View.UNANSWERED else Order.ACTIVITY
    order = Order(asked) if asked in set(Order) else usual
    return Sorting(order, is_indexed=total.is_least or not is_filtered)
