"""The history of a solution: its versions, what differs between two, bringing one back, and where it stands."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.generic import FormView

from inspire.differences import Difference, differences
from inspire.forms import StatusForm
from inspire.models import Solution, SolutionRevision
from inspire.permissions import can_publish_solution, can_see_history
from inspire.services import solution_archive, solution_publish, solution_restore, solution_withdraw
from inspire.views.desk_access import person
from portal.core.paging import Keyset

VERSIONS = Keyset(("-number", "-id"), size=20)
_REASON_LENGTH = 500


@dataclass(frozen=True)
class Compared:
    """Two versions and what differs between them."""

    before: SolutionRevision
    after: SolutionRevision
    differences: list[Difference]


class HistoryView(LoginRequiredMixin, View):
    """Who changed a solution, when and why, and what any two versions have different."""

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        """Show the versions, and compare the two that were asked for, or the last two."""
        solution = _solution_of_history(request, slug)
        # The content is large and only compared; the list needs none of it.
        rows = solution.revisions.defer("content").select_related("made_by")
        page = VERSIONS.page(rows, request.GET.get("cursor", ""))
        context = {
            "solution": solution,
            "page": page,
            "compared": _compared(solution, request),
            "changes": solution.changes.select_related("actor"),
            "may_restore": bool(can_publish_solution(request.user, solution)),
        }
        return render(request, "inspire/solution_history.html", context)


class RestoreView(LoginRequiredMixin, View):
    """Staff bring an earlier version back, after seeing what that changes."""

    revision: SolutionRevision

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a sign-in and the permission, and find the version."""
        if request.user.is_authenticated:
            solution = _solution_of_history(request, kwargs["slug"])
            can_publish_solution(request.user, solution).require()
            self.revision = get_object_or_404(
                solution.revisions.select_related("solution"), number=kwargs["number"]
            )
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """Show what would change, and ask."""
        solution = self.revision.solution
        latest = solution.revisions.order_by("-number").first()
        context = {
            "solution": solution,
            "revision": self.revision,
            "differences": differences(latest.content, self.revision.content) if latest else [],
        }
        return render(request, "inspire/solution_restore.html", context)

    def post(self, request: HttpRequest, slug: str, number: int) -> HttpResponse:
        """Bring it back, as a new version."""
        reason = request.POST.get("reason", "").replace("\0", "").strip()[:_REASON_LENGTH]
        said = reason or _("Se volvió a la versión %(number)s.") % {"number": number}
        solution_restore(revision=self.revision, actor=person(request), reason=said)
        messages.success(
            request, _("Volvió la versión %(number)s, como una versión nueva.") % {"number": number}
        )
        return redirect("inspire:solution-history", slug=slug)


class StatusView(LoginRequiredMixin, FormView):
    """Staff publish a solution, take it out of the library or archive it, and say why."""

    template_name = "inspire/solution_status.html"
    form_class = StatusForm
    solution: Solution

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Ask for a sign-in and the permission."""
        if request.user.is_authenticated:
            solution = Solution.objects.visible_to(request.user).filter(slug=kwargs["slug"]).first()
            if solution is None:
                raise Http404
            can_publish_solution(request.user, solution).require()
            self.solution = solution
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form where the solution stands."""
        return {**super().get_form_kwargs(), "solution": self.solution}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the page the solution."""
        return super().get_context_data(solution=self.solution, **kwargs)

    def form_valid(self, form: StatusForm) -> HttpResponse:
        """Move it."""
        move = {
            Solution.Status.PUBLISHED: solution_publish,
            Solution.Status.DRAFT: solution_withdraw,
            Solution.Status.ARCHIVED: solution_archive,
        }[Solution.Status(form.cleaned_data["status"])]
        move(solution=self.solution, actor=person(self.request), reason=form.cleaned_data["reason"])
        messages.success(self.request, _("Listo. El cambio y su motivo quedaron en el historial."))
        return redirect("inspire:solution-history", slug=self.solution.slug)


def _solution_of_history(request: HttpRequest, slug: str) -> Solution:
    """Return a solution whose history the reader may see.

    Raises:
        Http404: there is none, or it is not for her to know of.
        PermissionDenied: she may read it and not how it came to be.
    """
    solution = get_object_or_404(Solution, slug=slug)
    decision = can_see_history(request.user, solution)
    if not decision and not solution.is_published:
        raise Http404
    decision.require()
    return solution


def _compared(solution: Solution, request: HttpRequest) -> Compared | None:
    """Compare the versions that the address names; the last with the one before where it names none."""
    numbers = [_number(request.GET.get(name, "")) for name in ("desde", "hasta")]
    if all(numbers):
        found = {row.number: row for row in solution.revisions.filter(number__in=numbers)}
        pair = [found[number] for number in sorted(numbers) if number in found]
    else:
        pair = list(solution.revisions.order_by("-number")[:2])[::-1]
    if len(pair) != 2:
        return None
    return Compared(pair[0], pair[1], differences(pair[0].content, pair[1].content))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0
