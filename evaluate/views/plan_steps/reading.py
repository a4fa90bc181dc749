"""A step of an improvement plan with its history, and a search for what could inspire it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views import View

from evaluate.forms.plans import colleagues
from evaluate.models import PlanStep
from evaluate.plan.board import step_rows, with_what_a_row_shows
from portal.catalog.kinds import things_visible_to
from portal.catalog.models import Entry

SHOWN_FOUND = 8


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


def _found(step: PlanStep, wanted: str, user: Any) -> list[Entry]:
    """Search the catalogue for what could inspire a step, without what does already."""
    if not wanted:
        return []
    chosen = [entry.pk for entry in step.visible_inspirations]
    return list(things_visible_to(user).exclude(pk__in=chosen).matching(wanted)[:SHOWN_FOUND])
