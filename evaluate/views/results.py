"""What came of an evaluation."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views import View

from evaluate.answer_list import answered_sections
from evaluate.models import Evaluation, EvaluationRun
from evaluate.result_page import ResultPage
from evaluate.services.states import evaluation_state
from evaluate.views.access import seen_evaluation
from portal.core.htmx import wants_fragment


class EvaluationResult(LoginRequiredMixin, View):
    """The result, or how the scoring goes while there is none; the page asks again by itself."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show where it stands."""
        found = seen_evaluation(request, public_id)
        if found.is_draft:
            return redirect(found)
        run = found.runs.order_by("-id").first()
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
        state = evaluation_state(found)
        context["sections"] = answered_sections(found, state)
        if run is not None and run.status == EvaluationRun.Status.DONE:
            page = ResultPage(found, run, state)
            context |= {"result": page, "suggestions": page.suggestions(request.user)}
        return context
