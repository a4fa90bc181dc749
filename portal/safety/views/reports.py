"""Reporting something to the network's team."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView

from portal.core.registry import UnknownId
from portal.safety.forms.reports import ReportForm
from portal.safety.models import Report
from portal.safety.reportables import Evidence, ReportableKind, reportable_kinds
from portal.safety.services import LimitReached, ThingGone, report_send
from portal.safety.views.access import reader, way_back


class ReportView(LoginRequiredMixin, FormView):
    """Asks what is wrong with a thing, and passes it to the team with a copy of the thing."""

    form_class = ReportForm
    template_name = "safety/report_form.html"
    kind: ReportableKind
    object_id: int
    evidence: Evidence

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Find the thing after asking for a sign-in."""
        if request.user.is_authenticated:
            self.kind, self.object_id = _thing(request, kwargs["kind"], kwargs["key"])
            self.evidence = _copy(self.kind, self.object_id)
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Show what is reported, and whether it was reported already."""
        own = Report.objects.filter(
            reporter=reader(self.request), kind=self.kind.id, object_id=self.object_id, status="open"
        )
        return super().get_context_data(
            kind=self.kind,
            evidence=self.evidence,
            is_reported_already=own.exists(),
            back=way_back(self.request, reverse("pages:home")),
            **kwargs,
        )

    def form_valid(self, form: ReportForm) -> HttpResponse:
        """Pass it to the team; what cannot be passed is said beside the form."""
        try:
            report_send(
                reporter=reader(self.request),
                kind=self.kind.id,
                object_id=self.object_id,
                category=form.cleaned_data["category"],
                text=form.cleaned_data["text"],
            )
        except LimitReached as limit:
            form.add_error(None, str(limit))
            response = self.form_invalid(form)
            response.status_code = 429
            return response
        except ThingGone as gone:
            form.add_error(None, str(gone))
            return self.form_invalid(form)
        messages.success(
            self.request, _("Gracias, lo vamos a mirar. Te avisamos cuando lo hayamos revisado.")
        )
        return redirect(way_back(self.request, reverse("pages:home")))


def _thing(request: HttpRequest, kind_id: str, key: str) -> tuple[ReportableKind, int]:
    """Return what an address names, if the reader may report it.

    Raises:
        Http404: nobody registered the kind, there is no such thing, or it is none of the reader's business.
    """
    try:
        kind = reportable_kinds.get(kind_id)
    except UnknownId:
        raise Http404 from None
    object_id = kind.find(key)
    if object_id is None or not kind.may_report(reader(request), object_id):
        raise Http404
    return kind, object_id


def _copy(kind: ReportableKind, object_id: int) -> Evidence:
    evidence = kind.evidence(object_id)
    if evidence is None:
        raise Http404
    return evidence
