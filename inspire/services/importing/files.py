"""Bringing somebody's file of solutions into the library at once, as the command does."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from inspire.importing.columns import find_columns
from inspire.importing.places import CountryFinder
from inspire.importing.records import Chunk, read_chunks, said_fields
from inspire.importing.report import ImportReport
from inspire.importing.rows import RowReader
from inspire.record import SolutionRecord
from inspire.services.bulk import solutions_upsert
from portal.accounts.models import User
from portal.core.tabular import RowProblem, Table


@transaction.atomic
def solutions_import(
    *,
    table: Table,
    source: str = "",
    language: str = "es",
    is_dry_run: bool = False,
    actor: User | None = None,
) -> ImportReport:
    """Write the rows of a table into the library; a row that cannot be used is refused, the others are taken.

    Rows are recognised by source and id: the same file twice changes nothing. What the file has no column for stays as
    it is.

    Args:
        table: an open table.
        source: the collection that rows without a source of their own belong to.
        language: the language of rows that name none.
        is_dry_run: do everything, report it, and undo it.
        actor: who brings it.

    Raises:
        TableError: the file as a whole cannot be used.
    """
    columns = find_columns(table, has_source=bool(source))
    reader = RowReader(columns, CountryFinder(), source=source, language=language)
    report = ImportReport()
    done = solutions_upsert(
        records=_records(read_chunks(table, reader), columns.name_of("source_id"), report),
        actor=actor,
        reason=_("Importación de «%(file)s».") % {"file": table.filename},
        said=said_fields(columns),
    )
    report.created, report.updated = len(done.created), len(done.updated)
    report.unchanged = report.read - report.refused_rows - report.created - report.updated
    if is_dry_run:
        transaction.set_rollback(True)
    return report


def _records(chunks: Iterator[Chunk], id_column: str, report: ImportReport) -> Iterator[SolutionRecord]:
    """Yield the records, each source and id once, and write down what became of the rows."""
    first_rows: dict[tuple[str, str], int] = {}
    for chunk in chunks:
        report.add(chunk)
        for number, record in chunk.records:
            first = first_rows.setdefault((record.source, record.source_id), number)
            if first == number:
                yield record
            else:
                report.refused.append(RowProblem(number, id_column, repeated(record.source_id, first)))


def repeated(source_id: str, first: int) -> str:
    """Say that an identifier was in the file before."""
    return _("El identificador «%(id)s» ya está en la fila %(row)s. Cada solución necesita el suyo.") % {
        "id": source_id,
        "row": first,
    }
