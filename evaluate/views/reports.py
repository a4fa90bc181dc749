"""A result to take away: the report for print, and its tables."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views import View

from evaluate.answering.answer_list import answered_sections
from evaluate.entries import public_runs
from evaluate.models import Evaluation, EvaluationRun
from evaluate.reporting.document import ReportParts, report_data
from evaluate.reporting.files import result_csv, result_workbook
from evaluate.reporting.gathering import own_report, public_report
from evaluate.reporting.tables import ResultTables
from evaluate.result.building import public_result_of, reader_language, result_of
from evaluate.result.explanation import explanation_of
from evaluate.services.definitions import definition_of
from evaluate.services.states import evaluation_state
from evaluate.views.access import seen_evaluation
from evaluate.views.benchmark import FAMILIES
from evaluate.views.results import shown_run
from portal.core.pdf import pdf_document

TEMPLATE = "evaluate/report.typ"
CSV = "text/csv; charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ResultReport(LoginRequiredMixin, View):
    """The report of a result as a PDF, for whoever may see the evaluation."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        """Make it and send it."""
        found, run = _seen_run(request, public_id)
        state = None if found.is_draft else evaluation_state(found)
        family = FAMILIES.get(request.GET.get("grupo", ""), "")
        parts = own_report(found, run, state, user=request.user, family=family)
        return _for_nobody_else(_pdf(parts, made_at=timezone.now()))


class PublishedReport(View):
    """The report of a public result as a PDF, while it is public: no names, nothing that people wrote."""

    is_public_page = True

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        """Make it and send it."""
        run = _public_run(public_id)
        # The date of the result: everybody gets the same file for as long as the result is the same.
        return _pdf(public_report(run.evaluation, run), made_at=run.finished_at or run.created_at)


class ResultTable(LoginRequiredMixin, View):
    """The tables behind a result, for whoever may see the evaluation."""

    ending = "csv"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        """Send the file while it is made."""
        found, run = _seen_run(request, public_id)
        state = None if found.is_draft else evaluation_state(found)
        result = result_of(found, run, state=state)
        explanation = explanation_of(result, definition_of(found.version), reader_language())
        answered = answered_sections(found, state) if state else []
        return _for_nobody_else(_table(ResultTables(result, explanation, answered), self.ending))


class PublishedTable(View):
    """The same of a public result: no names, no reasons that people wrote."""

    ending = "csv"

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponseBase:
        """Send the file while it is made."""
        run = _public_run(public_id)
        result = public_result_of(run.evaluation, run)
        definition = definition_of(run.evaluation.version)
        tables = ResultTables(result, explanation_of(result, definition, reader_language()))
        response = _table(tables, self.ending)
        # Taken back by the municipality, it is gone at once: whoever keeps it has to ask again.
        response.headers["Cache-Control"] = "no-cache"
        return response


def _seen_run(request: HttpRequest, public_id: UUID) -> tuple[Evaluation, EvaluationRun]:
    found = seen_evaluation(request, public_id)
    run = shown_run(found)
    if run is None or run.status != EvaluationRun.Status.DONE:
        raise Http404(_("Todavía no hay un resultado que llevarse."))
    return found, run


def _public_run(public_id: UUID) -> EvaluationRun:
    run = public_runs().filter(evaluation__public_id=public_id).first()
    if run is None:
        raise Http404(_("No hay un resultado público en esta dirección: quizás el municipio lo retiró."))
    return run


def _pdf(parts: ReportParts, *, made_at: datetime) -> HttpResponseBase:
    title = " · ".join(filter(None, [parts.result.title, parts.result.place_name]))
    content = pdf_document(
        TEMPLATE,
        report_data(parts, made_at=made_at),
        title=title,
        language=get_language() or "es",
        made_at=made_at,
    )
    response = HttpResponse(content, content_type="application/pdf")
    return _as_file(response, parts.result.title, parts.result.place_name, "pdf")


def _table(tables: ResultTables, ending: str) -> HttpResponseBase:
    pieces: Iterator[bytes] = result_csv(tables) if ending == "csv" else result_workbook(tables)
    response = StreamingHttpResponse(pieces, content_type=CSV if ending == "csv" else WORKBOOK)
    if ending != "csv":
        # This keeps the compressing middleware away.
        response.headers["Content-Encoding"] = "identity"
    return _as_file(response, tables.result.title, tables.result.place_name, ending)


def _as_file(response: HttpResponseBase, title: str, place: str, ending: str) -> HttpResponseBase:
    """Name the file after what it is about, in letters that every system takes."""
    name = "-".join(filter(None, [slugify(title)[:60], slugify(place)[:40]])) or "resultado"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{ending}"'
    return response


def _for_nobody_else(response: HttpResponseBase) -> HttpResponseBase:
    """Keep a team's file out of every cache."""
    response.headers["Cache-Control"] = "no-store"
    return response
