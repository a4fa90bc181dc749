"""From the rows of a file to records of solutions, a few thousand at a time."""

from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.utils.translation import gettext as _

from inspire.importing.columns import Columns
from inspire.importing.places import CityFinder
from inspire.importing.rows import ReadRow, RowReader, RowRefused
from inspire.importing.topic_areas import areas_of_topic
from inspire.models import Solution
from inspire.record import SolutionRecord
from portal.core.tabular import RowProblem, Table

CHUNK = 5000
# What a record says on account of each column; the others say the field of their own name.
_SAID = {
    "title": ("title",),
    "summary": ("summary",),
    "description": ("summary", "what_was_done"),
    "country": ("country_id",),
    "city": ("place_name", "municipality_id"),
    "municipality": ("municipality_id",),
    "region": (),
    "lat": ("latitude", "longitude", "position_precision"),
    "lon": ("latitude", "longitude", "position_precision"),
    "year": ("start_year", "end_year"),
    "end_year": ("start_year", "end_year"),
    "topic": ("tags", "areas"),
    "url": ("source_url",),
    "people": (),
    "contact": (),
}


@dataclass
class Chunk:
    """What a few thousand rows of a file came to.

    Args:
        last: the number of the last row that was read.
        read: how many there were, blank ones aside.
        records: the number of each row that can be used, and its record.
        refused, remarks: why rows cannot be used, and what was left out of those that can.
    """

    last: int = 0
    read: int = 0
    records: list[tuple[int, SolutionRecord]] = field(default_factory=list)
    refused: list[RowProblem] = field(default_factory=list)
    remarks: list[RowProblem] = field(default_factory=list)
    positioned: int = 0
    known: int = 0
    repaired: int = 0
    unknown_topics: Counter[str] = field(default_factory=Counter)


def read_chunks(table: Table, reader: RowReader, *, after: int = 0) -> Iterator[Chunk]:
    """Read a file chunk by chunk; nothing of one is kept for the next.

    Args:
        after: the number of the last row of an earlier reading, to go on from there.

    Raises:
        TableError: the file turns out to be damaged on the way.
    """
    rows = (row for row in table.raw_rows() if row[0] > after)
    while batch := list(islice(rows, CHUNK)):
        chunk = Chunk(last=batch[-1][0])
        reader.remarks, reader.repaired = chunk.remarks, 0
        read = list(_read(batch, reader, chunk))
        cities = CityFinder(
            ((row.country.code, row.city) for row in read if row.city),
            {row.municipality_id for row in read if row.municipality_id},
        )
        chunk.records = [(row.number, _record(row, cities, reader, chunk)) for row in read]
        chunk.repaired = reader.repaired
        yield chunk


def said_fields(columns: Columns) -> Collection[str]:
    """Return the fields of a record that a file with these columns says something about."""
    said = {name for column in columns.places for name in _SAID.get(column, (column,))}
    return said - {"source", "source_id"}


def _read(batch: list, reader: RowReader, chunk: Chunk) -> Iterator[ReadRow]:
    """Yield the rows that can be used, and note the others."""
    for number, cells in batch:
        if not any(cells) or not any(map(str.strip, cells)):
            continue
        chunk.read += 1
        try:
            yield reader.read(number, cells)
        except RowRefused as refusal:
            column = reader.columns.name_of(refusal.field)
            chunk.refused.append(RowProblem(number, column, str(refusal)))


def _record(row: ReadRow, cities: CityFinder, reader: RowReader, chunk: Chunk) -> SolutionRecord:
    latitude, longitude = row.position.latitude, row.position.longitude
    position = (latitude, longitude) if latitude is not None and longitude is not None else None
    code = row.country.code
    town = cities.numbered(code, row.municipality_id, position) if row.municipality_id else None
    if town is None and row.city:
        town = cities.find(code, row.city, row.region, position)
        if town is None and position and cities.find(code, row.city, row.region):
            _note_distance(row, reader)
    chunk.positioned += position is not None
    chunk.known += town is not None
    fields = row.fields
    if "areas" not in fields and row.topic:
        fields["areas"] = list(areas_of_topic(row.topic))
        if not fields["areas"]:
            chunk.unknown_topics[row.topic] += 1
    return SolutionRecord(
        source=row.source,
        source_id=row.source_id,
        slug=fields["title"],
        country_id=code,
        municipality_id=town.pk if town else None,
        place_name=row.city,
        latitude=latitude,
        longitude=longitude,
        position_precision=(row.precision or Solution.PositionPrecision.EXACT.value) if position else "",
        **fields,
    )


def _note_distance(row: ReadRow, reader: RowReader) -> None:
    """Say that a point is far from its city: perhaps in the sea, which a country's extent does not show."""
    reader.remarks.append(
        RowProblem(
            row.number,
            reader.columns.name_of("lat"),
            _("El punto queda a más de 50 km de «%(city)s»: se guardó, pero revisá que no caiga en el mar.")
            % {"city": row.city},
        )
    )
