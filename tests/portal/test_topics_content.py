"""The starter policy areas, their topics and the icons, read from their files without a database."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TOPICS_FILE = ROOT / "portal" / "topics" / "content" / "topics.yaml"
ICON_DIR = ROOT / "templates" / "components" / "icons"
LANGUAGES = ("es", "en", "pt")
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")

AREAS_IN_ORDER = [
    "open-government",
    "digital-government",
    "planning-results",
    "finance-budget",
    "environment-waste",
    "economy-employment",
    "social-care",
    "health",
    "education-culture-sport",
    "safety-coexistence",
    "urban-works-mobility",
]
# fmt: off
INTERFACE_ICONS = [
    "connect", "share", "inspire", "teach", "evaluate", "dashboards",
    "search", "menu", "close", "map", "list", "filter",
    "bell", "user", "check", "warning", "info", "error",
    "external", "download", "arrow-right", "arrow-left", "plus", "pin",
    "calendar", "document", "globe", "sun-moon", "trash", "clock",
]
# fmt: on
SVG_ATTRIBUTES = {
    "class": "icon",
    "viewBox": "0 0 24 24",
    "width": "24",
    "height": "24",
    "aria-hidden": "true",
    "focusable": "false",
    "fill": "none",
    "stroke": "currentColor",
    "stroke-width": "1.75",
    "stroke-linecap": "round",
    "stroke-linejoin": "round",
}
SHAPES = {"path", "circle", "rect"}
SHAPE_ATTRIBUTES = {"d", "cx", "cy", "r", "x", "y", "width", "height", "rx", "fill"}


def areas() -> list[dict[str, Any]]:
    return yaml.safe_load(TOPICS_FILE.read_text(encoding="utf-8"))


def topics() -> list[dict[str, str]]:
    return [topic for area in areas() for topic in area["topics"]]


def test_there_are_the_eleven_policy_areas_in_their_order() -> None:
    assert [area["slug"] for area in areas()] == AREAS_IN_ORDER


def test_an_area_has_exactly_the_fields_that_the_loader_reads() -> None:
    for area in areas():
        assert set(area) == {"slug", "icon", *LANGUAGES, "summary", "topics"}, area["slug"]
        assert set(area["summary"]) == set(LANGUAGES), area["slug"]


def test_a_topic_has_a_slug_and_a_name_in_each_language_and_nothing_else() -> None:
    for topic in topics():
        assert set(topic) == {"slug", *LANGUAGES}, topic


def test_there_are_about_sixty_topics_and_five_or_six_in_every_area() -> None:
    assert 55 <= len(topics()) <= 70
    assert {len(area["topics"]) for area in areas()} <= {5, 6}


def test_slugs_are_unique_over_areas_and_topics_and_fit_a_url() -> None:
    slugs = [area["slug"] for area in areas()] + [topic["slug"] for topic in topics()]
    assert sorted(slugs) == sorted(set(slugs))
    assert [slug for slug in slugs if not SLUG.fullmatch(slug) or len(slug) > 40] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_are_short_trimmed_text_and_differ_from_each_other(language: str) -> None:
    names = [item[language] for item in (*areas(), *topics())]
    assert len(names) == len(set(names))
    for name in names:
        assert isinstance(name, str)
        assert name == name.strip()
        assert 4 <= len(name) <= 60, name
        assert name[0].isupper(), name
        assert not name.endswith("."), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_area_is_summed_up_in_one_plain_sentence(language: str) -> None:
    for area in areas():
        sentence = area["summary"][language]
        assert 40 <= len(sentence) <= 140, sentence
        assert sentence.endswith("."), sentence
        assert sentence.count(".") == 1, sentence


def test_every_area_names_an_icon_of_its_own_that_exists() -> None:
    icons = [area["icon"] for area in areas()]
    assert len(set(icons)) == len(icons)
    assert [icon for icon in icons if not (ICON_DIR / f"{icon}.svg").is_file()] == []


@pytest.mark.parametrize("name", [*AREAS_IN_ORDER, *INTERFACE_ICONS])
def test_an_icon_is_one_svg_hidden_from_screen_readers_that_takes_the_colour_of_its_text(name: str) -> None:
    # The parser refuses anything around or after the one root element.
    svg = ET.fromstring((ICON_DIR / f"{name}.svg").read_text(encoding="utf-8"))  # noqa: S314
    assert svg.tag == "svg"
    assert svg.attrib == SVG_ATTRIBUTES
    shapes = list(svg.iter())[1:]
    assert shapes
    for shape in shapes:
        assert shape.tag in SHAPES
        assert set(shape.attrib) <= SHAPE_ATTRIBUTES
        assert shape.attrib.get("fill", "currentColor") == "currentColor"


def test_every_icon_weighs_less_than_a_kilobyte() -> None:
    sizes = {icon.name: icon.stat().st_size for icon in ICON_DIR.glob("*.svg")}
    assert {name: size for name, size in sizes.items() if size > 1024} == {}
