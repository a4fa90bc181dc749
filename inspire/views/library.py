"""The library as a list and on the map."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.views.generic import TemplateView

from inspire.filters import SolutionFilter
from inspire.map_clusters import extent
from inspire.models import Solution
from portal.core.htmx import FragmentMixin
from portal.core.paging import Keyset

PAGE = Keyset(("-published_at", "-id"), size=20)
# Lists of a map's parameters that are no filters.
_NOT_FILTERS = ("vista", "cursor")


class SolutionListView(FragmentMixin, TemplateView):
    """One set of solutions as a list or on the map, with one count."""

    template_name = "inspire/solution_list.html"
    fragment_template_name = "inspire/_solution_results.html"
    is_public_page = True
    is_shared_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, count, and load one page."""
        filters = SolutionFilter(self.request.GET, queryset=Solution.objects.published())
        found = filters.found
        is_map = self.request.GET.get("vista") == "mapa"
        total, positioned = found.counts()
        rows = (found.on_map() if is_map else found).for_list()
        return super().get_context_data(
            filters=filters,
            total=total,
            positioned=positioned,
            is_map=is_map,
            page=PAGE.page(rows, self.request.GET.get("cursor", "")),
            chosen=[(text, _without(self.request, name)) for name, text in filters.chosen.items()],
            map_query=_map_query(self.request),
            extent=extent(found) if is_map else None,
            tiles=json.dumps(_tiles()) if is_map else "",
            **kwargs,
        )


def _without(request: HttpRequest, *names: str) -> str:
    """Return the page's address without some of its parameters."""
    parameters = request.GET.copy()
    for name in (*names, "cursor"):
        parameters.pop(name, None)
    return f"{request.path}?{parameters.urlencode()}" if parameters else request.path


def _map_query(request: HttpRequest) -> str:
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
