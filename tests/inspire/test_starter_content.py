"""What the cases of the library's beginning hold, file by file."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import yaml

from inspire import starter
from inspire.models import TEXT_FIELDS, Solution
from inspire.record import Figure
from portal.topics import starter as topics_starter
from portal.topics.sdgs import GOALS

CASES = starter.read_cases()
LANGUAGES = ("es", "en")
NEEDED = {"id", "country", "place", "level", "year", "areas", "topics", "tags", "source", *LANGUAGES}
OPTIONAL = {"place_geonames", "geonames_id", "links", *starter.OPTIONAL}
LONGEST = {"title": 120, "summary": 330}
LONGEST_TEXT = 1_500
# Words that no sentence of the other language can do without; names such as "Seal of Good Local Governance" have none.
FOREIGN = {
    "es": {"the", "with", "which", "from", "their", "was", "were", "are", "have", "that", "this"},
    "en": {"los", "las", "del", "una", "para", "por", "que", "con", "está"},
}
# What parts the thousands of a number; anything else within one is a decimal mark, or the point of a version.
THOUSANDS = {"es": ".", "en": ","}
WORDS = {
    "es": {"cinco": 5, "seis": 6, "siete": 7, "ocho": 8, "nueve": 9, "diez": 10, "diecisiete": 17},
    "en": {
        "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "ten": 10,
        "seventy-two": 72,
    },
}  # fmt: skip
# Where a source tells a case: the paragraphs that hold these words.
NAMED_IN_OECD = {
    "argentina-justicia-abierta": "Open Justice",
    "armenia-igorts": "iGorts",
    "brasil-banco-de-precios": "Price Bank",
    "brasil-bora-evaluadores": "BORA",
    "decidim-barcelona": "Decidim",
    "estonia-propuestas-ciudadanas": "Parliament of Estonia",
    "grecia-qualichain-empleo-publico": "QualiChain",
    "hamburgo-findingplaces": "FindingPlaces",
    "lisboa-compras-colaborativas": "Collaborative Purchasing Portal",
    "lisboa-planificacion-de-compras": "Procurement Planning Platform",
    "londres-skyrooms": "SKYrooms",
    "oporto-explore": "Explore.Porto",
    "oporto-tarjeta-ciudadana": "Porto Citizen Card",
    "pokhara-mapeo-abierto": "Pokhara",
    "portugal-alerta-temprana-empresas": "Early Warning",
    "portugal-asistente-virtual": "Virtual Assistant",
    "portugal-bupi-terrenos": "BUPi",
    "portugal-transparencia-mas": "Transparency+",
    "reino-unido-mh2k-salud-mental": "MH:2K",
    "san-francisco-barrios-seguros-y-limpios": "San Francisco",
    "serbia-trabajo-de-temporada": "Serbian",
    "turquia-ninez-refugiada-en-la-justicia": "Türkiye",
    "ucrania-prozorro-subastas": "ProZorro",
}
NAMED_IN_OGP = {
    "AM": "Armenia", "AR": "Argentina", "BR": "Santa Catarina", "CA": "Canada", "CL": "Chile", "CO": "Colombia",
    "DE": "German", "EC": "Ecuador", "EE": "Estonia", "ES": "Spain", "GB": "Scotland", "GE": "Georgia",
    "ID": "Indonesia", "IT": "Italy", "KE": "Kenya", "LT": "Lithuania", "LV": "Latvia", "MA": "Morocco",
    "MD": "Moldova", "MX": "Mexico", "NG": "Nigeria", "NL": "Netherlands", "PH": "Philippines", "TN": "Tunisia",
    "UA": "Ukraine", "UY": "Uruguay",
}  # fmt: skip


def _texts() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for case in CASES:
        for language in LANGUAGES:
            yield case["id"], language, case[language]


def _prose(told: dict[str, Any]) -> list[str]:
    return [told[name] for name in TEXT_FIELDS if name in told]


def _said(told: dict[str, Any]) -> str:
    figures = [" ".join(str(value) for value in figure.values()) for figure in told.get("figures", [])]
    return "\n".join(_prose(told) + figures)


def _numbers(text: str, language: str) -> set[float]:
    mark = re.escape(THOUSANDS[language])
    found = re.findall(rf"(\d{{1,3}}(?:{mark}\d{{3}})+(?!\d))|(\d+(?:[.,]\d+)?)", text)
    return {float(re.sub(mark, "", whole) or part.replace(",", ".")) for whole, part in found}


def _named_numbers(text: str, language: str) -> set[float]:
    words = re.findall(r"[\w-]+", text.lower())
    return {float(WORDS[language][word]) for word in words if word in WORDS[language]}


def test_a_case_is_known_by_its_file_and_holds_only_what_the_starter_reads() -> None:
    files = sorted(file.stem for file in starter.CONTENT.glob("*.yaml"))
    assert [case["id"] for case in CASES] == files
    keys = {case["id"]: (NEEDED - set(case), set(case) - NEEDED - OPTIONAL) for case in CASES}
    assert {name: wrong for name, wrong in keys.items() if any(wrong)} == {}
    assert [case["id"] for case in CASES if not case["source"].get("name")] == []


def test_a_case_tells_the_same_fields_in_both_languages_and_leaves_out_what_it_does_not_tell() -> None:
    known = {*TEXT_FIELDS, "figures"}
    for case in CASES:
        assert {"title", "summary", "what_was_done"} <= set(case["es"]) <= known, case["id"]
        assert list(case["es"]) == list(case["en"]), case["id"]
    assert [(name, language) for name, language, told in _texts() if not all(told.values())] == []


def test_a_figure_has_a_value_and_says_the_same_in_both_languages() -> None:
    known = {item.name for item in fields(Figure)}
    for case in CASES:
        spanish, english = (case[language].get("figures", []) for language in LANGUAGES)
        assert [set(figure) for figure in spanish] == [set(figure) for figure in english], case["id"]
        for figure, other in zip(spanish, english, strict=True):
            assert {"indicator"} <= set(figure) <= known, case["id"]
            assert figure.get("before") or figure.get("after"), case["id"]
            for value in {"before", "after", "date"} & set(figure):
                assert _numbers(figure[value], "es") == _numbers(other[value], "en") != set(), case["id"]


def test_the_same_numbers_are_told_in_both_languages() -> None:
    told = {
        case["id"]: [_numbers(_said(case[language]), language) for language in LANGUAGES] for case in CASES
    }
    assert {name: numbers for name, numbers in told.items() if numbers[0] != numbers[1]} == {}


def test_no_sentence_of_a_case_is_told_twice() -> None:
    for name, language, told in _texts():
        sentences = [
            one.strip().lower() for text in _prose(told) for one in re.split(r"(?<=[.!?:])\s+", text)
        ]
        twice = [one for one, count in Counter(sentences).items() if count > 1]
        assert twice == [], (name, language)


def test_a_text_is_as_long_as_somebody_would_read() -> None:
    long = [
        (name, language, field, len(told[field]))
        for name, language, told in _texts()
        for field in TEXT_FIELDS
        if len(told.get(field, "")) > LONGEST.get(field, LONGEST_TEXT)
    ]
    assert long == []


def test_a_text_is_in_its_language() -> None:
    left_over = [
        (name, language, word)
        for name, language, told in _texts()
        for word in re.findall(r"\w+", _said(told).lower())
        if word in FOREIGN[language]
    ]
    assert left_over == []


def test_goals_stages_levels_and_years_exist() -> None:
    for case in CASES:
        goals = case.get("sdgs", [])
        assert goals == sorted(set(goals)) and set(goals) <= set(GOALS) and len(goals) <= 3, case["id"]
        assert case.get("stage", Solution.Stage.IDEA) in Solution.Stage.values, case["id"]
        assert case["level"] in Solution.Level.values, case["id"]
        assert case.get("cost_band", Solution.CostBand.NONE) in Solution.CostBand.values, case["id"]
        years = [year for year in (case["year"], case.get("end_year")) if year]
        assert years == sorted(years) and all(1900 < year < 2100 for year in years), case["id"]


def test_areas_and_topics_are_those_of_the_portal() -> None:
    areas = yaml.safe_load(topics_starter.CONTENT.read_text(encoding="utf-8"))
    topics = {topic["slug"] for area in areas for topic in area["topics"]}
    for case in CASES:
        assert case["areas"] and set(case["areas"]) <= {area["slug"] for area in areas}, case["id"]
        assert case["topics"] and set(case["topics"]) <= topics, case["id"]
        assert case["tags"] and len(set(case["tags"])) == len(case["tags"]), case["id"]


@pytest.mark.realdata
def test_every_number_of_a_case_is_in_the_passage_that_tells_it(real_data: Path) -> None:
    folder = real_data.parent / "reference"
    if not folder.is_dir():
        pytest.skip("there are no reference texts beside the real public files")
    made_up = {}
    for case in CASES:
        passage = _passage(case, folder)
        assert passage, case["id"]
        known = _numbers(passage, "en") | _named_numbers(passage, "en")
        told = _numbers(_said(case["es"]), "es") | _named_numbers(_said(case["es"]), "es")
        told |= {float(year) for year in (case["year"], case.get("end_year")) if year}
        if told - known:
            made_up[case["id"]] = told - known
    assert made_up == {}


def _passage(case: dict[str, Any], folder: Path) -> str:
    if case["id"] == "argentina-portal-de-gestion-municipal":
        return (folder / "municipal-management-portal.txt").read_text(encoding="utf-8")
    name = NAMED_IN_OECD.get(case["id"])
    file = "innovation-cases.txt" if name else "national-local-collaboration.txt"
    paragraphs = (folder / file).read_text(encoding="utf-8").splitlines()
    return "\n".join(one for one in paragraphs if (name or NAMED_IN_OGP[case["country"]]) in one)
