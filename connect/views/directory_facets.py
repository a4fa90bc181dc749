"""The choices beside the directory, written once for all readers who would read the same."""

import hashlib
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import get_language

from connect.directory.reading import Order
from connect.filters import DirectoryFilter
from portal.core.kept import kept
from portal.facets.choices import facet_choices
from portal.facets.counts import Counted

_SECONDS = 300


def facets_written(
    request: HttpRequest, filters: DirectoryFilter, counts: Counted, towns: list[tuple[int, str]]
) -> str:
    """Write what can be chosen next.

    It takes as long as everything else on the page, and is the same until a number in it changes: it is kept under
    the very numbers that it shows, so that it is never stale. Combinations, of which there is no end, are not kept.
    """

    def write() -> str:
        context: dict[str, Any] = {
            "facets": facet_choices(filters, counts),
            "are_counts_least": any(tally.is_cut for tally in counts.by_facet.values()),
            "towns": towns,
        }
        return render_to_string("connect/_directory_facets.html", context, request)

    if not _is_usual(request, filters, counts, towns):
        return write()
    address = request.GET.copy()
    address.pop("cursor", None)
    tallies = {id(tally): sorted(tally.keys.items()) for tally in (counts.whole, *counts.by_facet.values())}
    shown = (get_language(), address.urlencode(), towns, list(tallies.values()))
    return kept(f"connect:facets:{hashlib.sha256(repr(shown).encode()).hexdigest()}", _SECONDS, write)


def _is_usual(
    request: HttpRequest, filters: DirectoryFilter, counts: Counted, towns: list[tuple[int, str]]
) -> bool:
    """Say whether nothing was asked for but an order of ours, or one of the values that there are."""
    others = set(request.GET) - set(filters.asked) - {"cursor"}
    is_ours = request.GET.get("orden", Order.ACTIVITY) in set(Order)
    is_ours &= request.GET.get("desde", "") in {"", *(str(town) for town, _name in towns)}
    if (
        others - {"orden", "desde"}
        or not is_ours
        or not all(name in filters.facets for name in filters.asked)
    ):
        return False
    values = [f"{name}:{value}" for name, chosen in filters.asked.items() for value in chosen]
    return len(values) <= 1 and all(counts.whole.keys.get(key) for key in values)
