"""What came of an evaluation, for its own people."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from evaluate.answering.answer_list import answered_sections
from evaluate.models import Evaluation, EvaluationRun
from evaluate.permissions import can_edit_plan
from evaluate.result.building import reader_language, result_of
from evaluate.result.explanation import explanation_of
from evaluate.result.page import result_page
from evaluate.services.definitions import definition_of
from evaluate.services.states import evaluation_state
from evaluate.views.access import seen_evaluation
from portal.core.htmx import wants_fragment


class EvaluationResult(LoginRequiredMixin, View):
    """The result, or how the scoring goes while there is none; the page asks again by itself."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show where it stands; of what is being corrected, what was signed."""
        found = seen_evaluation(request, public_id)
        run = shown_run(found)
        if found.is_draft and run is None:
            return redirect(found)
        if wants_fragment(request):
            return self._progress(request, found, run)
        return render(request, "evaluate/evaluation_result.html", self._context(request, found, run))

    def _progress(self, request: HttpRequest, found: Evaluation, run: EvaluationRun | None) -> HttpResponse:
        """Answer the page's question whether it is done yet; when it is, have it loaded anew."""
        if run is not None and run.is_unfinished:
            return render(request, "evaluate/_scoring_progress.html", {"evaluation": found, "run": run})
        response = HttpResponse()
        response.headers["HX-Refresh"] = "true"
        return response

    def _context(self, request: HttpRequest, found: Evaluation, run: EvaluationRun | None) -> dict[str, Any]:
        context: dict[str, Any] = {"evaluation": found, "version": found.version, "run": run}
        if run is not None and run.is_unfinished:
            return context
        # Of what is being corrected the answers are no longer those that were signed.
        state = None if found.is_draft else evaluation_state(found)
        if state is not None:
            context["sections"] = answered_sections(found, state)
        if run is not None and run.status == EvaluationRun.Status.DONE:
            compared = request.GET.get("frente", "")
            page = result_page(found, run, state, user=request.user, compared=compared)
            can_plan = bool(can_edit_plan(request.user, found.municipality_id))
            context |= {"page": page, "result": page.result, "can_plan": can_plan}
        return context


class ResultExplanation(LoginRequiredMixin, View):
    """Every number of a result, worked out again in front of the reader."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show the work behind the run that the result shows."""
        found = seen_evaluation(request, public_id)
        run = shown_run(found)
        if run is None or run.status != EvaluationRun.Status.DONE:
            raise Http404(_("Todavía no hay un resultado que explicar."))
        result = result_of(found, run, state=None if found.is_draft else evaluation_state(found))
        explanation = explanation_of(result, definition_of(found.version), reader_language())
        context = {
            "evaluation": found,
            "version": found.version,
            "run": run,
            "result": result,
            "explanation": explanation,
        }
        return render(request, "evaluate/result/result_explanation.html", context)


def shown_run(evaluation: Evaluation) -> EvaluationRun | None:
    """Return the run that an evaluation's result shows: the last one, and of what is being corrected the last result.

    A scoring that was cancelled because the evaluation was reopened has nothing to show.
    """
    runs = evaluation.runs.exclude(status=EvaluationRun.Status.CANCELLED)
    if evaluation.is_draft:
        runs = runs.done()
    return runs.order_by("-id").first()
