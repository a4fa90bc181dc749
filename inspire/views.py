"""The pages of the library: its list and map, and the page of a solution."""

import json
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.generic import DetailView, TemplateView, View

from inspire.filters import SolutionFilter
from inspire.map_clusters import extent, map_data, read_viewport
from inspire.map_inset import Inset, map_inset
from inspire.models import Solution
from inspire.querysets import KIND
from portal.catalog.models import Entry
from portal.core.htmx import FragmentMixin
from portal.core.language import language_name
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


class SolutionMapDataView(View):
    """What the map shows of the same set, for the part of the world it asks for."""

    is_public_page = True
    is_shared_page = True
    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Group the positions for the viewport."""
        filters = SolutionFilter(request.GET, queryset=Solution.objects.published())
        viewport = read_viewport(request.GET.get("bbox", ""), request.GET.get("zoom", ""))
        return JsonResponse(map_data(filters.found, viewport), json_dumps_params={"ensure_ascii": False})


class SolutionDetailView(DetailView):
    """The page of one solution, in the reader's language where it can be."""

    template_name = "inspire/solution_detail.html"
    is_public_page = True
    is_shared_page = True

    def get_queryset(self) -> QuerySet[Solution]:
        """Offer what this reader may see."""
        return Solution.objects.visible_to(self.request.user).for_page()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Choose the language, and find what stands beside the solution."""
        solution: Solution = self.object
        wanted = self.request.GET.get("idioma", "")
        text = solution.text_in(wanted) if wanted in solution.languages else solution.shown
        return super().get_context_data(
            text=text,
            language_name=language_name(text.language),
            original_name=language_name(solution.language),
            is_translation=text.language != solution.language,
            other_languages=[
                (code, language_name(code)) for code in solution.languages if code != text.language
            ],
            entry=Entry.objects.of_kind(KIND).filter(object_id=solution.pk).first(),
            inset=_inset(solution),
            **kwargs,
        )


def _inset(solution: Solution) -> Inset | None:
    """Return the small map of a place; a solution of a whole country has none to show."""
    if solution.latitude is None or solution.longitude is None or solution.is_country_wide:
        return None
    return map_inset(solution.latitude, solution.longitude)


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
