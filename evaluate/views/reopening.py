"""Opening a signed evaluation again."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View

from evaluate.forms.reopening import ReopenForm
from evaluate.models import Evaluation
from evaluate.permissions import can_reopen_evaluation
from evaluate.services.reopening import CannotReopen, evaluation_reopen
from evaluate.views.access import seen_evaluation


class EvaluationReopen(LoginRequiredMixin, View):
    """What reopening means, and the reason for it."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Ask why."""
        found = seen_evaluation(request, public_id)
        if found.is_reopened:
            return redirect("evaluate:evaluation", public_id=public_id)
        can_reopen_evaluation(request.user, found).require()
        return self._page(request, found, ReopenForm())

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Open it; where that cannot be, say why and keep the reason that was typed."""
        found = seen_evaluation(request, public_id)
        if found.is_reopened:
            messages.info(
                request, _("Esta autoevaluación ya está abierta: quizás la reabrió otra persona recién.")
            )
            return redirect("evaluate:evaluation", public_id=public_id)
        can_reopen_evaluation(request.user, found).require()
        form = ReopenForm(request.POST)
        if not form.is_valid():
            return self._page(request, found, form)
        try:
            evaluation_reopen(evaluation=found, user=request.user, reason=form.cleaned_data["reason"])
        except CannotReopen as problem:
            form.add_error(None, problem.message)
            return self._page(request, found, form, other=problem.other)
        messages.success(
            request, _("La autoevaluación está abierta de nuevo. Avisamos a quienes la responden.")
        )
        return redirect("evaluate:evaluation", public_id=public_id)

    def _page(
        self, request: HttpRequest, found: Evaluation, form: ReopenForm, other: Evaluation | None = None
    ) -> HttpResponse:
        context = {"evaluation": found, "version": found.version, "form": form, "other": other}
        return render(request, "evaluate/evaluation_reopen.html", context)
