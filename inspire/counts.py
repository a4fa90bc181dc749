"""How many solutions a filter leaves, and how many each further choice would: exact up to ten thousand, never wrong.

A set is counted by looking at no more than 10,001 of its rows. What is counted in a larger set are then least numbers,
and said to be such. The whole library is not counted at all: its counts are kept (`FacetCount`).
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Sum

from inspire.facets import facets
from inspire.models import FacetCount
from inspire.querysets import SolutionQuerySet
from portal.core.visitor_cache import GENERATION_KEY

if TYPE_CHECKING:
    from inspire.filters import SolutionFilter

MOST_COUNTED = 10_000
ALL, POSITIONED = "all", "positioned"
_KEPT_SECONDS = 60


@dataclass(frozen=True)
class Count:
    """A number of solutions; `is_least` says that there are more than that."""

    number: int
    is_least: bool = False

    def __bool__(self) -> bool:
        return self.number > 0


@dataclass(frozen=True)
class Tally:
    """How many solutions of a set answer to each key of `Solution.facet_keys`, "all" and "positioned".

    Args:
        is_cut: whether the set has more rows than were looked at.
    """

    keys: Mapping[str, int]
    is_cut: bool = False

    def count(self, key: str) -> Count:
        """Return how many answer to a key."""
        return Count(self.keys.get(key, 0), self.is_cut)

    def values(self, facet_id: str) -> list[str]:
        """Return the values of a facet that at least one of them has."""
        return self._values.get(facet_id, [])

    @cached_property
    def _values(self) -> dict[str, list[str]]:
        values: dict[str, list[str]] = defaultdict(list)
        for key in self.keys:
            facet_id, _colon, value = key.partition(":")
            values[facet_id].append(value)
        return dict(values)


@dataclass(frozen=True)
class Counted:
    """The counts of what a filter leaves.

    Args:
        whole: of the library; it knows every value there is.
        by_facet: of what all other filters leave, by the facet that a choice is to be made in.
    """

    total: Count
    positioned: Count
    whole: Tally
    by_facet: Mapping[str, Tally] = field(default_factory=dict)


def counted(filters: "SolutionFilter") -> Counted:
    """Return the counts of what a filter leaves, from the cache where nothing has changed since."""
    seconds = min(_KEPT_SECONDS, settings.VISITOR_CACHE_SECONDS)
    if not (seconds and filters.is_active):
        return _count(filters)
    # The generation is asked for before the database: what changes meanwhile makes the kept counts unreachable.
    key = f"inspire:counts:{cache.get(GENERATION_KEY) or 0}:{filters.fingerprint}"
    found: Counted | None = cache.get(key)
    if found is None:
        found = _count(filters)
        cache.set(key, found, seconds)
    return found


def count(found: SolutionQuerySet) -> Count:
    """Count a set, as far as anything is counted."""
    rows = found.order_by()[: MOST_COUNTED + 1].count()
    return Count(min(rows, MOST_COUNTED), rows > MOST_COUNTED)


def tally(found: SolutionQuerySet) -> Tally:
    """Count a set by everything that its solutions answer to, in one look at no more than 10,001 of them."""
    rows = found.order_by().values_list("facet_keys", "latitude")[: MOST_COUNTED + 1]
    try:
        sql, parameters = rows.query.sql_with_params()
    except EmptyResultSet:
        return Tally({})
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, count(*) FROM ({sql}) AS found,"  # noqa: S608 the queryset's own statement
            " inspire_counted_keys(found.facet_keys, found.latitude) AS key GROUP BY key",
            parameters,
        )
        keys = dict(cursor.fetchall())
    return Tally(keys, keys.get(ALL, 0) > MOST_COUNTED)


def whole_tally() -> Tally:
    """Return the counts of the whole library, which are kept with it."""
    sums = FacetCount.objects.values_list("key").annotate(Sum("count"))
    return Tally({key: number for key, number in sums if number > 0})


def _count(filters: "SolutionFilter") -> Counted:
    whole = whole_tally()
    found = tally(filters.found) if filters.is_active else whole
    by_facet = {
        facet.id: _tally_without(filters, facet.id, whole) if facet.id in filters.asked else found
        for facet in facets
    }
    by_facet[POSITIONED] = (
        _tally_without(filters, POSITIONED, whole) if POSITIONED in filters.asked else found
    )
    positioned = count(filters.found.on_map()) if found.is_cut else found.count(POSITIONED)
    total = Count(MOST_COUNTED, is_least=True) if found.is_cut else found.count(ALL)
    return Counted(total, positioned, whole, by_facet)


def _tally_without(filters: "SolutionFilter", name: str, whole: Tally) -> Tally:
    return tally(filters.found_without(name)) if filters.asked.keys() - {name} else whole
