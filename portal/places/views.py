"""Looking for a municipality: the page, its fragment for a form's list, and JSON."""

import re
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views import View

from portal.core.htmx import wants_fragment
from portal.places.models import Municipality
from portal.places.services.municipality_search import MunicipalityOptions, find_municipalities

FIELD_NAME = re.compile(r"[A-Za-z][\w-]{0,60}")


class MunicipalitySearchView(View):
    """Finds municipalities by the beginning of their name, for visitors and members alike: the data is public."""

    is_public_page = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer with a page, with the options of a form field to htmx, or with JSON to who accepts only that."""
        field = request.GET.get("field", "municipality")
        field = field if FIELD_NAME.fullmatch(field) else "municipality"
        text = request.GET.get("q", request.GET.get(f"{field}_search", ""))[:100]
        found = find_municipalities(text, country=request.GET.get("country", "")[:2])
        response = self._answer(request, found, field)
        patch_vary_headers(response, ["Accept", "HX-Request"])
        return response

    def _answer(self, request: HttpRequest, found: MunicipalityOptions, field: str) -> HttpResponse:
        if wants_fragment(request):
            widget = {"name": field, "attrs": {"id": f"id_{field}"}, "found": found}
            return render(request, "places/_municipality_options.html", {"widget": widget})
        if not request.accepts("text/html"):
            return JsonResponse({"results": list(map(_as_json, found.options)), "has_more": found.has_more})
        return render(request, "places/municipality_search.html", {"found": found})


def _as_json(municipality: Municipality) -> dict[str, Any]:
    return {
        "id": municipality.pk,
        "name": municipality.name,
        "region": municipality.region_name,
        "country": municipality.country_id,
        "population": municipality.population,
    }
