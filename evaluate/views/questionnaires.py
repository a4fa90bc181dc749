"""The questionnaires that one can answer, and beginning one."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import get_language
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, ListView

from evaluate.models import Evaluation, Questionnaire, QuestionnaireVersion
from evaluate.permissions import can_start_evaluation
from evaluate.questionnaire_shelf import Shelf
from evaluate.services.answering import evaluation_start
from evaluate.services.definitions import definition_of
from evaluate.teamwork.standing import Standing, earlier_of
from portal.accounts.affiliation import active_municipalities
from portal.places.models import Municipality

MAX_ID_DIGITS = 18
MAX_QUERY = 200


class QuestionnaireList(ListView):
    """All questionnaires that take answers, by area, and what the reader and her town have of each."""

    is_public_page = True
    template_name = "evaluate/questionnaire_list.html"
    context_object_name = "versions"

    def get_queryset(self) -> Any:
        """The versions in force, without their questions."""
        return QuestionnaireVersion.objects.open().without_definition().by_area()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Narrow them to what was looked for, and add the reader's own evaluations."""
        context = super().get_context_data(**kwargs)
        user = self.request.user
        standing = Standing(user) if user.is_authenticated else None
        shelf = Shelf(
            list(context["versions"]),
            query=self.request.GET.get("q", "")[:MAX_QUERY],
            area=self.request.GET.get("area", ""),
            standing=standing,
        )
        return context | {"shelf": shelf, "versions": shelf.found, "standing": standing}


class QuestionnaireDetail(DetailView):
    """What a questionnaire is about, its sections, and where to begin."""

    is_public_page = True
    template_name = "evaluate/questionnaire_detail.html"
    context_object_name = "version"

    def get_object(self, queryset: Any = None) -> QuestionnaireVersion:
        """The version in force, also of a questionnaire that takes no new answers."""
        versions = QuestionnaireVersion.objects.published().select_related("questionnaire__area")
        return get_object_or_404(versions, questionnaire__slug=self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the sections in the reader's language, and for whom she may begin."""
        context = super().get_context_data(**kwargs)
        definition = definition_of(self.object)
        language = (get_language() or "es").split("-")[0]
        context["intro"] = filter(None, definition.text(definition.intro, language).split("\n\n"))
        context["sections"] = [
            {"label": definition.text(section.label, language), "count": _asked_in(section)}
            for section in definition.sections
        ]
        context["levels"] = [definition.text(texts, language) for texts in definition.level_names]
        if self.request.user.is_authenticated:
            context |= _beginnings(self.request.user, self.object.questionnaire)
            context["earlier"] = earlier_of(self.request.user, self.object.questionnaire_id)
        return context


@login_required
@require_POST
def evaluation_start_view(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a questionnaire, or go on with the one already begun."""
    questionnaire = get_object_or_404(Questionnaire, slug=slug)
    municipality = _chosen_municipality(request)
    can_start_evaluation(request.user, questionnaire, municipality).require()
    try:
        evaluation, _is_new = evaluation_start(
            user=request.user, questionnaire=questionnaire, municipality=municipality
        )
    except ValidationError as error:
        raise PermissionDenied(error.messages[0]) from error
    return redirect(evaluation)


def _chosen_municipality(request: HttpRequest) -> Municipality | None:
    chosen = request.POST.get("municipality", "")
    if not chosen:
        return None
    if not chosen.isdecimal() or len(chosen) > MAX_ID_DIGITS:
        raise Http404
    return get_object_or_404(Municipality, pk=chosen)


def _beginnings(user: Any, questionnaire: Questionnaire) -> dict[str, Any]:
    """Say for whom she may begin, and what is already begun there."""
    open_ones = {
        evaluation.municipality_id: evaluation
        for evaluation in Evaluation.objects.answerable_by(user)
        .in_progress()
        .filter(questionnaire=questionnaire)
        .select_related("municipality")
    }
    return {
        "decision": can_start_evaluation(user, questionnaire),
        "municipalities": [
            (municipality, open_ones.get(municipality.pk)) for municipality in active_municipalities(user)
        ],
        "personal": open_ones.get(None),
    }


def _asked_in(section: Any) -> int:
    return sum(getattr(item, "is_answerable", False) for item in _inside(section.items))


def _inside(items: Any) -> Any:
    for item in items:
        yield item
        yield from _inside(getattr(item, "items", ()))
