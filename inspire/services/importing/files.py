"""Bringing somebody's file of solutions into the library at once, as the command does."""

from contextlib import closing
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from inspire.importing.ahead import read_ahead
from inspire.importing.columns import find_columns
from inspire.importing.places import CountryFinder
from inspire.importing.records import Chunk, said_fields
from inspire.importing.report import ImportReport
from inspire.importing.rows import RowReader
from inspire.record import SolutionRecord
from inspire.services.bulk import rows_upsert, staged_row
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
    reason = _("Importación de «%(file)s».") % {"file": table.filename}
    taking = _Taking(columns.name_of("source_id"), report)
    with closing(read_ahead(table, reader, taking.rows)) as batches:
        for rows in batches:
            done = rows_upsert(rows=rows, actor=actor, reason=reason, said=said_fields(columns))
            report.created += len(done.created)
            report.updated += len(done.updated)
    report.unchanged = report.read - report.refused_rows - report.created - report.updated
    if is_dry_run:
        transaction.set_rollback(True)
    return report


@dataclass
class _Taking:
    """Takes each source and id of a file once, and writes down what became of the rows."""

    id_column: str
    report: ImportReport
    first_rows: dict[tuple[str, str], int] = field(default_factory=dict)

    def rows(self, chunk: Chunk) -> list[list[Any]]:
        """Return a chunk's records as rows for `rows_upsert`."""
        self.report.add(chunk)
        return [staged_row(record) for number, record in chunk.records if self._is_first(number, record)]

    def _is_first(self, number: int, record: SolutionRecord) -> bool:
        first = self.first_rows.setdefault((record.source, record.source_id), number)
        if first != number:
            problem = RowProblem(number, self.id_column, repeated(record.source_id, first))
            self.report.refused.append(problem)
        return first == number


def repeated(source_id: str, first: int) -> str:
    """Say that an identifier was in the file before."""
    return _("El identificador «%(id)s» ya está en la fila %(row)s. Cada solución necesita el suyo.") % {
        "id": source_id,
        "row": first,
    }
