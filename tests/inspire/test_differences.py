"""What differs between two contents, as a person reads it."""

import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspire.differences import DELETED, INSERTED, SAME, differences, list_segments, text_segments
from inspire.record import Figure, Link, Person, SolutionRecord
from inspire.shortest_edit import Effort, stretches
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


def test_in_a_long_paragraph_each_edited_word_is_marked() -> None:
    words = [f"palabra{number}" for number in range(990)]
    edited = [f"otra{number}" if number % 10 == 5 else word for number, word in enumerate(words)]
    segments = text_segments(" ".join(words), " ".join(edited))
    assert [part.text for part in segments if part.kind == DELETED] == words[5::10]
    assert [part.text for part in segments if part.kind == INSERTED] == edited[5::10]


HOSTILE = [
    ("a " * 990, "b a " * 495),
    ("a\n" * 2_000, "b\na\n" * 1_000),
    ("a " * 40_000 + "b", "b" + " a" * 40_000),
    ("ab\n" * 20_000, "ab ab\n" * 20_000),
    (" " * 100_000, "a" + " " * 50_000),
]


@pytest.mark.parametrize(("before", "after"), HOSTILE)
def test_nothing_that_somebody_types_costs_more_than_the_steps_there_are(before: str, after: str) -> None:
    effort, begun = Effort(20_000), time.perf_counter()
    segments = text_segments(before, after, effort)
    assert effort.left >= 0
    assert time.perf_counter() - begun < 5
    assert "".join(part.text for part in segments if part.kind != INSERTED) == before
    assert "".join(part.text for part in segments if part.kind != DELETED) == after


def test_beyond_the_steps_one_passage_replaces_the_other_between_what_both_begin_and_end_with() -> None:
    parts = list(stretches(list("aXbXcXd"), list("aYbYcYd"), Effort(2)))
    assert [(part.is_same, part.start, part.end) for part in parts] == [
        (True, 0, 1), (False, 1, 6), (True, 6, 7)
    ]  # fmt: skip


@given(st.text(alphabet="abc", max_size=30), st.text(alphabet="abc", max_size=30))
def test_as_few_parts_as_possible_change(before: str, after: str) -> None:
    parts = list(stretches(list(before), list(after), Effort()))
    assert "".join(before[part.start : part.end] for part in parts) == before
    assert "".join(after[part.other_start : part.other_end] for part in parts) == after
    same = [part for part in parts if part.is_same]
    assert all(before[part.start : part.end] == after[part.other_start : part.other_end] for part in same)
    assert sum(part.end - part.start for part in same) == longest_common(before, after)


def longest_common(before: str, after: str) -> int:
    """Return the length of the longest common subsequence, the slow and certain way."""
    row = [0] * (len(after) + 1)
    for letter in before:
        last = row
        row = [0]
        for number, other in enumerate(after):
            row.append(last[number] + 1 if letter == other else max(row[-1], last[number + 1]))
    return row[-1]


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
