"""Figures and years, said in words."""

from decimal import Decimal

import pytest

from inspire.models import Solution
from inspire.reading.figures import figures_of, number_of
from inspire.reading.page import years_told


def told(before: str, after: str, unit: str = "", language: str = "es") -> str:
    figure = {"indicator": "Hogares", "before": before, "after": after, "unit": unit}
    return figures_of(Solution(figures=[figure], language=language), language).rows[0].change


@pytest.mark.parametrize(
    ("before", "after", "unit", "words"),
    [
        ("12", "30", "%", "Subió de 12 a 30 %."),
        ("1.200", "812,5", "toneladas", "Bajó de 1.200 a 812,5 toneladas."),
        ("30", "30,0", "días", "Se mantuvo en 30,0 días."),
        ("12%", "30%", "", "Subió de 12% a 30%."),
        ("-3", "0", "", "Subió de -3 a 0."),
    ],
)
def test_two_numbers_are_compared_in_words(before: str, after: str, unit: str, words: str) -> None:
    assert told(before, after, unit) == words


@pytest.mark.parametrize(
    ("before", "after"), [("", "30"), ("12", ""), ("pocos", "30"), ("12", "unas 30"), ("12", "3.5"), ("", "")]
)
def test_what_is_no_number_for_certain_is_not_compared(before: str, after: str) -> None:
    assert told(before, after) == ""


def test_numbers_are_read_as_their_language_writes_them() -> None:
    assert number_of("1.200", "es") == 1200
    assert number_of("1,200", "en") == 1200
    assert number_of("1.5", "en") == Decimal("1.5")
    assert number_of("1,5", "pt") == Decimal("1.5")
    assert told("1.200", "900", language="en") == "Subió de 1.200 a 900."


@pytest.mark.parametrize("value", ["NaN", "Infinity", "1e5", "١٢", "9" * 5000, "1 2", "--1", "½", "\x00"])
def test_no_value_breaks_the_page(value: str) -> None:
    told(value, value)
    told("1", value, language="xx")


def test_columns_that_are_empty_are_not_there() -> None:
    table = figures_of(Solution(figures=[{"indicator": "Hogares", "after": "3"}]), "es")
    assert (table.has_before, table.has_date) == (False, False)
    full = {"indicator": "Hogares", "before": "1", "after": "3", "date": "2018"}
    table = figures_of(Solution(figures=[full]), "es")
    assert (table.has_before, table.has_date) == (True, True)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"start_year": 2015, "end_year": 2018}, "2015–2018"),
        ({"start_year": 2015, "end_year": 2015}, "2015"),
        ({"start_year": 2019}, "desde 2019"),
        ({"start_year": 2019, "stage": "ended"}, "2019"),
        ({"end_year": 2018}, "hasta 2018"),
        ({}, ""),
    ],
)
def test_years_are_told_as_far_as_they_are_known(fields: dict, words: str) -> None:
    assert years_told(Solution(**fields)) == words
