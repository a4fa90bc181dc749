"""The queue of what waits for a review, and the review of one contribution."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import TemplateView

from inspire.contribution_content import overtaken
from inspire.contribution_page import section_label
from inspire.contribution_preview import preview_of
from inspire.contribution_record import content_of, contribution_record, effective_content, solution_record
from inspire.differences import differences
from inspire.forms import CommentForm, ContributionForm, ReasonForm
from inspire.models import Contribution
from inspire.permissions import can_review_contributions
from inspire.record import SolutionRecord
from inspire.services.contributions import (
    ReadAnotherVersion,
    SaysNothing,
    SolutionGone,
    StepNotPossible,
    comment_add,
    contribution_accept,
    contribution_ask_changes,
    contribution_decline,
)
from inspire.views.desk_access import person, seen_contribution
from inspire.views.desk_screen import duplicates_of
from portal.core.paging import Keyset

QUEUE = Keyset(("submitted_at", "id"), size=25)
OTHERS = Keyset(("-updated_at", "-id"), size=25)
WAITING, WITH_AUTHORS, DECIDED = "esperan", "con-sus-autores", "decididos"
_STATUSES = {
    WAITING: (Contribution.Status.SUBMITTED,),
    WITH_AUTHORS: (Contribution.Status.CHANGES_ASKED,),
    DECIDED: Contribution.DECIDED,
}
# Nobody counts further than that.
_COUNTED = 1_000


class ReviewerMixin(LoginRequiredMixin):
    """A page for those who review."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a sign-in, then for the permission."""
        if request.user.is_authenticated:
            can_review_contributions(request.user).require()
        return super().dispatch(request, *args, **kwargs)


class ReviewListView(ReviewerMixin, TemplateView):
    """What waits for a review, the longest waiting first, with the age of each."""

    template_name = "inspire/review_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Filter, count, and load one page."""
        asked = self.request.GET
        view = asked.get("ver", WAITING) if asked.get("ver") in _STATUSES else WAITING
        kind = asked.get("tipo", "")
        words = asked.get("q", "")[:200]
        rows = Contribution.objects.filter(status__in=_STATUSES[view]).titled(words).for_list()
        if kind in {"nuevos", "cambios"}:
            rows = rows.filter(is_proposal=kind == "cambios")
        order = QUEUE if view == WAITING else OTHERS
        total = rows.order_by()[: _COUNTED + 1].count()
        return super().get_context_data(
            page=order.page(rows, asked.get("cursor", "")),
            total=min(total, _COUNTED),
            has_more=total > _COUNTED,
            view=view,
            kind=kind,
            words=words,
            **kwargs,
        )


class ReviewDetailView(ReviewerMixin, View):
    """One contribution as it would look, what it changes, comments, and the decision."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show it."""
        return self._page(request, seen_contribution(request, public_id))

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Note a comment, or decide."""
        found = seen_contribution(request, public_id)
        action = request.POST.get("accion", "")
        if action == "comentar":
            return self._comment(request, found)
        if action.startswith("borrar-comentario:"):
            return self._drop_comment(found, action.partition(":")[2])
        return self._decide(request, found, action)

    def _comment(self, request: HttpRequest, found: Contribution) -> HttpResponse:
        form = CommentForm(request.POST)
        if not form.is_valid():
            return self._page(request, found, comment_form=form)
        if found.is_submitted:
            comment_add(contribution=found, author=person(request), **form.cleaned_data)
        return redirect(f"{_address(found)}#comentarios")

    def _drop_comment(self, found: Contribution, key: str) -> HttpResponse:
        rows = found.comments.filter(is_told=False)
        number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
        get_object_or_404(rows, pk=number).delete()
        return redirect(f"{_address(found)}#comentarios")

    def _decide(self, request: HttpRequest, found: Contribution, action: str) -> HttpResponse:
        form = ReasonForm(request.POST)
        decide = _DECISIONS.get(action)
        if decide is None or not form.is_valid():
            return self._page(request, found, reason_form=form)
        try:
            decide(request, found, form)
        except SaysNothing:
            said = _("Contá qué falta o por qué: escribí el mensaje o dejá al menos un comentario.")
            form.add_error("reason", said)
            return self._page(request, found, reason_form=form)
        except ReadAnotherVersion:
            messages.error(
                request,
                _("Sus autores lo cambiaron desde que abriste la página. Leelo de nuevo antes de decidir."),
            )
            return redirect(_address(found))
        except SolutionGone:
            messages.error(
                request,
                _(
                    "La solución que este aporte cambia ya no existe: no hay qué actualizar. Podés no publicarlo y "
                    "contarles a sus autores por qué."
                ),
            )
            return redirect(_address(found))
        except StepNotPossible:
            messages.error(request, _("Ya no espera revisión: alguien lo decidió o lo volvió a borrador."))
            return redirect("inspire:review-list")
        messages.success(request, _("Listo: ya les avisamos a quienes lo escribieron."))
        return redirect("inspire:review-list")

    def _page(
        self,
        request: HttpRequest,
        found: Contribution,
        *,
        comment_form: CommentForm | None = None,
        reason_form: ReasonForm | None = None,
    ) -> HttpResponse:
        content = effective_content(found)
        form = ContributionForm.checking(content, found.base_content)
        context: dict[str, Any] = {
            "contribution": found,
            "form": form,
            "comments": _comments(found),
            "steps": found.steps.select_related("actor"),
            "authors": found.authors.filter(accepted_at__isnull=False).select_related("user"),
            "comment_form": comment_form or CommentForm(),
            "reason_form": reason_form or ReasonForm(initial={"version": found.version}),
            "duplicates": duplicates_of(content, found.solution),
        }
        if form.is_valid():
            record = contribution_record(found, form.cleaned_data)
            context["solution"], context["page"] = preview_of(record)
            if found.solution is not None and found.is_open:
                before = solution_record(found.solution)
                context["differences"] = differences(before.to_json(), record.to_json())
                names = overtaken(found.content, found.base_content, content_of(before))
                context["overtaken"] = [section_label(name) for name in names if section_label(name)]
        return render(request, "inspire/review_detail.html", context)


def _accept(request: HttpRequest, found: Contribution, form: ReasonForm) -> None:
    contribution_accept(contribution=found, record_of=_record_of, actor=person(request), **form.cleaned_data)


def _record_of(held: Contribution) -> SolutionRecord:
    written = ContributionForm.checking(effective_content(held), held.base_content)
    if not written.is_valid():
        raise ReadAnotherVersion
    return contribution_record(held, written.cleaned_data)


def _ask_changes(request: HttpRequest, found: Contribution, form: ReasonForm) -> None:
    contribution_ask_changes(contribution=found, actor=person(request), **form.cleaned_data)


def _decline(request: HttpRequest, found: Contribution, form: ReasonForm) -> None:
    contribution_decline(contribution=found, actor=person(request), **form.cleaned_data)


_DECISIONS: dict[str, Callable[[HttpRequest, Contribution, ReasonForm], None]] = {
    "publicar": _accept,
    "pedir-cambios": _ask_changes,
    "no-publicar": _decline,
}


def _address(found: Contribution) -> str:
    return reverse("inspire:review-detail", args=[found.public_id])


def _comments(found: Contribution) -> list[tuple[Any, Any]]:
    rows = found.comments.select_related("author", "resolved_by")
    return [(section_label(comment.section), comment) for comment in rows]
