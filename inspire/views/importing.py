"""The desk where staff bring other people's solutions into the library."""

import csv
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST, require_safe

from inspire.forms.imports import ImportMappingForm, ImportUploadForm
from inspire.importing.columns import LABELS, NAMES
from inspire.importing.detection import proposed_mapping
from inspire.importing.template import TEMPLATE_ROWS
from inspire.models import ImportBatch, ImportedSolution, ImportMapping
from inspire.permissions import can_import_solutions
from inspire.services.importing import (
    ImportElsewhere,
    import_cancel,
    import_confirm,
    import_start,
    import_undo_start,
    import_upload,
    opened_table,
)
from portal.accounts.models import User
from portal.core.htmx import wants_fragment
from portal.core.paging import Keyset
from portal.core.tabular import RowProblem, TableError, error_workbook

PAGE = Keyset(("-id",), size=20)
WRITTEN = Keyset(("id",), size=20)
_NOTES_SHOWN = 20
_STEPS = {"confirmar": import_confirm, "cancelar": import_cancel, "deshacer": import_undo_start}


def _found(request: HttpRequest, public_id: UUID) -> ImportBatch:
    """Return a batch to somebody who may import."""
    can_import_solutions(request.user).require()
    return get_object_or_404(ImportBatch.objects.visible_to(request.user), public_id=public_id)


class ImportListView(LoginRequiredMixin, View):
    """All imports, the newest first, and the form for a new one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show them."""
        can_import_solutions(request.user).require()
        return self._page(request, ImportUploadForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take a file, and go on to its columns."""
        can_import_solutions(request.user).require()
        form = ImportUploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(request, form, status=422)
        batch = import_upload(
            upload=form.cleaned_data["file"],
            detected=form.detected,
            source=form.cleaned_data["source"],
            language=form.cleaned_data["language"],
            user=cast(User, request.user),
        )
        return redirect("inspire:import-mapping", public_id=batch.public_id)

    def _page(self, request: HttpRequest, form: ImportUploadForm, status: int = 200) -> HttpResponse:
        rows = ImportBatch.objects.visible_to(request.user).select_related("made_by")
        context = {"form": form, "page": PAGE.page(rows, request.GET.get("cursor", ""))}
        return render(request, "inspire/import_list.html", context, status=status)


class ImportMappingView(LoginRequiredMixin, View):
    """Which column of the file holds what."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show what was recognised, or chosen last time."""
        batch = _found(request, public_id)
        header = tuple(column["name"] for column in batch.columns)
        remembered = ImportMapping.objects.filter(source=batch.source).first() if batch.source else None
        mapping = batch.mapping or proposed_mapping(header, remembered.mapping if remembered else {})
        form = ImportMappingForm(batch=batch, mapping=mapping)
        return self._page(request, batch, form, is_remembered=remembered is not None)

    def post(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Begin the check."""
        batch = _found(request, public_id)
        form = ImportMappingForm(request.POST, batch=batch, mapping=batch.mapping)
        if not form.is_valid():
            return self._page(request, batch, form, status=422)
        try:
            import_start(
                batch=batch,
                mapping=form.cleaned_data["mapping"],
                source=form.cleaned_data["source"],
                language=form.cleaned_data["language"],
                user=cast(User, request.user),
            )
        except ImportElsewhere as elsewhere:
            messages.warning(request, str(elsewhere))
        return redirect(batch)

    def _page(
        self,
        request: HttpRequest,
        batch: ImportBatch,
        form: ImportMappingForm,
        *,
        is_remembered: bool = False,
        status: int = 200,
    ) -> HttpResponse:
        context = {"batch": batch, "form": form, "is_remembered": is_remembered}
        return render(request, "inspire/import_mapping.html", context, status=status)


class ImportDetailView(LoginRequiredMixin, View):
    """How an import stands; while a worker has it the page asks again by itself."""

    def get(self, request: HttpRequest, public_id: UUID) -> HttpResponse:
        """Show it."""
        batch = _found(request, public_id)
        if wants_fragment(request):
            return self._progress(request, batch)
        if batch.status == ImportBatch.Status.UPLOADED:
            return redirect("inspire:import-mapping", public_id=batch.public_id)
        return render(request, "inspire/import_detail.html", _context(request, batch))

    def _progress(self, request: HttpRequest, batch: ImportBatch) -> HttpResponse:
        """Answer the page's question whether it is done yet; when it is, have it loaded anew."""
        if batch.is_working:
            return render(request, "inspire/_import_progress.html", {"batch": batch})
        response = HttpResponse()
        response.headers["HX-Refresh"] = "true"
        return response


def _context(request: HttpRequest, batch: ImportBatch) -> dict[str, Any]:
    notes = batch.notes.order_by("row", "id")
    left_alone = batch.solutions.filter(is_left_alone=True).select_related("solution")
    return {
        "batch": batch,
        "refusals": _titled(batch, notes.filter(is_refusal=True)[:_NOTES_SHOWN]),
        "observations": _titled(batch, notes.filter(is_refusal=False)[:_NOTES_SHOWN]),
        "written": WRITTEN.page(_written(batch), request.GET.get("cursor", "")),
        "left_alone": left_alone.order_by("pk")[:_NOTES_SHOWN],
        "changes": batch.changes.select_related("actor"),
    }


def _written(batch: ImportBatch) -> QuerySet[ImportedSolution]:
    """Return what an import that stands wrote into the library."""
    stands = batch.status == ImportBatch.Status.APPLIED
    written = batch.solutions.select_related("solution") if stands else batch.solutions.none()
    return written.only("is_new", "solution__slug", "solution__title")


def _titled(batch: ImportBatch, notes: Any) -> list[dict[str, Any]]:
    """Return notes with the titles of their columns as the person wrote them."""
    titles = {column["name"]: column["title"] for column in batch.columns}
    return [
        {
            "row": note.row,
            "column": titles.get(note.column) or LABELS.get(note.column, note.column),
            "reason": note.reason,
        }
        for note in notes
    ]


@login_required
@require_POST
def import_step(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Confirm an import, give it up, or take it back."""
    batch = _found(request, public_id)
    step = _STEPS.get(request.POST.get("paso", ""))
    if step is None:
        messages.error(request, _("No se entendió qué querías hacer. Probá de nuevo."))
        return redirect(batch)
    try:
        step(batch=batch, user=cast(User, request.user))
    except ImportElsewhere as elsewhere:
        messages.warning(request, str(elsewhere))
    return redirect(batch)


@login_required
@require_safe
def import_errors(request: HttpRequest, public_id: UUID) -> HttpResponse:
    """Hand the refused rows back as a workbook, each with its reason."""
    batch = _found(request, public_id)
    refused = batch.notes.filter(is_refusal=True).order_by("row", "id")
    problems = [RowProblem(note.row, note.column, note.reason) for note in refused]
    try:
        with opened_table(batch) as table:
            content = error_workbook(table, problems)
    except TableError as error:
        messages.error(request, str(error))
        return redirect(batch)
    response = HttpResponse(
        content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    )
    response.headers["Content-Disposition"] = 'attachment; filename="filas-rechazadas.xlsx"'
    return response


@login_required
@require_safe
def import_template(request: HttpRequest) -> HttpResponse:
    """Hand out a table with every column that the import knows, and a row that shows how each is written."""
    can_import_solutions(request.user).require()
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="plantilla-soluciones.csv"'
    # Spreadsheet programs take a file without the mark for one in an old encoding.
    response.write("\ufeff")
    writer = csv.DictWriter(response, list(NAMES), restval="")
    writer.writeheader()
    writer.writerows(TEMPLATE_ROWS)
    return response
