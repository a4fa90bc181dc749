import csv
import io
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing

import pytest
from django.utils.translation import override

from inspire.importing import records
from inspire.importing.ahead import read_ahead
from inspire.importing.columns import ALL_NAMES, find_columns
from inspire.importing.places import CountryFinder
from inspire.importing.records import Chunk, read_chunks
from inspire.importing.rows import RowReader
from inspire.models import Solution
from inspire.services import solutions_import
from portal.core.tabular import Table, TableError, open_table
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def two_rows_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "CHUNK", 2)
    MunicipalityFactory(country=CountryFactory(code="AR"), name="Tandil", latitude=-37.32, longitude=-59.13)


def file_of(count: int) -> io.BytesIO:
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(["source", "source_id", "title", "country", "city"])
    writer.writerows(["a", number, f"Plaza {number}", "AR", "Tandil"] for number in range(count))
    return io.BytesIO(stream.getvalue().encode())


def opened(count: int = 7) -> AbstractContextManager[Table]:
    return open_table(file_of(count), filename="soluciones.csv", expected=ALL_NAMES)


def reader_of(table: Table) -> RowReader:
    return RowReader(find_columns(table, has_source=False), CountryFinder(), source="", language="es")


def readers() -> list[threading.Thread]:
    return [thread for thread in threading.enumerate() if thread.name.startswith("reading")]


def test_what_is_read_ahead_is_what_is_read_one_by_one() -> None:
    with opened() as table:
        one_by_one = [chunk.records for chunk in read_chunks(table, reader_of(table))]
    with opened() as table, closing(read_ahead(table, reader_of(table), lambda chunk: chunk)) as chunks:
        assert [chunk.records for chunk in chunks] == one_by_one
    assert [len(chunk) for chunk in one_by_one] == [2, 2, 2, 1]
    assert all(record.municipality_id for chunk in one_by_one for _number, record in chunk)


def test_no_more_than_three_chunks_are_held_however_slow_the_writing_is(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[int] = []

    def noted(rows: Iterator) -> Iterator:
        for row in rows:
            taken.append(row[0])
            yield row

    with opened(30) as table:
        rows = table.raw_rows()
        monkeypatch.setattr(type(table), "raw_rows", lambda _self: noted(rows))
        with closing(read_ahead(table, reader_of(table), lambda chunk: chunk)) as chunks:
            next(chunks)
            time.sleep(0.3)
            assert 4 <= len(taken) <= 6


def test_a_file_that_turns_out_to_be_damaged_leaves_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(rows: Iterator) -> Iterator:
        for row in rows:
            if row[0] > 5:
                raise TableError("El archivo está cortado.")
            yield row

    with opened() as table:
        rows = table.raw_rows()
        monkeypatch.setattr(type(table), "raw_rows", lambda _self: damaged(rows))
        with pytest.raises(TableError):
            solutions_import(table=table)
    assert not Solution.objects.exists()
    assert not readers()


def test_an_error_while_writing_ends_the_reading_too() -> None:
    def stopped(table: Table) -> None:
        with closing(read_ahead(table, reader_of(table), lambda chunk: chunk)) as chunks:
            for _chunk in chunks:
                assert readers()
                raise ZeroDivisionError

    with opened(50) as table, pytest.raises(ZeroDivisionError):
        stopped(table)
    assert not readers()


def test_an_error_in_what_is_made_of_a_chunk_reaches_who_writes() -> None:
    def broken(_chunk: Chunk) -> None:
        raise ZeroDivisionError

    with (
        opened() as table,
        closing(read_ahead(table, reader_of(table), broken)) as chunks,
        pytest.raises(ZeroDivisionError),
    ):
        list(chunks)
    assert not readers()


def test_reasons_are_told_in_the_language_of_who_asks() -> None:
    def reasons(language: str) -> list[str]:
        content = b"source,source_id,title,country\na,1,,AR\n"
        with (
            override(language),
            open_table(io.BytesIO(content), filename="a.csv", expected=ALL_NAMES) as table,
        ):
            return [problem.reason for problem in solutions_import(table=table).refused]

    assert reasons("es") != reasons("en")
    assert reasons("en")


def test_an_identifier_of_an_earlier_chunk_is_refused_with_its_row() -> None:
    content = file_of(5).getvalue() + b"a,0,Otra vez,AR,Tandil\r\n"
    with open_table(io.BytesIO(content), filename="a.csv", expected=ALL_NAMES) as table:
        report = solutions_import(table=table)
    assert (report.read, report.created, len(report.refused)) == (6, 5, 1)
    assert "fila 2" in report.refused[0].reason
