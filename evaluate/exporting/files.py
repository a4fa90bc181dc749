"""Tables as files that are made while they are sent."""

from collections.abc import Iterable, Iterator, Sequence

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils import timezone

from portal.core.tabular.writing import Cell, csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces

CSV, XLSX = "csv", "xlsx"
ENDINGS = (CSV, XLSX)
_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def file_pieces(
    ending: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]], *, sheet_name: str
) -> Iterator[bytes]:
    """Yield a file piece by piece; no cell of it runs as a formula, titles included."""
    if ending == CSV:
        return csv_pieces(titles, rows)
    return workbook_pieces(titles, rows, sheet_name=sheet_name)


def file_response(
    name: str, ending: str, titles: Sequence[str], rows: Iterable[Sequence[Cell]]
) -> HttpResponseBase:
    """Send a table as a file; its name gets the date of today."""
    response = StreamingHttpResponse(
        file_pieces(ending, titles, rows, sheet_name=name), content_type=_TYPES[ending]
    )
    filename = f"evaluarme-{name}-{timezone.localdate():%Y-%m-%d}.{ending}"
    response.headers["Content-Disposition"] = f'attachment; filename="{filename}"'
    response.headers["Cache-Control"] = "no-store"
    # A proxy that gathers the whole file first would make the reader wait for all of it.
    response.headers["X-Accel-Buffering"] = "no"
    if ending == XLSX:
        # This keeps the compressing middleware away from what is compressed.
        response.headers["Content-Encoding"] = "identity"
    return response
