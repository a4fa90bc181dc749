"""How much a filter leaves, and how much each further choice would: exact up to ten thousand, never wrong.

A set is counted by looking at no more than 10,001 of its rows. What is counted in a larger set are then least numbers,
and said to be such. A whole set is not counted at all: its counts are kept as addends (docs/adr/0008).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

if TYPE_CHECKING:
    from portal.facets.filters import FacetedFilterSet

MOST_COUNTED = 10_000
ALL = "all"


@dataclass(frozen=True)
class Count:
    """A number of things; `is_least` says that there are more than that."""

    number: int
    is_least: bool = False

    def __bool__(self) -> bool:
        return self.number > 0


@dataclass(frozen=True)
class Tally:
    """How many things of a set answer to each of their facet keys, and "all".

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
        whole: of the whole set; it knows every value there is.
        found: of what the filter leaves.
        by_facet: of what all other filters leave, by the facet that a choice is to be made in.
    """

    total: Count
    whole: Tally
    found: Tally
    by_facet: Mapping[str, Tally] = field(default_factory=dict)


def count_rows(found: QuerySet) -> Count:
    """Count a set, as far as anything is counted."""
    rows = found.order_by()[: MOST_COUNTED + 1].count()
    return Count(min(rows, MOST_COUNTED), rows > MOST_COUNTED)


def tally_rows(rows: QuerySet, keys: str) -> Tally:
    """Count a set by everything that its rows answer to, in one look at no more than 10,001 of them.

    Args:
        rows: the set, with `values_list` of what the keys are made of.
        keys: a set-returning SQL expression of ours over the row `found`, with "all" for each row.
    """
    try:
        sql, parameters = rows.order_by()[: MOST_COUNTED + 1].query.sql_with_params()
    except EmptyResultSet:
        return Tally({})
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT key, count(*) FROM ({sql}) AS found, {keys} AS key GROUP BY key",  # noqa: S608 ours alone
            parameters,
        )
        counts = dict(cursor.fetchall())
    return Tally(counts, counts.get(ALL, 0) > MOST_COUNTED)


def counted(
    filters: "FacetedFilterSet",
    *,
    whole: Tally,
    tally: Callable[[QuerySet], Tally],
    also: Collection[str] = (),
) -> Counted:
    """Return the counts of what a filter leaves, in one look for it and one for each facet that was chosen in.

    Args:
        whole: the kept counts of everything.
        tally: counts a set of rows.
        also: names of filters that are counted as facets are, without being one.
    """
    found = tally(filters.found) if filters.is_active else whole

    def without(name: str) -> Tally:
        if name not in filters.asked:
            return found
        return tally(filters.found_without(name)) if filters.asked.keys() - {name} else whole

    by_facet = {name: without(name) for name in (*(facet.id for facet in filters.facets), *also)}
    total = Count(MOST_COUNTED, is_least=True) if found.is_cut else found.count(ALL)
    return Counted(total, whole, found, by_facet)
