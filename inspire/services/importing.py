"""Bringing somebody's file of solutions into the library."""

from collections.abc import Iterator
from itertools import islice

from django.db import transaction
from django.utils.translation import gettext as _

from inspire.importing.columns import find_columns
from inspire.importing.places import CityFinder, CountryFinder
from inspire.importing.report import ImportReport
from inspire.importing.rows import ReadRow, RowReader, RowRefused
from inspire.importing.topic_areas import areas_of_topic
from inspire.models import Solution
from inspire.record import SolutionRecord
from inspire.services.bulk import solutions_upsert
from portal.core.tabular import RowProblem, Table

_BATCH = 5000


@transaction.atomic
def solutions_import(
    *, table: Table, source: str = "", language: str = "es", is_dry_run: bool = False
) -> ImportReport:
    """Write the rows of a table into the library; a row that cannot be used is refused, the others are taken.

    Rows are recognised by source and id: the same file twice changes nothing.

    Args:
        table: an open table.
        source: the collection that rows without a source of their own belong to.
        language: the language of rows that name none.
        is_dry_run: do everything, report it, and undo it.

    Raises:
        TableError: the file as a whole cannot be used.
    """
    columns = find_columns(table, has_source=bool(source))
    reader = RowReader(columns, CountryFinder(), source=source, language=language)
    report = ImportReport()
    done = solutions_upsert(records=_records(table, reader, report))
    report.remarks, report.repaired = reader.remarks, reader.repaired
    report.created, report.updated = len(done.created), len(done.updated)
    report.unchanged = report.read - report.refused_rows - report.created - report.updated
    if is_dry_run:
        transaction.set_rollback(True)
    return report


def _records(table: Table, reader: RowReader, report: ImportReport) -> Iterator[SolutionRecord]:
    rows = _read_rows(table, reader, report)
    while batch := list(islice(rows, _BATCH)):
        cities = CityFinder((row.country.code, row.city) for row in batch if row.city)
        for row in batch:
            yield _record(row, cities, report)


def _read_rows(table: Table, reader: RowReader, report: ImportReport) -> Iterator[ReadRow]:
    """Yield the rows that can be used, and note the others in the report."""
    first_rows: dict[tuple[str, str], int] = {}
    for number, cells in table.raw_rows():
        if not any(cell.strip() for cell in cells):
            continue
        report.read += 1
        try:
            row = reader.read(number, cells)
            _refuse_repeated(row, first_rows)
        except RowRefused as refusal:
            column = reader.columns.name_of(refusal.field)
            report.refused.append(RowProblem(number, column, str(refusal)))
        else:
            yield row


def _refuse_repeated(row: ReadRow, first_rows: dict[tuple[str, str], int]) -> None:
    first = first_rows.setdefault((row.source, row.source_id), row.number)
    if first != row.number:
        raise RowRefused(
            "source_id",
            _("El identificador «%(id)s» ya está en la fila %(row)s. Cada solución necesita el suyo.")
            % {"id": row.source_id, "row": first},
        )


def _record(row: ReadRow, cities: CityFinder, report: ImportReport) -> SolutionRecord:
    latitude, longitude = row.position.latitude, row.position.longitude
    position = (latitude, longitude) if latitude is not None and longitude is not None else None
    municipality = cities.find(row.country.code, row.city, row.region, position) if row.city else None
    areas = areas_of_topic(row.topic)
    report.positioned += position is not None
    report.in_known_municipality += municipality is not None
    if row.topic and not areas:
        report.unknown_topics[row.topic] += 1
    return SolutionRecord(
        source=row.source,
        source_id=row.source_id,
        slug=row.title,
        title=row.title,
        country_id=row.country.code,
        summary=row.summary,
        what_was_done=row.what_was_done,
        results=row.results,
        language=row.language,
        municipality_id=municipality.pk if municipality else None,
        place_name=row.city,
        latitude=latitude,
        longitude=longitude,
        position_precision=Solution.PositionPrecision.EXACT if position else "",
        level=row.level,
        start_year=row.start_year,
        tags=[row.topic] if row.topic else [],
        source_name=row.source_name,
        source_url=row.source_url,
        licence=row.licence,
        areas=list(areas),
    )
