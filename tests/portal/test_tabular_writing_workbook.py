"""Excel workbooks, written while they are sent."""

import io
import zipfile
from datetime import UTC, date, datetime

import pytest
from defusedxml import ElementTree
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from portal.core.tabular import open_table
from portal.core.tabular.writing_cells import column_letters
from portal.core.tabular.writing_workbook import workbook_pieces


def made(titles, rows, **options) -> bytes:
    return b"".join(workbook_pieces(titles, rows, sheet_name="Soluciones", **options))


def values(content: bytes) -> dict[str, list[tuple]]:
    book = load_workbook(io.BytesIO(content))
    return {sheet.title: list(sheet.values) for sheet in book.worksheets}


def one(cell):
    return values(made(["a", "b"], [[cell, "fin"]]))["Soluciones"][1][0]


def test_numbers_dates_and_texts_are_what_they_are() -> None:
    assert one(7) == 7
    assert one(-34.6037) == -34.6037
    assert one(True) is True
    assert one(date(2026, 3, 1)) == datetime(2026, 3, 1)  # noqa: DTZ001 a workbook knows no zones
    assert one("San Martín") == "San Martín"
    assert one(None) is None
    assert one("") is None
    assert one(float("nan")) is None


def test_a_moment_is_shown_by_the_portals_clock() -> None:
    assert one(datetime(2026, 3, 1, 15, 30, tzinfo=UTC)) == datetime(2026, 3, 1, 12, 30)  # noqa: DTZ001


@pytest.mark.parametrize(
    "text", ["a <b> & \"c\" 'd'", " con bordes ", "dos\nrenglones", "😀", "_x0041_", "]]>"]
)
def test_texts_arrive_as_they_were_sent(text: str) -> None:
    content = made(["a", "b"], [[text, "fin"]])
    with open_table(io.BytesIO(content), "x.xlsx") as table:
        assert next(table.raw_rows())[1][0] == text


def test_what_xml_cannot_carry_is_left_out() -> None:
    assert one("a\x00b\x0bc\ufffed\ud83de") == "abcde"
    assert one("a\r\nb\rc") == "a\nb\nc"


def test_a_formula_is_only_text() -> None:
    sheet = load_workbook(io.BytesIO(made(["a"], [["=1+1"]]))).active
    assert (sheet["A2"].value, sheet["A2"].data_type) == ("'=1+1", "s")


@pytest.mark.parametrize(
    ("text", "length"), [("a" * 40_000, 32_767), ("😀" * 20_000, 16_384), ("a" * 32_767, 32_767)]
)
def test_a_text_is_cut_at_what_excel_holds(text: str, length: int) -> None:
    found = one(text)
    assert len(found) == length
    assert found.endswith("…") == (text != found)
    assert len(found.encode("utf-16-le")) <= 2 * 32_767


def test_what_does_not_fit_in_a_sheet_goes_on_in_the_next() -> None:
    sheets = values(made(["n"], ([number] for number in range(5)), rows_per_sheet=3))
    assert sheets == {
        "Soluciones": [("n",), (0,), (1,)],
        "Soluciones 2": [("n",), (2,), (3,)],
        "Soluciones 3": [("n",), (4,)],
    }


def test_a_full_sheet_is_not_followed_by_an_empty_one() -> None:
    assert list(values(made(["n"], [[1], [2]], rows_per_sheet=3))) == ["Soluciones"]


def test_a_sheet_ends_before_it_is_too_large_for_a_zip() -> None:
    rows = [["x" * 30_000]] * 12
    sheets = values(made(["n"], rows, characters_per_sheet=100_000))
    assert [len(sheet) - 1 for sheet in sheets.values()] == [6, 6]


def test_a_workbook_without_rows_has_its_titles() -> None:
    assert values(made(["a", "b"], [])) == {"Soluciones": [("a", "b")]}


def test_every_part_is_well_formed_and_the_titles_stay_in_sight() -> None:
    content = made(["a"], [["x"]])
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        for name in archive.namelist():
            ElementTree.fromstring(archive.read(name))
    sheet = load_workbook(io.BytesIO(content)).active
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold


def test_rows_are_sent_while_they_come() -> None:
    asked = []

    def rows():
        for number in range(20_000):
            asked.append(number)
            yield [f"{number} {'xyz' * 50}"]

    pieces = workbook_pieces(["a"], rows(), sheet_name="S")
    next(pieces)
    next(pieces)
    assert len(asked) < 5_000
    pieces.close()


def test_columns_have_the_letters_that_excel_gives_them() -> None:
    assert [column_letters(place) for place in (0, 25, 26, 51, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "ZZ",
        "AAA",
    ]


@settings(deadline=None)
@given(st.lists(st.text(max_size=30) | st.integers(-(10**9), 10**9) | st.booleans(), min_size=1, max_size=5))
def test_whatever_is_written_can_be_opened(cells: list) -> None:
    found = values(made([str(place) for place in range(len(cells))], [cells]))["Soluciones"]
    assert len(found) <= 2
