"""A new step of an improvement plan."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from evaluate.forms.plans import PlanStepForm
from evaluate.models import QuestionnaireVersion
from evaluate.plan.filters import OWN
from evaluate.plan.shares import share_now
from evaluate.services.plans import plan_step_add
from evaluate.views.plan_steps.starting import StepStart, step_start
from portal.accounts.affiliation import active_municipalities


class PlanStepAdd(LoginRequiredMixin, View):
    """A new step: for a criterion of a result, or by hand for a questionnaire that one chooses."""

    def get(self, request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
        """Show the form with what the result suggests."""
        start = step_start(request, public_id)
        if start is None:
            return render(request, "evaluate/plan/plan_start.html", _choices(request))
        initial: dict[str, Any] = {}
        if start.origin:
            initial |= {"title": start.origin.suggested_title, "criterion": start.origin.criterion.key}
        return self._page(request, start, _form(start, initial=initial))

    def post(self, request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
        """Add it, and show it."""
        start = step_start(request, public_id)
        if start is None:
            return redirect("evaluate:plan-step-add")
        form = _form(start, data=request.POST)
        if not form.is_valid():
            return self._page(request, start, form)
        content = form.content
        step = plan_step_add(
            user=request.user,
            questionnaire=start.questionnaire,
            municipality=start.municipality,
            content=content,
            share_then=share_now(
                questionnaire=start.questionnaire,
                municipality=start.municipality,
                user=request.user,
                criterion=content.criterion,
            ),
            inspirations=form.chosen_entries,
            is_sample=start.is_sample,
        )
        messages.success(request, _("Sumaste un paso al plan de mejora."))
        return redirect(step)

    def _page(self, request: HttpRequest, start: StepStart, form: PlanStepForm) -> HttpResponse:
        return render(request, "evaluate/plan/step_form.html", {"start": start, "form": form})


def _choices(request: HttpRequest) -> dict[str, Any]:
    """Offer the questionnaires, and the plans that are the reader's to add to."""
    return {
        "versions": QuestionnaireVersion.objects.published().without_definition().by_area(),
        "places": list(active_municipalities(request.user)),
        "own": OWN,
        "chosen": request.GET.get("cuestionario", ""),
        "whose": request.GET.get("de", ""),
    }


def _form(start: StepStart, **options: Any) -> PlanStepForm:
    entries = start.origin.entries if start.origin else []
    return PlanStepForm(criteria=start.criteria, municipality=start.municipality, entries=entries, **options)
