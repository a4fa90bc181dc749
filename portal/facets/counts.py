"""How much a filter leaves, and how much each further choice would: exact up to ten thousand, never wrong.

A set is counted by looking at no more than 10,001 of its rows. What is counted in a larger set are then least numbers,
and said to be such. A whole set is not counted at all: its counts are kept as addends (docs/adr/0008).
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

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


def tally_rows(sets: Sequence[QuerySet], keys: str) -> list[Tally]:
    """Count sets by everything that their rows answer to, in one statement that looks at 10,001 rows of each.

    Args:
        sets: each with `values_list` of what the keys are made of.
        keys: a set-returning SQL expression of ours over the row `found`, with "all" for each row.
    """
    counts: list[dict[str, int]] = [{} for _rows in sets]
    parts: list[str] = []
    parameters: list[Any] = []
    for place, rows in enumerate(sets):
        try:
            sql, values = rows.order_by()[: MOST_COUNTED + 1].query.sql_with_params()
        except EmptyResultSet:
            continue
        parts.append(f"SELECT {place}, key, count(*) FROM ({sql}) AS found, {keys} AS key GROUP BY key")  # noqa: S608 ours
        parameters += values
    if parts:
        with connection.cursor() as cursor:
            cursor.execute(" UNION ALL ".join(parts), parameters)
            for place, key, number in cursor.fetchall():
                counts[place][key] = number
    return [Tally(found, found.get(ALL, 0) > MOST_COUNTED) for found in counts]


def counted(
    filters: "FacetedFilterSet",
    *,
    whole: Tally,
    tally: Callable[[Sequence[Any]], list[Tally]],
    also: Collection[str] = (),
) -> Counted:
    """Return the counts of what a filter leaves, and for each facet that was chosen in, of what the others leave.

    Args:
        whole: the kept counts of everything.
        tally: counts sets of rows, all of them at once.
        also: names of filters that are counted as facets are, without being one.
    """
    names = [*(facet.id for facet in filters.facets), *also]
    # Of what no filter but this one leaves, everything is known.
    chosen = [name for name in names if name in filters.asked and filters.asked.keys() - {name}]
    sets = [filters.found] if filters.is_active else []
    tallies = tally([*sets, *(filters.found_without(name) for name in chosen)]) if sets else []
    found = tallies[0] if tallies else whole
    without = dict(zip(chosen, tallies[1:], strict=True))
    by_facet = {name: without.get(name, whole if name in filters.asked else found) for name in names}
    total = Count(MOST_COUNTED, is_least=True) if found.is_cut else found.count(ALL)
    return Counted(total, whole, found, by_facet)
