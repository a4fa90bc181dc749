"""Changing what a step of an improvement plan says, and moving it to another status."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from evaluate.forms.plans import PlanStepForm, StatusForm
from evaluate.models import PlanStep
from evaluate.plan.criteria import criterion_names, shown_version
from evaluate.plan.shares import share_now
from evaluate.services.plans import StepChangedMeanwhile, plan_step_change, plan_step_move, step_mark
from evaluate.views.plan_steps.access import editable_step


class PlanStepEdit(LoginRequiredMixin, View):
    """Changing what a step says."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show the form as the step is."""
        step = editable_step(request, public_id)
        return self._page(request, step, _edit_form(step))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Write it; what a colleague changed meanwhile is shown before it is overwritten."""
        step = editable_step(request, public_id)
        form = _edit_form(step, data=request.POST)
        if not form.is_valid():
            return self._page(request, step, form)
        content = form.content
        share = share_now(
            questionnaire=step.questionnaire,
            municipality=step.municipality,
            user=request.user,
            criterion=content.criterion,
        )
        try:
            plan_step_change(
                user=request.user,
                step=step,
                content=content,
                held=form.cleaned_data["held"],
                share_now=share,
            )
        except StepChangedMeanwhile as problem:
            return self._conflict(request, problem.step)
        messages.success(request, _("Guardaste los cambios."))
        return redirect(step)

    def _conflict(self, request: HttpRequest, step: PlanStep) -> HttpResponse:
        """Show what both wrote; sent once more, the writer's takes the place of the other's."""
        data = request.POST.copy()
        data["held"] = step_mark(step)
        form = _edit_form(step, data=data)
        form.is_valid()
        form.add_error(
            None,
            _(
                "Alguien cambió este paso mientras lo editabas: arriba está lo suyo y abajo lo tuyo. "
                "Si guardás otra vez, queda lo tuyo."
            ),
        )
        return self._page(request, step, form, other=step)

    def _page(
        self, request: HttpRequest, step: PlanStep, form: PlanStepForm, other: PlanStep | None = None
    ) -> HttpResponse:
        return render(request, "evaluate/plan/step_form.html", {"step": step, "form": form, "other": other})


@login_required
@require_POST
def plan_step_move_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Move a step to another status."""
    step = editable_step(request, public_id)
    form = StatusForm(request.POST)
    if form.is_valid():
        plan_step_move(
            user=request.user, step=step, status=form.cleaned_data["estado"], note=form.cleaned_data["nota"]
        )
        messages.success(request, _("Anotamos el cambio de estado."))
    else:
        messages.error(
            request, _("No cambiamos nada: elegí un estado de la lista y escribí a lo sumo 300 caracteres.")
        )
    return redirect(step)


def _edit_form(step: PlanStep, **options: Any) -> PlanStepForm:
    version = shown_version(step.questionnaire)
    initial = {
        "title": step.title,
        "criterion": step.criterion,
        "responsible": step.responsible_id,
        "due_on": step.due_on,
        "notes": step.notes,
        "held": step_mark(step),
    }
    return PlanStepForm(
        criteria=criterion_names(version) if version else [],
        municipality=step.municipality,
        step=step,
        initial=initial,
        **options,
    )
