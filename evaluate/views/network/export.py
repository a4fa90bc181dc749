"""The anonymised answers of the network as a file."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from evaluate.exporting.files import CSV, ENDINGS, file_response
from evaluate.exporting.responses import Responses
from evaluate.exporting.shapes import Wording, long_rows, long_titles, wide_rows, wide_titles
from evaluate.models import Questionnaire
from evaluate.services.network_exports import network_export_record
from evaluate.views.network.pages import NetworkPage

WIDE, LONG = "ancho", "largo"


class NetworkExport(NetworkPage):
    """Says what is in the file and what is not, and sends it when asked to."""

    template_name = "evaluate/network/network_export.html"
    tab = "evaluate:network-export"
    http_method_names = ["get", "head", "post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Record who takes what, then send it.

        Filters by place are left out: two files of overlapping places would tell more than either.
        """
        self.chosen = replace(self.chosen, province="", band=None)
        ending = request.POST.get("formato", "")
        ending = ending if ending in ENDINGS else CSV
        if request.POST.get("forma") == LONG:
            return self._long(request, ending)
        return self._wide(request, ending)

    def _wide(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        found = Questionnaire.objects.filter(slug=self.chosen.questionnaire).first()
        if found is None:
            messages.error(request, _("Elegí de qué cuestionario querés las respuestas y probá de nuevo."))
            return redirect("evaluate:network-export")
        responses = Responses(self.chosen, found.pk)
        if not responses:
            messages.warning(
                request,
                _(
                    "Hay menos de cinco municipios con un resultado de la misma versión que no sea público: con tan "
                    "pocos el archivo no sería anónimo. Probá con otro cuestionario, o más adelante."
                ),
            )
            return redirect("evaluate:network-export")
        network_export_record(
            user=request.user, shape=WIDE, ending=ending, questionnaire=found.slug, responses=len(responses)
        )
        wording = Wording(responses.versions)
        return file_response(found.slug, ending, wide_titles(wording), wide_rows(responses, wording))

    def _long(self, request: HttpRequest, ending: str) -> HttpResponseBase:
        """One questionnaire after the other, so that only one at a time is held."""
        keys = list(self.chosen.questionnaires.order_by("slug").values_list("slug", "pk"))
        count = self.chosen.results.count()
        network_export_record(
            user=request.user,
            shape=LONG,
            ending=ending,
            questionnaire=self.chosen.questionnaire,
            responses=count,
        )
        rows = long_rows(self._each(keys))
        return file_response("respuestas", ending, long_titles(), rows)

    def _each(self, keys: list[tuple[str, int]]) -> Iterator[tuple[str, Responses]]:
        for slug, key in keys:
            responses = Responses(self.chosen, key)
            if responses:
                yield slug, responses
