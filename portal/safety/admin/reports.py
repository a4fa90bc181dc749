"""The queue of reports: open ones first, and everything that a decision needs on one page."""

from typing import Any, cast

from django.contrib import admin, messages
from django.db.models import Case, Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.accounts.models import User
from portal.core.admin_paging import CappedPaginator
from portal.safety.admin.access import ForModerators
from portal.safety.forms.decisions import DecisionForm
from portal.safety.models import Report, ReportChange, Suspension
from portal.safety.permissions import can_decide_report, can_moderate, can_read_report
from portal.safety.reportables import ReportableKind, reportable_kinds
from portal.safety.services import ReportConflict, report_decide

OPEN = Report.Status.OPEN
SHOWN_OTHERS = 10


class StatusFilter(admin.SimpleListFilter):
    """Narrows to what waits, or to what was decided."""

    title = gettext_lazy("estado")
    parameter_name = "estado"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        """Offer the states."""
        return list(Report.Status.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Keep the reports of the chosen state."""
        return queryset.filter(status=self.value()) if self.value() in Report.Status.values else queryset


@admin.register(Report)
class ReportAdmin(ForModerators, admin.ModelAdmin):
    """What people reported."""

    list_display = ("what", "category", "about_whom", "same_thing", "same_person", "status", "since")
    list_filter = (StatusFilter, "category")
    list_display_links = ("what",)
    sortable_by = ()
    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    change_list_template = "safety/admin/report_list.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        """Say of each how many there are of the same thing and about the same person; leave out those about her."""
        of_thing = Report.objects.filter(kind=OuterRef("kind"), object_id=OuterRef("object_id"))
        of_person = Report.objects.filter(person=OuterRef("person"))
        return (
            super()
            .get_queryset(request)
            .exclude(person=cast(User, request.user))
            .select_related("person")
            .defer("text")
            .annotate(
                of_thing=_counted(of_thing, "kind"),
                of_person=_counted(of_person, "person"),
            )
        )

    def get_ordering(self, request: HttpRequest) -> tuple[Any, ...]:
        """Open first, the oldest of them on top: nobody waits for ever."""
        return (Case(When(status=OPEN, then=Value(0)), default=Value(1)).asc(), "id")

    @admin.display(description=gettext_lazy("qué"))
    def what(self, report: Report) -> str:
        """Name the thing and its kind."""
        title = report.evidence.get("title") or _("copia borrada")
        return format_html('{} <span class="safety-kind">{}</span>', title, _kind_label(report))

    @admin.display(description=gettext_lazy("sobre quién"))
    def about_whom(self, report: Report) -> str:
        """Name the person who answers for it."""
        return str(report.person) if report.person else "—"

    @admin.display(description=gettext_lazy("lo mismo"))
    def same_thing(self, report: Any) -> int:
        """Say how many reports there are of the same thing."""
        return int(report.of_thing or 0)

    @admin.display(description=gettext_lazy("misma persona"))
    def same_person(self, report: Any) -> str:
        """Say how many reports there are about the same person."""
        return str(report.of_person or "—")

    @admin.display(description=gettext_lazy("avisado el"))
    def since(self, report: Report) -> str:
        """Say when it was reported, in few signs."""
        return date_format(localtime(report.created_at), "SHORT_DATE_FORMAT")

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Call the page what it is."""
        return super().changelist_view(request, {**(extra_context or {}), "title": _("Denuncias")})

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """Show the evidence, the history and what is known about the person; decide."""
        can_moderate(request.user).require()
        reports = Report.objects.select_related("person", "reporter", "decided_by")
        report = get_object_or_404(reports, pk=object_id if object_id.isdecimal() else 0)
        can_read_report(request.user, report).require()
        decision = can_decide_report(request.user, report)
        form = self._form(request, report) if decision else None
        if request.method == "POST" and form is not None and form.is_valid():
            return self._decide(request, report, form)
        frame = self.admin_site.each_context(request)
        context = {
            **frame,
            "opts": self.opts,
            "title": _("Denuncia"),
            "form": form,
            "refusal": "" if decision else decision.reason,
            **_known(report),
        }
        return render(request, "safety/admin/report_detail.html", context)

    def _form(self, request: HttpRequest, report: Report) -> DecisionForm | None:
        if report.status != OPEN and request.method != "POST":
            return None
        kind = _kind(report)
        return DecisionForm(
            request.POST or None,
            can_hide=kind is not None and kind.hide is not None,
            can_reach=report.person is not None and not report.person.erased_at,
        )

    def _decide(self, request: HttpRequest, report: Report, form: DecisionForm) -> HttpResponse:
        try:
            decided = report_decide(
                report=report,
                actor=cast(User, request.user),
                measures=form.measures(),
                note=form.cleaned_data["note"],
            )
        except ReportConflict as conflict:
            messages.warning(request, str(conflict))
            return redirect("admin:safety_report_change", report.pk)
        messages.success(request, _("Denuncias resueltas: %(count)d.") % {"count": len(decided)})
        return redirect("admin:safety_report_changelist")


def _counted(rows: QuerySet[Report], by: str) -> Subquery:
    counted = rows.order_by().values(by).annotate(count=Count("pk")).values("count")
    return Subquery(counted, output_field=IntegerField())


def _kind(report: Report) -> ReportableKind | None:
    return reportable_kinds.get(report.kind) if report.kind in reportable_kinds else None


def _kind_label(report: Report) -> str:
    kind = _kind(report)
    return str(kind.label) if kind else report.kind


def _known(report: Report) -> dict[str, Any]:
    """Gather what a decision needs: the copy, the thing's other reports, its history, and the person's."""
    kind = _kind(report)
    same = Report.objects.filter(kind=report.kind, object_id=report.object_id).select_related("reporter")
    is_there = bool(report.object_id)
    return {
        "report": report,
        "kind_label": _kind_label(report),
        "thing_url": kind.url(report.object_id) if kind and kind.url and is_there else "",
        "is_gone": bool(kind and is_there and kind.evidence(report.object_id) is None),
        "same": list(same.exclude(pk=report.pk).order_by("-id")[:SHOWN_OTHERS]) if is_there else [],
        "changes": ReportChange.objects.filter(report=report).select_related("actor"),
        **_about_person(report),
    }


def _about_person(report: Report) -> dict[str, Any]:
    person = report.person
    if person is None:
        return {"others": [], "suspensions": [], "warnings": 0}
    others = Report.objects.filter(person=person).exclude(Q(kind=report.kind, object_id=report.object_id))
    return {
        "others": list(others.order_by("-id")[:SHOWN_OTHERS]),
        "suspensions": list(Suspension.objects.filter(user=person).order_by("-id")[:SHOWN_OTHERS]),
        "warnings": ReportChange.objects.filter(report__person=person, measure="warned").count(),
        "person_url": reverse("admin:accounts_user_change", args=[person.pk]),
    }
