"""The orders that a list of solutions can stand in, each paged by its key."""

from dataclasses import dataclass, replace
from enum import StrEnum

from django.utils.translation import get_language

from inspire.counts import MOST_COUNTED, Count
from inspire.models import Solution
from inspire.querysets import SolutionQuerySet
from portal.core.paging import Keyset, KeysetPage

PAGE_SIZE = 20


class Order(StrEnum):
    """By what a list is sorted; the values are those of the parameter `orden`."""

    RELEVANCE = "relevancia"
    NEWEST = "nuevas"
    PLACE = "lugar"


@dataclass(frozen=True)
class Sorting:
    """An order for a set of some size: few rows are sorted, many are read in the order of an index."""

    order: Order
    is_of_many: bool = False

    @property
    def fields(self) -> tuple[str, ...]:
        """What the rows are sorted by, for `Keyset`."""
        if self.order is Order.RELEVANCE:
            return ("-rank", "-published_at", "-id")
        if self.order is Order.PLACE:
            # No index knows what countries are called in the reader's language.
            return ("country_id", "place", "id") if self.is_of_many else ("country_name", "place", "id")
        return ("-published_at", "-id") if self.is_of_many else ("-date", "-id")

    def keys(self, found: SolutionQuerySet, text: str) -> SolutionQuerySet:
        """Leave only what the rows are sorted by: the database moves less, and loads the rows of one page."""
        if self.order is Order.RELEVANCE:
            found = found.ranked(text)
        elif self.order is Order.PLACE:
            language = (get_language() or "es")[:2]
            found = found.placed() if self.is_of_many else found.named_places(language)
        elif not self.is_of_many:
            found = found.dated()
        return found.only("pk", "published_at", "country_id")


def read_order(asked: str, text: str, total: Count) -> Sorting:
    """Read what the address says: without words nothing is relevant, and too much of it cannot be ranked."""
    is_of_many = total.is_least or total.number > MOST_COUNTED
    order = Order(asked) if asked in set(Order) else Order.RELEVANCE
    if order is Order.RELEVANCE and (is_of_many or not text):
        order = Order.NEWEST
    return Sorting(order, is_of_many)


def page_of(found: SolutionQuerySet, sorting: Sorting, text: str, cursor: str) -> KeysetPage[Solution]:
    """Return one page of a set in an order, with what a list shows of each solution."""
    page = Keyset(sorting.fields, size=PAGE_SIZE).page(sorting.keys(found, text), cursor)
    shown = Solution.objects.for_list().in_bulk([row.pk for row in page.rows])
    return replace(page, rows=[shown[row.pk] for row in page.rows if row.pk in shown])


def key_page_of(
    found: SolutionQuerySet, sorting: Sorting, text: str, cursor: str, *, size: int
) -> KeysetPage[Solution] | None:
    """Return one page of a set in an order, only with its keys; None when the cursor is none of this order."""
    keyset, keys = Keyset(sorting.fields, size=size), sorting.keys(found, text)
    return keyset.page(keys, cursor) if not cursor or keyset.reads(keys, cursor) else None
