"""Results that municipalities made public: a page for each, and their list."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views import View

from evaluate.entries import RESULT_KIND, public_runs
from evaluate.models import Evaluation, Questionnaire, QuestionnaireVersion
from evaluate.result.building import public_result_of
from evaluate.result.explanation import method_text
from evaluate.result.page import figures_of, is_long
from portal.catalog.models import Entry
from portal.core.paging import Keyset
from portal.places.models import Municipality

MAX_ID_DIGITS = 9
NOTHING_PUBLIC = _("No hay un resultado público en esta dirección: quizás el municipio lo retiró.")
RESULTS = Keyset(("-published_at", "-id"), size=30)


class PublishedResultDetail(View):
    """A municipality's result as everybody may read it, while the municipality says so."""

    is_public_page = True
    is_shared_page = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show the last result that was signed; without names, and without anything that people wrote."""
        run = public_runs().filter(evaluation__public_id=public_id).first()
        if run is None:
            raise Http404(NOTHING_PUBLIC)
        result = public_result_of(run.evaluation, run)
        context = {
            "evaluation": run.evaluation,
            "version": run.evaluation.version,
            "signed_at": run.signed_at,
            "result": result,
            "figures": figures_of(result),
            "is_long": is_long(result),
            "method_text": method_text(result.method),
            "entry": Entry.objects.of_kind(RESULT_KIND)
            .filter(object_id=run.evaluation_id)
            .defer("body", "search")
            .first(),
        }
        return render(request, "evaluate/result/published_result_detail.html", context)


class PublishedResultList(View):
    """All public results, of one questionnaire or of one municipality if the reader wants."""

    is_public_page = True
    is_shared_page = True

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show a page of them, the latest published first."""
        found = Evaluation.objects.published().with_questionnaire().select_related("municipality__country")
        questionnaire, municipality = _questionnaire(request), _municipality(request)
        if questionnaire is not None:
            found = found.filter(questionnaire=questionnaire)
        if municipality is not None:
            found = found.filter(municipality=municipality)
        page = RESULTS.page(found.with_last_result(), request.GET.get("cursor", ""))
        context: dict[str, Any] = {
            "page": page,
            "questionnaire": questionnaire,
            "municipality": municipality,
            "versions": QuestionnaireVersion.objects.published()
            .without_definition()
            .filter(questionnaire__in=Evaluation.objects.published().values("questionnaire"))
            .by_area(),
        }
        return render(request, "evaluate/result/published_result_list.html", context)


def _questionnaire(request: HttpRequest) -> Questionnaire | None:
    slug = request.GET.get("cuestionario", "")[:100].replace("\0", "?")
    return get_object_or_404(Questionnaire, slug=slug) if slug else None


def _municipality(request: HttpRequest) -> Municipality | None:
    asked = request.GET.get("municipio", "")
    if not asked:
        return None
    if not asked.isdecimal() or len(asked) > MAX_ID_DIGITS:
        raise Http404(_("No hay un municipio con ese número."))
    return get_object_or_404(Municipality, pk=int(asked))
