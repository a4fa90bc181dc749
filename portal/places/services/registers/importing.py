"""Taking an official register of municipalities in."""

from collections import defaultdict
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.core.bulk import staged
from portal.core.events import announce, municipalities_changed
from portal.core.tabular import RowProblem, Table, error_workbook, open_table
from portal.core.visitor_cache import forget_visitor_pages
from portal.places.models import Country
from portal.places.services.registers.cleaning import RegisterRow, RowCleaner, set_aside
from portal.places.services.registers.columns import EXPECTED_TITLES, RegisterColumns, find_columns
from portal.places.services.registers.identity import RefusedRowError
from portal.places.services.registers.matching import match_rows
from portal.places.services.registers.positions import settle_positions
from portal.places.services.registers.register import Register, register_of
from portal.places.services.registers.report import ImportReport
from portal.places.services.registers.writing import STAGING_COLUMNS, staging_rows, write_rows

# Two imports at once would each create what the other is about to; the second waits. The number is arbitrary.
IMPORT_LOCK = 2_022_144


def municipalities_import(
    *,
    file: str | Path | BinaryIO,
    country: Country,
    source: str = "indec",
    sheet: str | None = None,
    filename: str | None = None,
    is_rehearsal: bool = False,
) -> ImportReport:
    """Create and update municipalities from an official register, for RIL's staff; all rows or, on an error, none.

    Rows are known by (source, code). A row with a new code is attached to a place known from elsewhere only when
    province, name and position agree and no other does. Blank cells erase nothing.

    Args:
        file: a CSV or XLSX, as a path or open in binary mode.
        country: the country of all rows, by whose extent positions are judged.
        source: who gives the codes.
        sheet: a workbook's sheet; by default the one that has the columns.
        filename: how the person calls the file.
        is_rehearsal: do everything, report it, and keep nothing.

    Raises:
        TableError: the file is no such register; the message is for the person.
    """
    register = register_of(source, country)
    with open_table(file, filename, sheet, EXPECTED_TITLES) as table:
        columns = find_columns(table)
        report = ImportReport(table.filename, table.sheet, table.encoding, is_rehearsal)
        rows = _clean(table, columns, register, report)
        with transaction.atomic():
            _write(rows, register, report)
            transaction.set_rollback(is_rehearsal)
        if report.refused:
            report.error_workbook = error_workbook(table, report.refused)
    if report.changes and not is_rehearsal:
        forget_visitor_pages()
        announce(municipalities_changed)
    return report


def _clean(
    table: Table, columns: RegisterColumns, register: Register, report: ImportReport
) -> list[RegisterRow]:
    """Read the rows that can be kept; what cannot is put into the report."""
    cleaner = RowCleaner(columns, register)
    rows = []
    for row in table.rows():
        report.read += 1
        if problem := set_aside(row, columns):
            report.set_aside.append(problem)
            continue
        try:
            rows.append(cleaner.clean(row))
        except RefusedRowError as error:
            report.refused.append(error.problem)
    rows = _without_duplicates(rows, columns, report)
    settled = settle_positions(rows, register.country, columns.latitude or "")
    report.is_swapped_throughout = settled.whole_file
    report.repairs = table.repairs + cleaner.repairs
    report.repairs["swapped_coordinates"] = len(settled.swapped)
    report.remarks = cleaner.remarks + settled.dropped
    return rows


def _without_duplicates(
    rows: list[RegisterRow], columns: RegisterColumns, report: ImportReport
) -> list[RegisterRow]:
    """Refuse every row whose code another row has: which of them is right cannot be told."""
    numbers = defaultdict(list)
    for row in rows:
        numbers[row.code].append(row.number)
    kept = []
    for row in rows:
        # A row's second code that is the first of another would make one municipality of two.
        if row.other_code in numbers:
            row.other_code = ""
        if len(numbers[row.code]) == 1:
            kept.append(row)
            continue
        reason = _("El código %(code)s está repetido en las filas %(rows)s. Dejá una sola.")
        listed = ", ".join(map(str, numbers[row.code][:5]))
        report.refused.append(
            RowProblem(row.number, columns.code, reason % {"code": row.code, "rows": listed})
        )
    return kept


def _write(rows: list[RegisterRow], register: Register, report: ImportReport) -> None:
    """Match and write the rows through a staging table, and count what became of them."""
    source, country = register.source, register.country.code
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])
    with staged(STAGING_COLUMNS, staging_rows(rows), name="register") as staging:
        refused, doubts = match_rows(staging, source=source, country=country)
        outcomes = write_rows(staging, source=source, country=country)
    report.refused += refused
    report.remarks += doubts
    report.created = outcomes.get("created", 0)
    report.updated = outcomes.get("updated", 0)
    report.attached = outcomes.get("attached", 0)
    report.unchanged = outcomes.get("known", 0)
