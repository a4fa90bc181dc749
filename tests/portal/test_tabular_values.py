"""Figures and texts of cells."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.core.tabular.cell_text import clean_cell, repair_mojibake
from portal.core.tabular.values import (
    CellValueError,
    is_blank,
    parse_coordinate,
    parse_decimal,
    parse_integer,
    parse_text,
)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("  17.072 ", 17072),
        ("17\u00a0072", 17072),
        ("17\u202f072", 17072),
        ("17,072", 17072),
        ("17072.0", 17072),
        ("1.234.567,00", 1234567),
        ("-3", -3),
        ("+12", 12),
        ("0", 0),
        ("  -   ", None),
        ("s/d", None),
        ("Sin datos", None),
        ("", None),
    ],
)
def test_whole_numbers_are_read_however_thousands_are_parted(text: str, number: int | None) -> None:
    assert parse_integer(text) == number


@pytest.mark.parametrize("text", ["17.07", "1.23.456", "doce", "1e5", "12 km", "١٢", "--5"])
def test_what_is_no_whole_number_is_refused_with_its_text(text: str) -> None:
    with pytest.raises(CellValueError, match="número entero"):
        parse_integer(text)


def test_a_dash_is_zero_only_where_the_reader_says_so() -> None:
    assert parse_integer("-", dash_is_zero=True) == 0
    assert parse_integer("s/d", dash_is_zero=True) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("493,4 KM", Decimal("493.4")),
        ("493,4 km.", Decimal("493.4")),
        ("1.234,5", Decimal("1234.5")),
        ("1,234.5", Decimal("1234.5")),
        ("1.234.567", Decimal(1234567)),
        ("17.072", Decimal("17.072")),
        ("-0,5", Decimal("-0.5")),
        ("−2", Decimal(-2)),
        ("n/d", None),
    ],
)
def test_decimals_are_read_with_comma_or_point(text: str, number: Decimal | None) -> None:
    assert parse_decimal(text, units=("km",)) == number


@pytest.mark.parametrize("text", ["1,2,3", "1.2.3", "12 m", "nan km", "1,234.5.6"])
def test_what_is_no_decimal_is_refused(text: str) -> None:
    with pytest.raises(CellValueError):
        parse_decimal(text, units=("km",))


@pytest.mark.parametrize(
    ("text", "degrees"),
    [
        ("-37.1794832645", -37.1794832645),
        ("-62,75999", -62.75999),
        ("-34.603.722", -34.603722),
        ("34°36'13\"S", -34.60361111),
        ("58° 22' 53'' O", -58.38138889),
        ("40°N", 40.0),
        ("-", None),
    ],
)
def test_coordinates_are_read_in_the_ways_people_write_them(text: str, degrees: float | None) -> None:
    assert parse_coordinate(text) == (None if degrees is None else pytest.approx(degrees))


def test_texts_come_on_one_line_and_say_nothing_when_there_is_no_data() -> None:
    assert parse_text(" San\n  Martín\u00a0 ") == "San Martín"
    assert parse_text("S/D") == ""
    assert parse_text("Nan") == "Nan"
    assert is_blank(" – ")
    assert not is_blank("0")


@given(st.integers(-(10**12), 10**12), st.sampled_from([".", ",", " ", "\u00a0", "\u202f", ""]))
def test_a_whole_number_written_with_any_thousands_mark_comes_back(number: int, mark: str) -> None:
    assert parse_integer(f" {number:,}".replace(",", mark)) == number


@given(st.decimals(-(10**9), 10**9, places=3), st.booleans())
def test_a_decimal_written_the_argentine_way_comes_back(number: Decimal, with_thousands: bool) -> None:
    text = f"{number:,.3f}" if with_thousands else f"{number:.3f}"
    spanish = text.translate(str.maketrans(",.", ".,"))
    assert parse_decimal(spanish) == number


@given(st.floats(-180, 180, allow_nan=False).map(lambda value: round(value, 6)))
def test_a_coordinate_comes_back_with_point_or_comma(degrees: float) -> None:
    text = f"{degrees:.6f}"
    assert parse_coordinate(text) == degrees
    assert parse_coordinate(text.replace(".", ",")) == degrees


@pytest.mark.parametrize(
    ("broken", "text"),
    [
        ("MarÃ­a", "María"),
        ("donâ€™t", "don’t"),
        ("la â€œcasaâ€\x9d", "la “casa”"),
        ("ð\x9f\x98\x80", "😀"),
    ],
)
def test_unmistakable_mojibake_is_repaired(broken: str, text: str) -> None:
    assert repair_mojibake(broken) == text


@pytest.mark.parametrize("text", ["SÃO PAULO", "Âmbar", "«Â»", "ÃO", "João", "Vê-lo", "ÊXITO"])
def test_what_may_be_meant_stays(text: str) -> None:
    assert repair_mojibake(text) == text


@given(st.text(alphabet="abcáéíóúñü ÁÉÍÓÚÑ“”’–€¿¡º", min_size=1))
def test_any_spanish_text_survives_the_cure(text: str) -> None:
    assert repair_mojibake(text) == text


@given(st.text(alphabet="abc áéíóúñüÑ¿¡º", min_size=1).filter(lambda text: not text.isascii()))
def test_any_spanish_text_is_cured_of_being_read_as_western_european(text: str) -> None:
    broken = "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())
    assert repair_mojibake(broken) == text


def test_the_apostrophe_before_a_formula_is_taken_back_and_others_stay() -> None:
    assert clean_cell("'=1+1") == "=1+1"
    assert clean_cell("'Ndrangheta") == "'Ndrangheta"
