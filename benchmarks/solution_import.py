"""Import of solutions: reading, writing with the catalogue, and both, beside a bare COPY and upsert of the same rows.

Times vary with whatever else the machine does: each is the median of the runs, and the processors' own time stands
beside it. Everything is undone.
"""

import argparse
import csv
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

import psutil  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402

from benchmarks.report import table  # noqa: E402
from inspire.importing.columns import ALL_NAMES, find_columns  # noqa: E402
from inspire.importing.places import CountryFinder  # noqa: E402
from inspire.importing.records import read_chunks  # noqa: E402
from inspire.importing.rows import RowReader  # noqa: E402
from inspire.models import Solution  # noqa: E402
from inspire.record import SolutionRecord  # noqa: E402
from inspire.services import solutions_import, solutions_upsert  # noqa: E402
from inspire.services.bulk import staged_row, staging_columns  # noqa: E402
from portal.core.bulk import staged  # noqa: E402
from portal.core.tabular import open_table  # noqa: E402

ROWS = 100_000
RUNS = 3
HEADER = [
    "source",
    "source_id",
    "title",
    "summary",
    "description",
    "city",
    "country",
    "lat",
    "lon",
    "year",
    "topic",
    "url",
    "licence",
]
WORDS = [
    "gestión",
    "municipal",
    "programa",
    "vecinos",
    "barrio",
    "residuos",
    "compostaje",
    "reciclaje",
    "plaza",
    "calle",
    "ciclovía",
    "espacio",
    "público",
    "participación",
    "presupuesto",
    "jóvenes",
    "cooperativa",
    "capacitación",
    "empleo",
    "salud",
    "escuela",
    "agua",
    "saneamiento",
    "energía",
    "solar",
    "movilidad",
    "seguridad",
    "cultura",
    "turismo",
    "producción",
    "feria",
    "digital",
    "trámite",
    "datos",
    "ordenanza",
    "convenio",
    "universidad",
    "financiamiento",
    "evaluación",
    "reducción",
    "accesibilidad",
    "inclusión",
    "ambiente",
    "humedal",
    "río",
    "inundaciones",
    "huerta",
    "vivienda",
    "de",
    "la",
    "en",
    "el",
    "con",
    "para",
    "por",
    "que",
    "los",
    "las",
]
PLACES = (
    ("Tandil", -37.32, -59.13),
    ("Rosario", -32.95, -60.65),
    ("Córdoba", -31.41, -64.18),
    ("Salta", -24.78, -65.41),
)
TOPICS = ("Espacio público", "Residuos", "Movilidad", "Salud", "Educación", "Participación ciudadana")


class _Undo(Exception):
    """Ends a measured block without keeping what it wrote."""


def text(chance: random.Random, shortest: int, longest: int) -> str:
    """Return sentences of a length between two."""
    wanted, sentences = chance.randint(shortest, longest), ""
    while len(sentences) < wanted:
        words = " ".join(chance.choice(WORDS) for _word in range(chance.randint(8, 16)))
        sentences += f"{words.capitalize()}. "
    return sentences.strip()


def make_file(rows: int) -> Path:
    """Write a file of plausible rows that say that they are made up."""
    chance = random.Random(7)
    file = Path(tempfile.mkdtemp()) / "solutions.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(rows):
            city, lat, lon = chance.choice(PLACES)
            place = (f"{lat + chance.uniform(-0.1, 0.1):.5f}", f"{lon + chance.uniform(-0.1, 0.1):.5f}")
            writer.writerow(
                [
                    "medicion",
                    number,
                    f"Ejemplo {number}: {text(chance, 20, 40)}",
                    text(chance, 80, 160),
                    text(chance, 300, 600),
                    city,
                    "AR",
                    *place,
                    chance.randint(1995, 2025),
                    chance.choice(TOPICS),
                    f"https://example.org/caso/{number}",
                    "CC BY 4.0",
                ]
            )
    return file


def measured(work: Callable[[], object]) -> tuple[float, float]:
    """Return the median seconds of some undone runs, and those that this process and the database worked."""
    taken, worked = [], []
    for _run in range(RUNS):
        try:
            with transaction.atomic():
                start, processor = time.perf_counter(), _processor()
                work()
                taken.append(time.perf_counter() - start)
                worked.append(_processor() - processor)
                raise _Undo
        except _Undo:
            pass
    return statistics.median(taken), statistics.median(worked)


def _processor() -> float:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        times = [psutil.Process(pid).cpu_times() for pid in (psutil.Process().pid, cursor.fetchone()[0])]
    return sum(one.user + one.system for one in times)


def records_of(file: Path) -> list[SolutionRecord]:
    """Read a whole file."""
    with open_table(file, expected=ALL_NAMES) as opened:
        columns = find_columns(opened, has_source=False)
        reader = RowReader(columns, CountryFinder(), source="", language="es")
        return [record for chunk in read_chunks(opened, reader) for _number, record in chunk.records]


def whole(file: Path) -> None:
    """Read, check and write a file, catalogue included."""
    with open_table(file, expected=ALL_NAMES) as opened:
        solutions_import(table=opened)


def bare(rows: list[list[object]]) -> None:
    """COPY rows that are ready, and put them into a table like the real one, with its indexes and nothing else."""
    names = ", ".join(name for name in staging_columns() if name not in {"areas", "topics", "people"})
    with connection.cursor() as cursor, staged(staging_columns(), rows, name="bare") as staging:
        cursor.execute(
            f"CREATE TEMP TABLE bare (LIKE {Solution._meta.db_table} INCLUDING ALL) ON COMMIT DROP"
        )
        staging.execute(
            f"INSERT INTO bare ({names}, facet_keys, status, published_at, created_at, updated_at) "
            f"SELECT {names}, '{{{{}}}}', 'published', now(), now(), now() FROM {{staging}} "
            "ON CONFLICT (source, source_id) DO UPDATE SET title = excluded.title"
        )


def main() -> None:
    """Measure, and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--rows", type=int, default=ROWS)
    options = parser.parse_args()
    call_command("prepare", verbosity=0)
    file = make_file(options.rows)
    records = records_of(file)
    rows = [staged_row(record) for record in records]
    parts: list[tuple[str, Callable[[], object]]] = [
        ("bare COPY and upsert, no catalogue", lambda: bare(rows)),
        ("read and check", lambda: records_of(file)),
        ("write, with the catalogue", lambda: solutions_upsert(records=records)),
        ("whole import", lambda: whole(file)),
    ]
    figures = []
    for name, work in parts:
        taken, worked = measured(work)
        figures.append(
            [
                name,
                f"{taken:.1f}",
                f"{options.rows / taken:.0f}",
                f"{worked:.1f}",
                f"{options.rows / worked:.0f}",
            ]
        )
    size = file.stat().st_size / options.rows
    print(f"## Import of {options.rows} solutions of {size:.0f} bytes each, new ones, with the catalogue\n")
    print(table(["part", "s", "rows/s", "processor s", "rows per processor s"], figures))


if __name__ == "__main__":
    main()
