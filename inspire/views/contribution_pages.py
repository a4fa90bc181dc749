"""Around the screen: one's own contributions, how each stands, invitations, the criteria, and what is alike."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from django.views.generic import TemplateView

from inspire.contribution_page import section_label, status_help
from inspire.contribution_preview import preview_of
from inspire.contribution_record import contribution_record, effective_content
from inspire.forms import ContributionForm
from inspire.models import Contribution, ContributionAuthor, Solution
from inspire.permissions import can_review_contributions
from inspire.services.contributions import (
    StepNotPossible,
    author_accept,
    author_leave,
    contribution_reopen,
    contribution_take_back,
    contribution_withdraw,
)
from inspire.views.desk_access import own_contribution, person, seen_contribution, sees_library
from inspire.views.desk_screen import duplicates_of
from portal.core.htmx import FragmentMixin
from portal.core.paging import Keyset

_NO_LONGER_ASKED = gettext_lazy(
    "Esa invitación ya no está abierta: el aporte se decidió o se retiró, o cambiaron quiénes lo escriben."
)
OWN = Keyset(("-updated_at", "-id"), size=20)


class ContributionListView(LoginRequiredMixin, TemplateView):
    """What a person writes, what she was invited to, and what to do next with each."""

    template_name = "inspire/contribution_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Load one page of hers, the last touched first."""
        rows = Contribution.objects.written_by(self.request.user).for_list()
        page = OWN.page(rows, self.request.GET.get("cursor", ""))
        invitations = ContributionAuthor.objects.filter(
            user=person(self.request),
            accepted_at__isnull=True,
            left_at__isnull=True,
            contribution__in=Contribution.objects.open(),
        ).select_related("contribution", "invited_by")
        return super().get_context_data(
            page=page,
            rows=[(row, status_help(row)) for row in page.rows],
            invitations=list(invitations[:20]),
            may_review=bool(can_review_contributions(self.request.user)),
            **kwargs,
        )


class ContributionDetailView(LoginRequiredMixin, View):
    """How a contribution stands: its steps, what reviewers said, and the page that it would become."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show it."""
        found = seen_contribution(request, public_id)
        with_library = sees_library(request, found)
        content = effective_content(found, with_library=with_library)
        form = ContributionForm.checking(content, found.base_content)
        solution, page = None, None
        if form.is_valid():
            record = contribution_record(found, form.cleaned_data, with_library=with_library)
            solution, page = preview_of(record)
        comments = found.comments.filter(is_told=True).select_related("author", "resolved_by")
        context = {
            "contribution": found,
            "status_help": status_help(found),
            "form": form,
            "solution": solution,
            "page": page,
            "steps": found.steps.select_related("actor"),
            "comments": [(section_label(comment.section), comment) for comment in comments],
            "is_own": found.is_written_by(request.user),
            "may_review": bool(can_review_contributions(request.user)),
        }
        return render(request, "inspire/contribution_detail.html", context)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Take a step that is its authors' own."""
        found = own_contribution(request, public_id)
        act = {
            "a-borrador": contribution_take_back,
            "retirar": contribution_withdraw,
            "reabrir": contribution_reopen,
        }.get(request.POST.get("accion", ""))
        if act is None:
            return redirect(found)
        try:
            held = act(contribution=found, actor=person(request))
        except StepNotPossible:
            messages.error(request, _("El aporte cambió de estado mientras lo mirabas. Así está ahora."))
            return redirect(found)
        return (
            redirect("inspire:contribution-edit", public_id=public_id)
            if held.is_editable
            else redirect(found)
        )


class ContributionInvitationView(LoginRequiredMixin, View):
    """Somebody is asked to write along, and says yes or no."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Ask her."""
        author = self._author(request, public_id)
        if author.is_accepted:
            return redirect(author.contribution)
        if not author.contribution.is_open:
            messages.error(request, _NO_LONGER_ASKED)
            return redirect("inspire:contribution-list")
        return render(request, "inspire/contribution_invitation.html", {"author": author})

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Take her answer."""
        author = self._author(request, public_id)
        if request.POST.get("accion") == "aceptar":
            try:
                author_accept(author=author, is_named="mi_nombre" in request.POST)
            except StepNotPossible:
                messages.error(request, _NO_LONGER_ASKED)
                return redirect("inspire:contribution-list")
            messages.success(request, _("Ya podés escribir en este aporte."))
            return redirect(author.contribution)
        if not author.is_accepted:
            author_leave(author=author, by_herself=True)
        messages.success(request, _("Listo: no vas a figurar en ese aporte."))
        return redirect("inspire:contribution-list")

    def _author(self, request: HttpRequest, public_id: UUID) -> ContributionAuthor:
        asked = ContributionAuthor.objects.filter(left_at__isnull=True)
        rows = asked.select_related("contribution__solution", "invited_by")
        return get_object_or_404(rows, contribution__public_id=public_id, user_id=request.user.pk)


class DuplicatesView(LoginRequiredMixin, FragmentMixin, TemplateView):
    """What the library holds that is like a title, asked for while it is being typed."""

    template_name = "inspire/contribution_duplicates.html"
    fragment_template_name = "inspire/_contribution_duplicates.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Look it up."""
        asked = self.request.GET
        content = {
            "title": asked.get("title", "")[:500].replace("\0", ""),
            "country": asked.get("country", "")[:2],
            "municipality": {"choice": asked.get("municipality", "")[:20]},
        }
        slug = asked.get("solucion", "").replace("\0", "")
        solution = Solution.objects.published().filter(slug=slug).first() if slug else None
        return super().get_context_data(duplicates=duplicates_of(content, solution), **kwargs)


class CriteriaView(TemplateView):
    """What is published, what is not, and how the review goes."""

    template_name = "inspire/contribution_criteria.html"
    is_public_page = True
    is_shared_page = True
