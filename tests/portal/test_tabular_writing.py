"""Tables of any length, written while they are sent."""

import csv
import io
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.tabular import open_table
from portal.core.tabular.cell_text import clean_cell
from portal.core.tabular.writing import csv_pieces
from portal.core.tabular.writing_formulas import with_formula, without_formula


def read(pieces) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(pieces).decode("utf-8-sig"), newline="")))


def test_excel_is_told_that_a_csv_is_utf8() -> None:
    assert b"".join(csv_pieces(["año"], [["Añelo"]])).startswith("\ufeffaño\r\nAñelo".encode())


def test_cells_of_a_csv_are_written_for_machines_and_people() -> None:
    row = [
        "a;b,c\n«d»",
        7,
        -34.5,
        True,
        False,
        None,
        date(2026, 3, 1),
        datetime(2026, 3, 1, 10, 30, tzinfo=UTC),
    ]
    titles = list("abcdefgh")
    assert read(csv_pieces(titles, [row])) == [
        titles,
        ["a;b,c\n«d»", "7", "-34.5", "TRUE", "FALSE", "", "2026-03-01", "2026-03-01T10:30:00+00:00"],
    ]


def test_a_csv_begins_to_be_sent_before_a_row_was_asked_for() -> None:
    def rows():
        raise AssertionError("asked too early")
        yield []

    assert next(csv_pieces(["a"], rows())).decode("utf-8-sig") == "a\r\n"


def test_a_long_csv_is_sent_in_pieces() -> None:
    pieces = list(csv_pieces(["a"], (["x" * 1000] for _row in range(500))))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 70_000
    assert len(read(pieces)) == 501


def test_half_a_character_does_not_end_a_csv() -> None:
    assert read(csv_pieces(["a"], [["\ud83d"], ["b"]])) == [["a"], ["?"], ["b"]]


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-x", "@SUM(A1)", "\tx", "\rx", " =1+1", "＝1", "'=1", "''=1", "'\t=1", "\n=1"]
)
def test_what_a_spreadsheet_would_run_gets_an_apostrophe_and_loses_it_again(text: str) -> None:
    assert without_formula(text) == f"'{text}"
    assert with_formula(f"'{text}") == text


@pytest.mark.parametrize("text", ["", "'", "'90", "d'or", "-34.5", "+3", "San Martín", "a=b"])
def test_other_texts_stay_as_they_are(text: str) -> None:
    assert without_formula(text) == with_formula(text) == text


@given(st.text(alphabet="'=+-@\t\r\n ＝a1.", max_size=8) | st.text())
def test_nothing_is_lost_on_the_way_there_and_back(text: str) -> None:
    assert with_formula(without_formula(text)) == text


@given(st.text(alphabet="'=+-@＝a1.ñ", max_size=8))
def test_an_import_reads_what_was_exported(text: str) -> None:
    assert clean_cell(without_formula(text)) == text


def test_a_title_that_somebody_wrote_runs_as_no_formula_either() -> None:
    assert read(csv_pieces(["=1+1", "@SUM(A1)", "año"], [])) == [["'=1+1", "'@SUM(A1)", "año"]]


def test_our_own_reader_reads_a_csv_of_ours() -> None:
    content = b"".join(csv_pieces(["título", "texto"], [["=A1", "uno\ndos, «tres»"], ["-5", "'x"]]))
    with open_table(io.BytesIO(content), "x.csv") as table:
        assert [row.cells for row in table.rows()] == [
            {"titulo": "=A1", "texto": "uno\ndos, «tres»"},
            {"titulo": "-5", "texto": "'x"},
        ]
