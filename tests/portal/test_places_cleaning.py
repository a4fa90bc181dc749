"""The parts of an official register, one by one; no database."""

import pytest

from portal.places.models import Country
from portal.places.services.registers.categories import CATEGORIES, unify_category
from portal.places.services.registers.cleaning import RegisterRow
from portal.places.services.registers.positions import settle_positions
from portal.places.services.registers.websites import clean_website

ARGENTINA = Country(code="AR", name_es="Argentina", south=-55.04, north=-21.8, west=-73.58, east=-53.66)

REGISTER_SPELLINGS = {
    "Municipio": "MU", "Comuna": "CO", "Municipio de Segunda": "M2", "Comuna Rural": "CR", "Municipio de Tercera": "M3",
    "Comisión de Fomento": "CF", 'Comisión Municipal "A"': "CMA", "Comisión Municipal": "CM",
    "Municipio de Primera": "M1",
    'Comisión Municipal "B"': "CMB", "Comuna - Cat. I": "CO1", "Junta de Gobierno - Cat. III": "JG3",
    "Junta de Gobierno - Cat. IV": "JG4", "Comuna - Cat. II": "CO2", "Junta de Gobierno - Cat. II": "JG2",
    "Junta Vecinal Provincial": "JV", "Junta de Gobierno - Cat. I": "JG1",
}  # fmt: skip


@pytest.mark.parametrize(("written", "code"), REGISTER_SPELLINGS.items())
def test_the_registers_spelling_and_the_census_code_are_one_category(written: str, code: str) -> None:
    assert unify_category(written) == unify_category(code) == CATEGORIES[code]
    assert unify_category(written.upper()) == CATEGORIES[code]


def test_categories_in_the_portals_spelling_and_unknown_ones_stay() -> None:
    for category in CATEGORIES.values():
        assert unify_category(category) == category
    assert unify_category("Alcaldía") == "Alcaldía"
    assert unify_category("") == ""


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("www.areco.gob.ar", "http://www.areco.gob.ar"),
        ("https://www.areco.gob.ar/", "https://www.areco.gob.ar/"),
        ("dorrego.gob.ar/mcd", "http://dorrego.gob.ar/mcd"),
        ("  www.a.gob.ar / www.b.gob.ar", "http://www.a.gob.ar"),
        ("Web: http://fiambala.org/.", "http://fiambala.org/."),
        ("https://www.elarañado.gob.ar/", "https://www.elarañado.gob.ar/"),
        ("Sin datos", ""),
        ("no tiene página web", ""),
        ("alguien@hotmail.com", ""),
        ("http://https//www.facebook.com/x", ""),
        ("javascript:alert(1)", ""),
        ("http://x_y.com", ""),
        (f"http://a.com/{'x' * 200}", ""),
    ],
)
def test_the_first_address_in_a_cell_is_taken(text: str, address: str) -> None:
    assert clean_website(text) == address


def row(number: int, latitude: float | None, longitude: float | None) -> RegisterRow:
    return RegisterRow(number, "060007", "", "A", "a", "06", "B", "", "", latitude, longitude, None, None, "")


def test_a_file_with_its_columns_exchanged_is_put_right_as_a_whole() -> None:
    rows = [row(number, -60.0 - number / 10, -37.0) for number in range(1, 7)]
    rows.append(row(7, None, None))
    settled = settle_positions(rows, ARGENTINA, "lat")
    assert settled.whole_file
    assert settled.swapped == [1, 2, 3, 4, 5, 6]
    assert (rows[0].latitude, rows[0].longitude) == (-37.0, -60.1)
    assert rows[6].latitude is None


def test_single_exchanged_rows_are_put_right_and_the_others_stay() -> None:
    rows = [row(1, -37.0, -60.0), row(2, -60.0, -37.0), row(3, -34.0, -58.0)]
    settled = settle_positions(rows, ARGENTINA, "lat")
    assert not settled.whole_file
    assert settled.swapped == [2]
    assert [(one.latitude, one.longitude) for one in rows] == [(-37.0, -60.0), (-37.0, -60.0), (-34.0, -58.0)]


def test_rows_that_fit_both_ways_follow_the_file() -> None:
    square = Country(code="XX", name_es="Cuadrado", south=-10, north=10, west=-5, east=20)
    straight = [row(number, 5.0, 18.0) for number in range(9)] + [row(9, 3.0, 4.0)]
    assert settle_positions(straight, square, "lat").swapped == []
    exchanged = [row(number, 18.0, 5.0) for number in range(9)] + [row(9, 4.0, 3.0)]
    settled = settle_positions(exchanged, square, "lat")
    assert settled.swapped == list(range(10))
    assert (exchanged[9].latitude, exchanged[9].longitude) == (3.0, 4.0)


def test_positions_that_fit_neither_way_are_dropped_with_the_reason() -> None:
    rows = [row(8, 40.4, -3.7)]
    settled = settle_positions(rows, ARGENTINA, "lat")
    assert rows[0].latitude is None
    assert rows[0].longitude is None
    assert [problem.row for problem in settled.dropped] == [8]
    assert "40.4; -3.7 está fuera de Argentina" in settled.dropped[0].reason


def test_without_an_extent_only_impossible_positions_are_dropped() -> None:
    rows = [row(1, 36.1, -5.3), row(2, 136.1, -5.3)]
    settled = settle_positions(rows, Country(code="GI"), "lat")
    assert [problem.row for problem in settled.dropped] == [2]
    assert rows[0].latitude == 36.1
