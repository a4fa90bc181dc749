"""Reading a whole file before anything of it is written."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from inspire.importing.columns import ALL_NAMES, chosen_columns
from inspire.importing.places import CountryFinder
from inspire.importing.records import Chunk, read_chunks, said_fields
from inspire.importing.rows import RowReader
from inspire.models import ImportBatch
from inspire.services.bulk_statements import statements
from inspire.services.importing.batches import move
from inspire.services.importing.files import repeated
from inspire.services.importing.staging import IMPORTED_COLUMNS, imported_row, staged_rows
from inspire.services.importing.working import held, tell, work
from portal.core.bulk import copy_rows
from portal.core.tabular import RowProblem, Table, TableError, open_table

Status = ImportBatch.Status
# More are counted and not kept: nobody corrects so many by hand.
MOST_NOTES = 50_000
_REPEATED = """
    DELETE FROM inspire_importedrow AS later USING inspire_importedrow AS first
    WHERE later.batch_id = %(batch)s AND later.number > %(after)s AND first.batch_id = later.batch_id
        AND first.source = later.source AND first.source_id = later.source_id AND first.number < later.number
    RETURNING later.number, first.number, later.source_id
"""
_NEW = """
    SELECT count(*) FROM inspire_importedrow AS imported
    WHERE batch_id = %s AND NOT EXISTS (SELECT 1 FROM inspire_solution AS solution
        WHERE solution.source = imported.source AND solution.source_id = imported.source_id)
"""


def import_check(*, batch_id: int) -> None:
    """Read a batch's file to its end, from where an earlier attempt stopped, and say what importing it would do."""
    work(batch_id, Status.CHECKING, _check)


@contextmanager
def opened_table(batch: ImportBatch) -> Iterator[Table]:
    """Open a batch's file.

    Raises:
        TableError: it is gone, or is no table.
    """
    if batch.file is None:
        raise TableError(_("El archivo ya no está. Subilo otra vez."))
    try:
        content = batch.file.content.open("rb")
    except FileNotFoundError as error:
        raise TableError(_("El archivo ya no está. Subilo otra vez.")) from error
    sheet = batch.detected.get("sheet") or None
    with (
        content,
        open_table(
            cast(BinaryIO, content), filename=batch.filename, sheet=sheet, expected=ALL_NAMES
        ) as table,
    ):
        yield table


def _check(batch: ImportBatch) -> None:
    with opened_table(batch) as table:
        columns = chosen_columns(table, batch.mapping, has_source=bool(batch.source))
        reader = RowReader(columns, CountryFinder(), source=batch.source, language=batch.language)
        for chunk in read_chunks(table, reader, after=batch.last_row):
            if not _keep(batch, chunk, columns.name_of("source_id")):
                return
        _finish(batch, said_fields(columns))


@transaction.atomic
def _keep(batch: ImportBatch, chunk: Chunk, id_column: str) -> bool:
    """Write down what a chunk came to; say whether this worker is still the one who reads the file."""
    locked = held(batch.pk)
    if locked is None or locked.status != Status.CHECKING or locked.last_row != batch.last_row:
        return False
    with connection.cursor() as cursor:
        rows = [imported_row(batch, number, record) for number, record in chunk.records]
        copy_rows(cursor, "inspire_importedrow", IMPORTED_COLUMNS, rows)
        cursor.execute(_REPEATED, {"batch": batch.pk, "after": batch.last_row})
        firsts: dict[int, tuple[int, str]] = {}
        for number, first, source_id in cursor.fetchall():
            firsts[number] = min(firsts.get(number, (first, source_id)), (first, source_id))
        chunk.refused += [
            RowProblem(number, id_column, repeated(source_id, first))
            for number, (first, source_id) in sorted(firsts.items())
        ]
        _note(cursor, batch, chunk)
    _count(batch, chunk)
    return True


def _note(cursor: object, batch: ImportBatch, chunk: Chunk) -> None:
    room = MOST_NOTES - batch.refused - batch.remarks
    notes = [
        (batch.pk, problem.row, problem.column[:200], problem.reason, is_refusal)
        for problems, is_refusal in ((chunk.refused, True), (chunk.remarks, False))
        for problem in problems
    ]
    if room > 0:
        columns = ["batch_id", "row", "column", "reason", "is_refusal"]
        copy_rows(cursor, "inspire_importnote", columns, notes[:room])


def _count(batch: ImportBatch, chunk: Chunk) -> None:
    batch.last_row = chunk.last
    batch.rows_read += chunk.read
    batch.refused += len({problem.row for problem in chunk.refused})
    batch.remarks += len(chunk.remarks)
    batch.positioned += chunk.positioned
    batch.known += chunk.known
    batch.repaired += chunk.repaired
    batch.heartbeat_at, batch.attempts = timezone.now(), 1
    batch.save(
        update_fields=[
            *("last_row", "rows_read", "refused", "remarks", "positioned", "known", "repaired"),
            *("heartbeat_at", "attempts"),
        ]
    )


@transaction.atomic
def _finish(batch: ImportBatch, said: object) -> None:
    """Compare what was read with the library, and wait for the person who decides."""
    locked = held(batch.pk)
    if locked is None or locked.status != Status.CHECKING:
        return
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE inspire_importedrow")
        cursor.execute(_NEW, [batch.pk])
        locked.created = cursor.fetchone()[0]
    with staged_rows(locked, only_old=True) as staging:
        changing = statements(frozenset(said)).changing  # type: ignore[call-overload]
        locked.updated = len(staging.fetch(changing))
    move(locked, Status.CHECKED, None)
    tell(locked, gettext_noop("Ya está revisado «%(file)s»: mirá qué trae y confirmá la importación."))
