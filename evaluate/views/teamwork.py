"""The home of a municipality's evaluation, who takes which section, and reminders."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views import View
from django.views.decorators.http import require_POST

from evaluate.answering.section_navigation import first_unfinished
from evaluate.models import Evaluation
from evaluate.permissions import can_answer_evaluation, can_assign_sections
from evaluate.services.assignments import (
    Assigned,
    Pair,
    reminder_send,
    section_set_ready,
    sections_assign,
)
from evaluate.services.states import evaluation_state
from evaluate.services.team import people_with_sections
from evaluate.teamwork.assigning import AssigningPage, posted_pairs
from evaluate.teamwork.home import EvaluationHome
from evaluate.views.access import held_evaluation, seen_evaluation

MAX_QUERY = 200


@login_required
def evaluation(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Show how far a municipality's evaluation is; lead a person on in her own self-check."""
    found = seen_evaluation(request, public_id)
    if found.is_personal:
        return _lead_on(request, found)
    home = EvaluationHome(found, request.user)
    context = {"evaluation": found, "version": found.version, "home": home}
    return render(request, "evaluate/evaluation_home.html", context)


def _lead_on(request: HttpRequest, found: Evaluation) -> HttpResponse:
    if not found.is_draft:
        return redirect("evaluate:evaluation-result", public_id=found.public_id)
    section = first_unfinished(evaluation_state(found, user=request.user))
    if not section:
        return redirect("evaluate:evaluation-review", public_id=found.public_id)
    return redirect("evaluate:evaluation-answer", public_id=found.public_id, section=section)


class SectionAssign(LoginRequiredMixin, View):
    """Who takes which section, all at once; `?seccion=` shows one of them."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show who has what."""
        found = seen_evaluation(request, public_id)
        can_assign_sections(request.user, found).require()
        return self._page(request, found, request.GET)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Save what was ticked and unticked since the page was made; looking for somebody keeps the ticks."""
        if request.POST.get("accion") == "buscar":
            found = seen_evaluation(request, public_id)
            can_assign_sections(request.user, found).require()
            ticked = posted_pairs(found, request.POST.getlist("elegida"))
            return self._page(request, found, request.POST, ticked)
        with transaction.atomic():
            found = held_evaluation(request, public_id)
            can_assign_sections(request.user, found).require()
            shown = posted_pairs(found, request.POST.getlist("mostrada"))
            ticked = posted_pairs(found, request.POST.getlist("elegida"))
            outcome = sections_assign(
                evaluation=found, user=request.user, added=ticked - shown, removed=shown - ticked
            )
        _say_what_was_assigned(request, outcome)
        return redirect("evaluate:evaluation", public_id=public_id)

    def _page(
        self, request: HttpRequest, found: Evaluation, fields: Any, ticked: set[Pair] | None = None
    ) -> HttpResponse:
        page = AssigningPage(
            found, query=fields.get("q", "")[:MAX_QUERY], ticked=ticked, only=fields.get("seccion", "")
        )
        context = {"evaluation": found, "version": found.version, "page": page}
        return render(request, "evaluate/sections_assign.html", context)


@login_required
@require_POST
def section_ready(request: HttpRequest, public_id: UUID, section: str) -> HttpResponse:
    """Mark one's own section as ready, or take that back."""
    return mark_ready(request, public_id, section, is_ready=request.POST.get("lista") != "no")


def mark_ready(request: HttpRequest, public_id: UUID, section: str, *, is_ready: bool = True) -> HttpResponse:
    """Mark the reader's own section as ready or not, and lead to the evaluation's home."""
    with transaction.atomic():
        found = held_evaluation(request, public_id)
        has_it = section_set_ready(evaluation=found, user=request.user, section=section, is_ready=is_ready)
    if not has_it:
        raise Http404
    if is_ready:
        messages.success(request, _("Marcaste la sección como lista. Podés volver a abrirla cuando quieras."))
    else:
        messages.success(request, _("La sección vuelve a figurar como pendiente."))
    return redirect("evaluate:evaluation", public_id=public_id)


@login_required
@require_POST
def reminder(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Remind a colleague of her sections, at most once a day."""
    found = seen_evaluation(request, public_id)
    can_answer_evaluation(request.user, found).require()
    can_assign_sections(request.user, found).require()
    person = get_object_or_404(people_with_sections(found), public_id=_uuid(request.POST.get("persona", "")))
    if reminder_send(evaluation=found, person=person):
        messages.success(request, _("Le mandamos un aviso a %(person)s.") % {"person": person})
    else:
        messages.info(
            request,
            _("Hoy ya le mandamos un recordatorio a %(person)s. Mañana se le puede mandar otro.")
            % {"person": person},
        )
    page = "evaluation-review" if request.POST.get("vuelta") == "revisar" else "evaluation"
    return redirect(f"evaluate:{page}", public_id=public_id)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _say_what_was_assigned(request: HttpRequest, outcome: Assigned) -> None:
    """Say what changed, and who got nothing because she left meanwhile."""
    if outcome.added:
        text = ngettext(
            "Asignaste %(count)s sección y avisamos a quien le toca.",
            "Asignaste %(count)s secciones y avisamos a quienes les tocan.",
            outcome.added,
        )
        messages.success(request, text % {"count": outcome.added})
    if outcome.removed:
        text = ngettext("Quitaste %(count)s asignación.", "Quitaste %(count)s asignaciones.", outcome.removed)
        messages.success(request, text % {"count": outcome.removed})
    for name in outcome.refused:
        messages.error(
            request,
            _("%(person)s ya no figura en el municipio: no le asignamos nada. Elegí a otra persona.")
            % {"person": name},
        )
    if not (outcome.added or outcome.removed or outcome.refused):
        messages.info(request, _("No cambió nada: las secciones quedaron como estaban."))
