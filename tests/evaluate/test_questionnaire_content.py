"""The questionnaires that ship with the portal, read from their files without a database."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TOPICS_FILE = ROOT / "portal" / "topics" / "content" / "topics.yaml"
FILES = sorted((ROOT / "evaluate" / "content").glob("*.yaml"))
LANGUAGES = ("es", "en")
ID = re.compile(r"[a-z][a-z0-9_]*")
RELEVANT = re.compile(r"\$\{(?P<item>[a-z][a-z0-9_]*)\} = '(?P<choice>[a-z0-9_]+)'")
SENTENCE_END = re.compile(r"[.!?](\s|$)")
# Words that two people read differently make two towns choose different levels for the same state.
VAGUE = re.compile(
    r"\b(algo|algunos?|algunas?|bastante|adecuad[oa]s?|suficientes?|a veces|en general|poc[oa]s?|much[oa]s?"
    r"|varios|varias|buen[oa]?|some|quite|adequate|adequately|sufficient|sometimes|generally|few"
    r"|(?<!how )many|(?<!how )much|several|good|mostly)\b",
    re.IGNORECASE,
)
CRITERION_FIELDS = {"id", "title", "why", "evidence", "topic", "weight", "levels"}

Item = dict[str, Any]


@cache
def read(path: Path) -> Item:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def items(questionnaire: Item) -> list[Item]:
    return [item for section in questionnaire["sections"] for item in section["criteria"]]


def criteria(questionnaire: Item) -> list[Item]:
    return [item for item in items(questionnaire) if item.get("kind") != "filter"]


def filters(questionnaire: Item) -> list[Item]:
    return [item for item in items(questionnaire) if item.get("kind") == "filter"]


def texts(node: object) -> Iterator[Item]:
    """Every mapping that holds words for people, wherever it stands in the file."""
    if isinstance(node, dict):
        if "es" in node or "en" in node:
            yield node
        for child in node.values():
            yield from texts(child)
    elif isinstance(node, list):
        for child in node:
            yield from texts(child)


@pytest.fixture(params=FILES, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return request.param


@pytest.fixture
def questionnaire(path: Path) -> Item:
    return read(path)


def test_the_starter_questionnaire_on_open_government_is_there() -> None:
    assert "gobierno-abierto" in {path.stem for path in FILES}


def test_its_id_is_its_file_name_and_its_version_is_text(path: Path, questionnaire: Item) -> None:
    assert questionnaire["id"] == path.stem
    assert isinstance(questionnaire["version"], str)


def test_area_and_topics_are_ones_that_the_portal_knows(questionnaire: Item) -> None:
    areas = yaml.safe_load(TOPICS_FILE.read_text(encoding="utf-8"))
    known = {topic["slug"] for area in areas for topic in area["topics"]}
    assert questionnaire["area"] in {area["slug"] for area in areas}
    assert {criterion["topic"] for criterion in criteria(questionnaire)} <= known


def test_every_text_is_there_in_spanish_and_in_english(questionnaire: Item) -> None:
    found = list(texts(questionnaire))
    assert len(found) > 100
    for text in found:
        for language in LANGUAGES:
            assert isinstance(text.get(language), str), text
            assert text[language] == text[language].strip(), text
            assert text[language], text


def test_spanish_and_english_are_not_the_same_text(questionnaire: Item) -> None:
    assert [text for text in texts(questionnaire) if text["es"] == text["en"]] == []


def test_ids_are_unique_over_sections_and_items_and_can_be_used_in_expressions(questionnaire: Item) -> None:
    ids = [part["id"] for part in (*questionnaire["sections"], *items(questionnaire))]
    assert sorted(ids) == sorted(set(ids))
    assert [name for name in ids if not ID.fullmatch(name)] == []


def test_it_has_a_size_that_can_be_answered_in_one_sitting(questionnaire: Item) -> None:
    assert 12 <= len(criteria(questionnaire)) <= 25
    assert 4 <= len(questionnaire["sections"]) <= 6
    assert 10 <= questionnaire["minutes"] <= 60
    assert all(len(section["criteria"]) >= 3 for section in questionnaire["sections"])


def test_the_introduction_is_two_or_three_short_paragraphs(questionnaire: Item) -> None:
    for language in LANGUAGES:
        paragraphs = questionnaire["intro"][language].strip().split("\n\n")
        assert 2 <= len(paragraphs) <= 3
        assert max(map(len, paragraphs)) <= 700


def test_there_are_four_named_levels_and_every_criterion_describes_all_four(questionnaire: Item) -> None:
    assert len(questionnaire["level_names"]) == 4
    for criterion in criteria(questionnaire):
        assert set(criterion) - {"relevant"} == CRITERION_FIELDS, criterion["id"]
        assert len(criterion["levels"]) == 4, criterion["id"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_level_is_one_sentence_of_its_own_of_at_most_220_characters(
    questionnaire: Item, language: str
) -> None:
    for criterion in criteria(questionnaire):
        levels = [level[language] for level in criterion["levels"]]
        assert len(set(levels)) == 4, criterion["id"]
        for level in levels:
            assert 50 <= len(level) <= 220, (criterion["id"], len(level), level)
            assert len(SENTENCE_END.findall(level)) == 1, (criterion["id"], level)
            assert level.endswith("."), (criterion["id"], level)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_level_uses_a_word_that_two_people_would_read_differently(
    questionnaire: Item, language: str
) -> None:
    vague = {
        (criterion["id"], word.group())
        for criterion in criteria(questionnaire)
        for level in criterion["levels"]
        for word in VAGUE.finditer(level[language])
    }
    assert vague == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_titles_reasons_and_evidence_fit_their_place_on_the_page(questionnaire: Item, language: str) -> None:
    for item in items(questionnaire):
        assert len(item["title"][language]) <= 110, item["id"]
    for criterion in criteria(questionnaire):
        assert 60 <= len(criterion["why"][language]) <= 260, criterion["id"]
        assert 1 <= len(SENTENCE_END.findall(criterion["why"][language])) <= 2, criterion["id"]
        assert 60 <= len(criterion["evidence"][language]) <= 260, criterion["id"]


def test_weights_are_whole_numbers_from_one_to_three(questionnaire: Item) -> None:
    for criterion in criteria(questionnaire):
        assert type(criterion["weight"]) is int, criterion["id"]
        assert criterion["weight"] in {1, 2, 3}, criterion["id"]


def test_a_filter_question_offers_different_choices_that_yaml_reads_as_text(questionnaire: Item) -> None:
    for item in filters(questionnaire):
        assert set(item) == {"kind", "id", "title", "choices"}, item["id"]
        choices = [choice["id"] for choice in item["choices"]]
        assert len(choices) == len(set(choices)) >= 2
        assert all(isinstance(choice, str) for choice in choices), choices


def test_a_criterion_depends_only_on_a_choice_of_an_earlier_filter_of_its_section(
    questionnaire: Item,
) -> None:
    for section in questionnaire["sections"]:
        choices: dict[str, set[str]] = {}
        for item in section["criteria"]:
            if item.get("kind") == "filter":
                choices[item["id"]] = {choice["id"] for choice in item["choices"]}
            elif "relevant" in item:
                match = RELEVANT.fullmatch(item["relevant"])
                assert match, item["relevant"]
                assert match["choice"] in choices[match["item"]]


def test_every_filter_question_governs_at_least_one_criterion(questionnaire: Item) -> None:
    governing = {
        match["item"]
        for item in criteria(questionnaire)
        if (match := RELEVANT.fullmatch(item.get("relevant", "")))
    }
    assert {item["id"] for item in filters(questionnaire)} == governing


def test_open_government_has_its_agreed_shape() -> None:
    questionnaire = read(ROOT / "evaluate" / "content" / "gobierno-abierto.yaml")
    assert 15 <= len(criteria(questionnaire)) <= 18
    assert 4 <= len(questionnaire["sections"]) <= 5
    assert len(filters(questionnaire)) == 1
