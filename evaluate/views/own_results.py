"""The reader's own latest results, by policy area: a page, and the part of it that other pages show."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views import View

from evaluate.result.own import own_results
from portal.core.htmx import wants_fragment
from portal.topics.labels import area_labels

# How many stand in a panel beside something else.
SHOWN_BESIDE = 3


class OwnResults(LoginRequiredMixin, View):
    """Where her towns and she herself stand, with the way back into each questionnaire."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them, of the areas that were asked for or of all; htmx gets the list alone."""
        labels = area_labels()
        areas = [slug for slug in dict.fromkeys(request.GET.getlist("area")) if slug in labels]
        own = own_results(request.user, areas)
        context: dict[str, Any] = {"own": own, "areas": [labels[slug] for slug in areas]}
        name = "own_results.html"
        if wants_fragment(request):
            name = "_own_results.html"
            context |= {"own": own[:SHOWN_BESIDE], "more": len(own) - SHOWN_BESIDE}
        response = render(request, f"evaluate/result/{name}", context)
        patch_vary_headers(response, ["HX-Request"])
        return response
