"""Imports: the starter's places and the register of local governments, beside a bare COPY of the same rows.

The register is the real file when REAL_DATA names its folder, else a file of as many rows made for this.
"""

import argparse
import csv
import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.db import connection, transaction  # noqa: E402

from benchmarks.report import table  # noqa: E402
from portal.places.models import Country  # noqa: E402
from portal.places.services.registers import municipalities_import  # noqa: E402
from portal.places.starter import load_places  # noqa: E402

REGISTER = "municipalities/gobiernos_locales.csv"
ROWS = 2328
HEADER = ["id", "nombre", "provincia_id", "provincia", "categoria", "lat", "lon", "poblacion_2022"]
RUNS = 3
COLUMNS = (
    "country_id, name, normalised_name, region_code, region_name, department, category, latitude, longitude, "
    "population, population_year, website, created_at, updated_at"
)


class _Undo(Exception):
    """Ends a measured block without keeping what it wrote."""


def seconds(work: Callable[[], object]) -> float:
    """Return the best of three runs, each undone."""
    best = float("inf")
    for _run in range(RUNS):
        try:
            with transaction.atomic():
                start = time.perf_counter()
                work()
                best = min(best, time.perf_counter() - start)
                raise _Undo
        except _Undo:
            pass
    return best


def empty_places() -> None:
    """Begin from nothing: no place and whatever hangs on one."""
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE places_country, places_municipality, places_municipalitycode CASCADE")


def bare_copy(data: str) -> None:
    """COPY rows into a table like the real one, with its indexes, and nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE bare (LIKE places_municipality INCLUDING ALL) ON COMMIT DROP")
        with cursor.copy(f"COPY bare ({COLUMNS}) FROM STDIN") as copy:  # type: ignore[attr-defined]
            copy.write(data)


def rows_written() -> str:
    """Return the places as COPY text, as they stand."""
    with connection.cursor() as cursor:
        buffer = io.BytesIO()
        with cursor.copy(f"COPY (SELECT {COLUMNS} FROM places_municipality) TO STDOUT") as copy:  # type: ignore[attr-defined]
            for block in copy:
                buffer.write(block)
    return buffer.getvalue().decode()


def text_after(work: Callable[[], object]) -> str:
    """Return the places that some work leaves behind, as COPY text, and undo it."""
    text = ""
    try:
        with transaction.atomic():
            empty_places()
            work()
            text = rows_written()
            raise _Undo
    except _Undo:
        return text
    raise AssertionError("unreachable")


def register_file() -> Path:
    """Return the real register, or one of as many rows."""
    real = Path(os.environ.get("REAL_DATA", "")) / REGISTER
    if os.environ.get("REAL_DATA") and real.exists():
        return real
    file = Path(tempfile.mkdtemp()) / "register.csv"
    with file.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(HEADER)
        for number in range(ROWS):
            writer.writerow(
                [
                    f"06{number:04}",
                    f"Lugar {number}",
                    "06",
                    "Buenos Aires",
                    "Municipio",
                    -37.1,
                    -60.1,
                    1000 + number,
                ]
            )
    return file


def from_nothing(work: Callable[[], object], before: Callable[[], object]) -> float:
    """Return the best of three runs of some work on an empty register, each undone."""
    best = float("inf")
    for _run in range(RUNS):
        try:
            with transaction.atomic():
                empty_places()
                before()
                start = time.perf_counter()
                work()
                best = min(best, time.perf_counter() - start)
                raise _Undo
        except _Undo:
            pass
    return best


def figures(name: str, work: Callable[[], object], before: Callable[[], object] = lambda: None) -> list[str]:
    """Measure some work against a bare COPY of what it writes."""
    data = text_after(lambda: (before(), work()))
    copied = seconds(lambda: bare_copy(data))
    taken = from_nothing(work, before)
    count = data.count("\n")
    speed = f"{count / taken:.0f}"
    return [name, str(count), f"{copied * 1000:.0f}", f"{taken * 1000:.0f}", f"{taken / copied:.1f}", speed]


def argentina() -> Country:
    """Return the country of the register, as the starter makes it."""
    return Country.objects.get_or_create(
        code="AR",
        defaults={
            "name_es": "Argentina",
            "name_en": "Argentina",
            "name_pt": "Argentina",
            "continent": "SA",
            "south": -55.1,
            "north": -21.8,
            "west": -73.6,
            "east": -53.6,
        },
    )[0]


def main() -> None:
    """Measure both and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int)
    parser.add_argument("--seconds", type=float)
    parser.parse_args()
    file = register_file()
    rows = [
        figures("starter places", load_places),
        figures(
            f"register, {file.name}", lambda: municipalities_import(file=file, country=argentina()), argentina
        ),
    ]
    print("## Imports beside a bare COPY of the same rows into the same table and indexes\n")
    print(table(["import", "rows", "COPY ms", "import ms", "× COPY", "rows/s"], rows))


if __name__ == "__main__":
    main()
