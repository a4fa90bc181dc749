"""From the rows of a file to records of solutions, a few thousand at a time."""

import logging
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from itertools import islice

from django.db import DatabaseError
from django.utils.translation import gettext as _

from inspire.importing.columns import Columns
from inspire.importing.places import CityFinder
from inspire.importing.read_row import ReadRow, RowRefused
from inspire.importing.rows import RowReader
from inspire.importing.topic_areas import areas_of_topic
from inspire.models import Solution
from inspire.record import SolutionRecord
from portal.core.tabular import RowProblem, Table

CHUNK = 5000
logger = logging.getLogger(__name__)
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


@dataclass
class ParsedChunk:
    """A chunk of which every cell is read; which towns are meant is to be asked of the database yet."""

    chunk: Chunk
    rows: list[ReadRow]

    def cities(self) -> CityFinder:
        """Ask for the towns that its rows name."""
        return CityFinder(
            ((row.country.code, row.city) for row in self.rows if row.city),
            {row.municipality_id for row in self.rows if row.municipality_id},
        )

    def finished(self, reader: RowReader, cities: CityFinder) -> Chunk:
        """Return the chunk with its records; the database is not asked."""
        self.chunk.records = [(row.number, _record(row, cities, reader, self.chunk)) for row in self.rows]
        return self.chunk


def read_chunks(table: Table, reader: RowReader, *, after: int = 0) -> Iterator[Chunk]:
    """Read a file chunk by chunk; nothing of one is kept for the next.

    Args:
        after: the number of the last row of an earlier reading, to go on from there.

    Raises:
        TableError: the file turns out to be damaged on the way.
    """
    for parsed in parsed_chunks(table, reader, after=after):
        yield parsed.finished(reader, parsed.cities())


def parsed_chunks(table: Table, reader: RowReader, *, after: int = 0) -> Iterator[ParsedChunk]:
    """Do the part of `read_chunks` that needs no database."""
    rows = (row for row in table.raw_rows() if row[0] > after)
    while batch := list(islice(rows, CHUNK)):
        chunk = Chunk(last=batch[-1][0])
        reader.remarks, reader.repaired = chunk.remarks, 0
        read = list(_read(batch, reader, chunk))
        chunk.repaired = reader.repaired
        yield ParsedChunk(chunk, read)


def said_fields(columns: Columns) -> Collection[str]:
    """Return the fields of a record that a file with these columns says something about."""
    said = {name for column in columns.places for name in _SAID.get(column, (column,))}
    return said - {"source", "source_id"}


def _read(batch: list, reader: RowReader, chunk: Chunk) -> Iterator[ReadRow]:
    """Yield the rows that can be used, and note the others."""
    has_logged = False
    for number, cells in batch:
        if not any(cells) or not any(map(str.strip, cells)):
            continue
        chunk.read += 1
        try:
            yield reader.read(number, cells)
        except RowRefused as refusal:
            column = reader.columns.name_of(refusal.field)
            chunk.refused.append(RowProblem(number, column, str(refusal)))
        except DatabaseError:
            raise
        except Exception:
            # One row that nobody foresaw does not hold up the others of its file, and many do not fill the log.
            if not has_logged:
                logger.exception("Row %s of a file could not be read.", number)
            has_logged = True
            chunk.refused.append(RowProblem(number, "", _unreadable()))


def _unreadable() -> str:
    return _(
        "La fila no se pudo leer: alguna celda trae algo que no esperábamos. Revisá si hay textos larguísimos o signos "
        "raros; si no ves nada, avisá a quien administra el portal."
    )


def _record(row: ReadRow, cities: CityFinder, reader: RowReader, chunk: Chunk) -> SolutionRecord:
    latitude, longitude = row.position.latitude, row.position.longitude
    position = (latitude, longitude) if latitude is not None and longitude is not None else None
    code = row.country.code
    town = cities.numbered(code, row.municipality_id, position) if row.municipality_id else None
    if town is None and row.city:
        town = cities.find(code, row.city, row.region, position)
        if town is None and position and cities.find(code, row.city, row.region):
            _note_distance(row, reader, chunk)
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


def _note_distance(row: ReadRow, reader: RowReader, chunk: Chunk) -> None:
    """Say that a point is far from its city: perhaps in the sea, which a country's extent does not show."""
    chunk.remarks.append(
        RowProblem(
            row.number,
            reader.columns.name_of("lat"),
            _("El punto queda a más de 50 km de «%(city)s»: se guardó, pero revisá que no caiga en el mar.")
            % {"city": row.city},
        )
    )
