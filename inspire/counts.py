"""How many solutions a filter leaves, and how many each further choice would (see `portal.facets.counts`)."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.cache import cache

from inspire.models import FacetCount
from inspire.querysets import SolutionQuerySet
from portal.core.visitor_cache import GENERATION_KEY
from portal.facets import counts as faceted
from portal.facets.addends import addends_summed
from portal.facets.counts import ALL, MOST_COUNTED, Count, Tally, tally_rows
from portal.facets.counts import count_rows as count

if TYPE_CHECKING:
    from inspire.filters import SolutionFilter

__all__ = [
    "ALL",
    "MOST_COUNTED",
    "POSITIONED",
    "Count",
    "Counted",
    "Tally",
    "count",
    "counted",
    "tally",
    "whole_tally",
]

POSITIONED = "positioned"
_KEPT_SECONDS = 60


@dataclass(frozen=True)
class Counted(faceted.Counted):
    """The counts of what a filter leaves, and how many of it are on the map."""

    positioned: Count = field(default_factory=lambda: Count(0))


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


def tally(found: SolutionQuerySet) -> Tally:
    """Count a set by everything that its solutions answer to, "all" and "positioned"."""
    return _tallies([found])[0]


def whole_tally() -> Tally:
    """Return the counts of the whole library, which are kept with it."""
    return Tally(addends_summed(FacetCount))


def _count(filters: "SolutionFilter") -> Counted:
    counts = faceted.counted(filters, whole=whole_tally(), tally=_tallies, also=(POSITIONED,))
    found = counts.found
    positioned = count(filters.found.on_map()) if found.is_cut else found.count(POSITIONED)
    return Counted(counts.total, counts.whole, found, counts.by_facet, positioned)


def _tallies(sets: Sequence[SolutionQuerySet]) -> list[Tally]:
    keys = "inspire_counted_keys(found.facet_keys, found.latitude)"
    return tally_rows([found.values_list("facet_keys", "latitude") for found in sets], keys)
