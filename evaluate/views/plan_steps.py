"""One step of an improvement plan: adding, reading, changing and moving it, and what inspires it."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from evaluate.forms.plans import PlanStepForm, StatusForm, colleagues
from evaluate.models import Evaluation, PlanStep, Questionnaire, QuestionnaireVersion
from evaluate.permissions import can_edit_plan, can_edit_plan_step
from evaluate.plan.board import step_rows, with_what_a_row_shows
from evaluate.plan.criteria import CriterionName, criterion_names, shown_version
from evaluate.plan.filters import MAX_ID_DIGITS, OWN
from evaluate.plan.origin import StepOrigin, step_origin
from evaluate.plan.shares import share_now
from evaluate.services.plans import (
    StepChangedMeanwhile,
    inspiration_add,
    inspiration_remove,
    plan_step_add,
    plan_step_change,
    plan_step_move,
    step_mark,
)
from evaluate.views.access import seen_evaluation
from portal.accounts.affiliation import active_municipalities
from portal.catalog.models import Entry
from portal.places.models import Municipality

SHOWN_FOUND = 8
SHOWN_SIBLINGS = 3


@dataclass(frozen=True)
class StepStart:
    """What a new step belongs to, and the criterion it begins with."""

    questionnaire: Questionnaire
    version: QuestionnaireVersion
    municipality: Municipality | None
    owner: Any
    is_sample: bool
    origin: StepOrigin | None = None
    evaluation: Evaluation | None = None

    @property
    def criteria(self) -> list[CriterionName]:
        """The criteria to choose from."""
        return criterion_names(self.version)

    @property
    def siblings(self) -> list[PlanStep]:
        """The steps that the plan has already for the criterion."""
        if self.origin is None:
            return []
        plan = PlanStep.objects.filter(questionnaire=self.questionnaire, municipality=self.municipality)
        if self.municipality is None:
            plan = plan.filter(owner=self.owner)
        same = plan.filter(criterion=self.origin.criterion.key)
        return list(same.exclude(status=PlanStep.Status.DROPPED)[:SHOWN_SIBLINGS])


class PlanStepAdd(LoginRequiredMixin, View):
    """A new step: for a criterion of a result, or by hand for a questionnaire that one chooses."""

    def get(self, request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
        """Show the form with what the result suggests."""
        start = _start(request, public_id)
        if start is None:
            return render(request, "evaluate/plan/plan_start.html", _choices(request))
        initial: dict[str, Any] = {}
        if start.origin:
            initial |= {"title": start.origin.suggested_title, "criterion": start.origin.criterion.key}
        return self._page(request, start, _form(start, initial=initial))

    def post(self, request: HttpRequest, public_id: UUID | None = None) -> HttpResponse:
        """Add it, and show it."""
        start = _start(request, public_id)
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


class PlanStepDetail(LoginRequiredMixin, View):
    """A step with its history, and a search for what could inspire it."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show it."""
        steps = with_what_a_row_shows(PlanStep.objects.visible_to(request.user), request.user)
        step = get_object_or_404(steps, public_id=public_id)
        wanted = request.GET.get("q", "").replace("\0", "").strip()[:200]
        context = {
            "row": step_rows([step], request.user, timezone.localdate())[0],
            "step": step,
            "responsible_left": bool(
                step.responsible
                and step.municipality
                and not colleagues(step.municipality).filter(pk=step.responsible_id).exists()
            ),
            "changes": step.changes.select_related("actor"),
            "statuses": [each for each in PlanStep.Status.choices if each[0] != step.status],
            "wanted": wanted,
            "found": _found(step, wanted, request.user),
        }
        return render(request, "evaluate/plan/step_detail.html", context)


class PlanStepEdit(LoginRequiredMixin, View):
    """Changing what a step says."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show the form as the step is."""
        step = _editable(request, public_id)
        return self._page(request, step, _edit_form(step))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Write it; what a colleague changed meanwhile is shown before it is overwritten."""
        step = _editable(request, public_id)
        form = _edit_form(step, data=request.POST)
        if not form.is_valid():
            return self._page(request, step, form)
        try:
            plan_step_change(
                user=request.user, step=step, content=form.content, held=form.cleaned_data["held"]
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
    step = _editable(request, public_id)
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


@login_required
@require_POST
def inspiration_view(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Add a thing of the catalogue to what inspires a step, or take it away."""
    step = _editable(request, public_id)
    entry = _visible_entry(request)
    if request.POST.get("accion") == "quitar":
        inspiration_remove(step=step, entry=entry)
        messages.success(request, _("Quitaste la inspiración."))
        return redirect(f"{step.get_absolute_url()}#inspiraciones")
    try:
        inspiration_add(step=step, entry=entry)
        messages.success(request, _("Sumaste la inspiración."))
    except ValidationError as problem:
        messages.error(request, problem.messages[0])
    return redirect(f"{step.get_absolute_url()}#inspiraciones")


def _editable(request: HttpRequest, public_id: UUID) -> PlanStep:
    """Return a step to change, where the reader may.

    Raises:
        Http404: it does not exist, or it is somebody else's.
        PermissionDenied: the reader may only look.
    """
    steps = PlanStep.objects.visible_to(request.user).select_related("questionnaire", "municipality")
    step = get_object_or_404(steps, public_id=public_id)
    can_edit_plan_step(request.user, step).require()
    return step


def _visible_entry(request: HttpRequest) -> Entry:
    key = request.POST.get("entrada", "")
    if not (key.isascii() and key.isdecimal()) or len(key) > MAX_ID_DIGITS:
        raise Http404
    return get_object_or_404(Entry.objects.visible_to(request.user), pk=int(key))


def _found(step: PlanStep, wanted: str, user: Any) -> list[Entry]:
    """Search the catalogue for what could inspire a step, without what does already."""
    if not wanted:
        return []
    chosen = [entry.pk for entry in step.visible_inspirations]
    return list(Entry.objects.visible_to(user).exclude(pk__in=chosen).matching(wanted)[:SHOWN_FOUND])


def _start(request: HttpRequest, public_id: UUID | None) -> StepStart | None:
    """Say what the new step belongs to; None where the reader has still to choose.

    Raises:
        PermissionDenied: it would go into a plan that is not hers to change.
    """
    if public_id is None:
        return _start_by_hand(request)
    evaluation = seen_evaluation(request, public_id)
    can_edit_plan(request.user, evaluation.municipality_id).require()
    return StepStart(
        questionnaire=evaluation.questionnaire,
        version=evaluation.version,
        municipality=evaluation.municipality,
        owner=request.user,
        is_sample=evaluation.is_sample,
        origin=step_origin(evaluation, request.GET.get("criterio", "")[:300], request.user),
        evaluation=evaluation,
    )


def _start_by_hand(request: HttpRequest) -> StepStart | None:
    slug = request.GET.get("cuestionario", "")[:80].replace("\0", "")
    questionnaire = Questionnaire.objects.filter(slug=slug).select_related("area").first() if slug else None
    version = shown_version(questionnaire) if questionnaire else None
    whose = request.GET.get("de", "")
    if questionnaire is None or version is None or not whose:
        return None
    municipality = None if whose == OWN else _municipality(whose)
    can_edit_plan(request.user, municipality).require()
    user: Any = request.user
    return StepStart(questionnaire, version, municipality, user, is_sample=user.is_sample)


def _municipality(key: str) -> Municipality:
    if not (key.isascii() and key.isdecimal()) or len(key) > MAX_ID_DIGITS:
        raise Http404
    return get_object_or_404(Municipality, pk=int(key))


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
