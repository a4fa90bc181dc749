"""What differs between two contents, as a person reads it."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspire.differences import DELETED, INSERTED, SAME, differences, list_segments, text_segments
from inspire.record import Figure, Link, Person, SolutionRecord
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

LINES = st.text(alphabet="ab \nñ.", max_size=60)


def record(**fields: Any) -> dict[str, Any]:
    return SolutionRecord(
        source="portal", source_id="1", slug="uno", title="Uno", country_id="AR", **fields
    ).to_json()


@given(LINES, LINES)
def test_what_stayed_and_went_is_the_first_text_and_what_stayed_and_came_the_second(
    before: str, after: str
) -> None:
    segments = text_segments(before, after)
    assert "".join(segment.text for segment in segments if segment.kind != INSERTED) == before
    assert "".join(segment.text for segment in segments if segment.kind != DELETED) == after


def test_only_the_changed_words_are_marked() -> None:
    segments = text_segments("Se entregaron 30 composteras.", "Se entregaron 90 composteras.")
    assert [(part.kind, part.text) for part in segments] == [
        (SAME, "Se entregaron "),
        (DELETED, "30"),
        (INSERTED, "90"),
        (SAME, " composteras."),
    ]


def test_a_long_passage_that_stayed_is_shown_by_its_ends() -> None:
    text = "palabra " * 400
    first = text_segments(text + "vieja", text + "nueva")[0]
    assert len(first.shown) < 400
    assert "[…]" in first.shown


def test_two_long_texts_are_compared_in_a_moment() -> None:
    begun = time.perf_counter()
    before = " ".join(f"uno{number}" for number in range(9_000))
    assert text_segments(before, before.replace("uno", "dos"))
    assert time.perf_counter() - begun < 2


def test_a_list_says_what_went_and_what_came() -> None:
    found = list_segments(["a", "b", "c"], ["a", "c", "d"])
    assert [(item.kind, item.text) for item in found] == [
        (SAME, "a"), (DELETED, "b"), (SAME, "c"), (INSERTED, "d")
    ]  # fmt: skip


@pytest.mark.django_db
def test_fields_are_told_in_words() -> None:
    CountryFactory()
    town = MunicipalityFactory(name="Rafaela")
    PolicyAreaFactory(slug="agua", name_es="Agua")
    before = record(stage="pilot", figures=[Figure("Familias", "10", "20", "casas", "2020")])
    after = record(
        stage="scaled",
        municipality_id=town.pk,
        areas=["agua"],
        figures=[Figure("Familias", "10", "90", "casas", "2021")],
        links=[Link("Nota", "https://example.org")],
        people=[Person("contact", "Ana", "Directora", "Municipio")],
        translations={"en": {"title": "One"}},
        latitude=-31.25,
        longitude=-61.49,
    )
    told = {
        found.name: "|".join(part.text for part in (*found.segments, *found.items))
        for found in differences(before, after)
    }
    assert told["stage"] == "prueba piloto|ampliada a otros lugares"
    assert "Rafaela" in told["municipality_id"]
    assert told["areas"] == "Agua"
    assert told["figures"] == "Familias: 10 → 20 casas (2020)|Familias: 10 → 90 casas (2021)"
    assert told["people"] == "Ana, Directora, Municipio (responde consultas)"
    assert told["position"] == "-31.25000, -61.49000"
    assert "Título (inglés)" in [found.label for found in differences(before, after)]


@pytest.mark.django_db
def test_the_same_content_has_no_differences() -> None:
    assert differences(record(), record()) == []
