"""Writing for the library on one screen, saved as one types."""

from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.decorators.http import require_POST

from inspire.contribution_content import FIELDS, mark_of
from inspire.contribution_page import in_words, rough_completeness
from inspire.contribution_record import content_of, solution_record
from inspire.forms import ContributionForm
from inspire.forms.contribution import HELD
from inspire.models import Contribution
from inspire.permissions import can_edit_contribution, can_write_contribution
from inspire.services.contributions import Saved, StepNotPossible, contribution_save
from inspire.views.desk_access import (
    NEW,
    SOLUTION,
    changed_solution,
    own_contribution,
    own_or_new_contribution,
)
from inspire.views.desk_actions import Outcome, perform
from inspire.views.desk_screen import screen_context
from portal.accounts.affiliation import affiliation

_NOT_KEPT = gettext_lazy(
    "El aporte se envió o se decidió mientras escribías: lo último no se guardó. Si lo necesitás, volvé atrás en el "
    "navegador y copialo."
)


class ContributionCreateView(LoginRequiredMixin, View):
    """An empty screen, or one with what a published solution says; nothing is kept until something is typed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show it; whoever has begun to change this solution goes on with that."""
        can_write_contribution(request.user).require()
        solution = changed_solution(request, request.GET.get(SOLUTION, ""))
        if solution is not None:
            begun = Contribution.objects.written_by(request.user).open().filter(solution=solution).first()
            if begun is not None:
                return redirect("inspire:contribution-edit", public_id=begun.public_id)
        content = content_of(solution_record(solution)) if solution else {}
        form = ContributionForm.showing(content or _own_place(request))
        context = screen_context(request, None, form, content, solution=solution)
        context |= {"public_id": uuid4(), "is_new": True, "new_name": NEW, "solution_name": SOLUTION}
        return render(request, "inspire/contribution_form.html", context)


class ContributionEditView(LoginRequiredMixin, View):
    """The screen of a contribution; as an ordinary form it keeps everything and does what its button says."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show what was typed so far."""
        found = own_contribution(request, public_id)
        if not found.is_editable:
            return redirect(found)
        return self._page(request, found, ContributionForm.showing(found.content))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Keep it, then act."""
        found = own_or_new_contribution(request, public_id)
        can_edit_contribution(request.user, found).require()
        try:
            saved = _save(request, found)
            if saved.refused:
                return self._page_with_refused(request, saved)
            outcome = perform(request, saved.contribution, saved.conflicts)
        except StepNotPossible:
            messages.error(request, _NOT_KEPT)
            return redirect(found)
        if outcome.address and not saved.conflicts:
            return redirect(outcome.address)
        if saved.conflicts:
            messages.warning(request, _("Otra persona cambió lo mismo que vos: mirá los campos marcados."))
        return self._page(request, saved.contribution, outcome.form, outcome, saved.conflicts)

    def _page_with_refused(self, request: HttpRequest, saved: Saved) -> HttpResponse:
        """Show what was too long to be kept where it was typed; the button waits until it is shorter."""
        messages.error(request, _("Algo es demasiado largo y no se guardó: mirá los campos marcados."))
        found, sent = saved.contribution, ContributionForm.read(request.POST)
        form = ContributionForm.showing(found.content | {name: sent[name] for name in saved.refused})
        context = screen_context(
            request, found, form, found.content, conflicts=saved.conflicts, refused=saved.refused
        )
        return render(request, "inspire/contribution_form.html", context)

    def _page(
        self,
        request: HttpRequest,
        found: Contribution,
        form: ContributionForm | None,
        outcome: Outcome | None = None,
        conflicts: dict[str, Any] | None = None,
    ) -> HttpResponse:
        shown = form or ContributionForm.showing(found.content)
        context = screen_context(request, found, shown, found.content, outcome=outcome, conflicts=conflicts)
        return render(request, "inspire/contribution_form.html", context)


@require_POST
def contribution_autosave(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Keep the fields that changed, and answer with what the page must know: the time, the marks, the conflicts.

    Someone whose session has ended is told so: a page to sign in would look like a saved text.
    """
    if not request.user.is_authenticated:
        return HttpResponse(status=HTTPStatus.UNAUTHORIZED)
    found = own_or_new_contribution(request, public_id)
    decision = can_edit_contribution(request.user, found)
    if not decision:
        return JsonResponse({"error": str(decision.reason)}, status=HTTPStatus.CONFLICT)
    try:
        saved = _save(request, found)
    except StepNotPossible:
        return JsonResponse({"error": str(_NOT_KEPT)}, status=HTTPStatus.CONFLICT)
    content = saved.contribution.content
    completeness = rough_completeness(content, found.files.all())
    return JsonResponse(
        {
            "saved": _("Guardado %(time)s") % {"time": date_format(timezone.localtime(), "H:i")},
            "address": reverse("inspire:contribution-edit", args=[public_id]),
            "marks": {name: mark_of(content.get(name)) for name in FIELDS if f"{HELD}{name}" in request.POST},
            "conflicts": [_conflict(name, saved) for name in saved.conflicts],
            "refused": saved.refused,
            "completeness": render_to_string(
                "inspire/_contribution_completeness.html", {"completeness": completeness}, request
            ),
        }
    )


def _own_place(request: HttpRequest) -> dict[str, Any]:
    """Return the municipality of somebody who works in one, which is where most of what she tells happened."""
    places = list(affiliation(request.user))
    return {"municipality": {"choice": str(places[0])}} if len(places) == 1 else {}


def _save(request: HttpRequest, found: Contribution) -> Saved:
    sent = ContributionForm.read(request.POST)
    held = {name: request.POST[f"{HELD}{name}"] for name in sent}
    return contribution_save(contribution=found, sent=sent, held=held)


def _conflict(name: str, saved: Saved) -> dict[str, Any]:
    """Say what a co-author wrote; a text can be taken over in the page, anything else by loading it anew."""
    theirs = saved.contribution.content.get(name, "")
    return {
        "name": name,
        "theirs": in_words(theirs),
        "value": theirs if isinstance(theirs, str) else None,
        "mark": mark_of(theirs),
    }
