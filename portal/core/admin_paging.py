"""Pages of the admin that do not count a million rows."""

from functools import cached_property

from django.core.paginator import Paginator
from django.db.models import QuerySet

COUNTED_AT_MOST = 10_000


class CappedPaginator(Paginator):
    """Counts no further than ten thousand rows; beyond that, one searches."""

    @cached_property
    def count(self) -> int:
        """Return how many rows there are, or the cap where there are more."""
        rows: QuerySet = self.object_list  # type: ignore[assignment]
        return rows[:COUNTED_AT_MOST].count()
