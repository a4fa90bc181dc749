"""The library as a list, as a table and on the map."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.generic import TemplateView

from inspire.counts import MOST_COUNTED, Counted, count, counted
from inspire.extracts import put_extracts
from inspire.facet_choices import facet_choices, flag_choices
from inspire.filters import Chip, SolutionFilter
from inspire.map_clusters import map_extent_of
from inspire.models import Solution
from inspire.orders import Order, Sorting, page_of, read_order
from portal.catalog.words import suggested_text
from portal.core.htmx import FragmentMixin
from portal.core.paging import KeysetPage

# Parameters of the page that are no filters.
_NOT_FILTERS = ("vista", "orden", "cursor")
_VIEWS = frozenset({"mapa", "tabla"})
# With fewer results than these a reader may have misspelt a word.
_FEW = 3


class SolutionListView(FragmentMixin, TemplateView):
    """One set of solutions as a list, as a table or on the map, with one count."""

    template_name = "inspire/solution_list.html"
    fragment_template_name = "inspire/_solution_list_fragment.html"
    is_public_page = True
    is_shared_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, count, and load one page."""
        filters = SolutionFilter(self.request.GET, queryset=Solution.objects.published())
        counts = counted(filters)
        view = self.request.GET.get("vista", "")
        view = view if view in _VIEWS else "lista"
        is_map = view == "mapa"
        text: str = filters.asked.get("q", "")
        sorting = read_order(self.request.GET.get("orden", ""), text, counts.total)
        chips = filters.chips
        return super().get_context_data(
            filters=filters,
            total=counts.total,
            positioned=counts.positioned,
            most_counted=MOST_COUNTED,
            facets=facet_choices(filters, counts),
            flags=flag_choices(filters, counts),
            are_counts_least=any(tally.is_cut for tally in counts.by_facet.values()),
            is_map=is_map,
            view=view,
            text=text,
            order=sorting.order,
            is_too_much_to_rank=bool(text) and counts.total.is_least,
            page=self._page(filters, sorting, text, is_map=is_map),
            suggestion=_suggestion(filters, counts, text),
            chips=[(chip.text, _without(self.request, filters, chip)) for chip in chips],
            chosen_count=sum(chip.name != "q" for chip in chips),
            filter_query=_filter_query(self.request),
            map_query=_filter_query(self.request),
            extent=map_extent_of(filters) if is_map else None,
            tiles=json.dumps(_tiles()) if is_map else "",
            **kwargs,
        )

    def _page(
        self, filters: SolutionFilter, sorting: Sorting, text: str, *, is_map: bool
    ) -> KeysetPage[Solution]:
        cursor = self.request.GET.get("cursor", "")
        if is_map:
            newest = Sorting(Order.NEWEST, sorting.is_of_many)
            return page_of(filters.found.on_map(), newest, "", cursor)
        page = page_of(filters.found, sorting, text, cursor)
        if text:
            put_extracts(page.rows, text)
        return page


def _suggestion(filters: SolutionFilter, counts: Counted, text: str) -> str:
    """Return other words that find more, when these find next to nothing."""
    if not text or counts.total.number >= _FEW:
        return ""
    others = filters.found_without("q")
    return suggested_text(text, lambda words: count(others.matching(words)).number > counts.total.number)


def _without(request: HttpRequest, filters: SolutionFilter, chip: Chip) -> str:
    """Return the page's address without one of the things that were asked for."""
    parameters = request.GET.copy()
    for name in (chip.name, "cursor"):
        parameters.pop(name, None)
    if chip.value:
        others = [value for value in filters.asked[chip.name] if value != chip.value]
        parameters.setlist(chip.name, others)
    return f"{request.path}?{parameters.urlencode()}" if parameters.urlencode() else request.path


def _filter_query(request: HttpRequest) -> str:
    """Return the query string of the filters alone."""
    parameters = request.GET.copy()
    for name in _NOT_FILTERS:
        parameters.pop(name, None)
    return str(parameters.urlencode())


def _tiles() -> list[dict[str, Any]]:
    """Return the tile servers that the installation chose instead of the outline that ships with the portal."""
    chosen: Any = settings.LEAFLET_CONFIG.get("TILES") or []
    layers = [("", chosen, "")] if isinstance(chosen, str) else chosen
    return [
        {"url": url, "attribution": options if isinstance(options, str) else options.get("attribution", "")}
        for _name, url, options in layers
    ]
