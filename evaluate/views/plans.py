"""Improvement plans: what is to be done, by whom and by when."""

from typing import Any

from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from evaluate.models import PlanStep
from evaluate.plan.board import plan_totals, step_rows, with_what_a_row_shows
from evaluate.plan.exporting import plan_rows, plan_titles
from evaluate.plan.filters import ORDER, OWN, PlanFilters, in_order
from portal.accounts.affiliation import active_municipalities, is_network_member
from portal.core.paging import Keyset
from portal.core.tabular.writing import csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces
from portal.places.models import Municipality

PAGE = Keyset(ORDER, size=50)
PLACES_PAGE = Keyset(("name", "id"), size=50)
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class PlanList(LoginRequiredMixin, View):
    """The steps of the reader's plans, or of one municipality's; for staff of no town, the towns that have plans."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what the address asks for."""
        filters = PlanFilters.of(request.GET)
        if not filters.whose and request.user.is_staff and not is_network_member(request.user):
            return self._places(request)
        return self._steps(request, filters)

    def _steps(self, request: HttpRequest, filters: PlanFilters) -> HttpResponse:
        today, user = timezone.localdate(), request.user
        place = _place(filters, user)
        steps = in_order(with_what_a_row_shows(filters.steps(user, today), user), user)
        page = PAGE.page(steps, request.GET.get("cursor", ""))
        totals = plan_totals(filters.plan(user), today)
        context = {
            "filters": filters,
            "page": page,
            "rows": step_rows(page.rows, user, today),
            "totals": totals,
            "place": place or totals.only_place,
            "places": list(active_municipalities(user)),
            "statuses": PlanStep.Status.choices,
            "may_add": not (place and user.is_staff and place not in active_municipalities(user)),
            "today": today,
        }
        return render(request, "evaluate/plan/plan_list.html", context)

    def _places(self, request: HttpRequest) -> HttpResponse:
        user: Any = request.user
        with_plan = Municipality.objects.filter(Exists(PlanStep.objects.filter(municipality=OuterRef("pk"))))
        page = PLACES_PAGE.page(with_plan, request.GET.get("cursor", ""))
        steps = PlanStep.objects.filter(municipality__in=page.rows)
        context = {
            "page": page,
            "plans": plan_totals(steps, timezone.localdate()).by_place,
            "has_own": PlanStep.objects.filter(municipality__isnull=True, owner=user).exists(),
            "own": OWN,
        }
        return render(request, "evaluate/plan/plan_places.html", context)


class PlanExport(LoginRequiredMixin, View):
    """Exactly the steps that the page shows, as a file."""

    ending = "csv"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        """Send the file while it is made."""
        filters, today = PlanFilters.of(request.GET), timezone.localdate()
        _place(filters, request.user)
        rows = plan_rows(in_order(filters.steps(request.user, today), request.user), request.user, today)
        if self.ending == "csv":
            response = StreamingHttpResponse(
                csv_pieces(plan_titles(), rows), content_type="text/csv; charset=utf-8"
            )
        else:
            pieces = workbook_pieces(plan_titles(), rows, sheet_name=_("Plan de mejora"))
            response = StreamingHttpResponse(pieces, content_type=WORKBOOK)
            # This keeps the compressing middleware away.
            response.headers["Content-Encoding"] = "identity"
        name = f"plan-de-mejora-{today:%Y-%m-%d}.{self.ending}"
        response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        response.headers["Cache-Control"] = "no-store"
        return response


def _place(filters: PlanFilters, user: Any) -> Municipality | None:
    """Return the municipality whose plan is asked for, where the reader may look at it.

    Raises:
        Http404: it does not exist, or its plan is not hers to see.
    """
    if not filters.whose or filters.whose == OWN:
        return None
    places = Municipality.objects.all() if user.is_staff else active_municipalities(user)
    place = places.filter(pk=int(filters.whose)).first()
    if place is None:
        raise Http404
    return place
