import json

import pytest

from inspire.record import COLUMNS, FIELDS, Figure, Link, Person, SolutionRecord

FULL = SolutionRecord(
    source="obras",
    source_id="1",
    slug="plaza",
    title="Plaza",
    country_id="AR",
    figures=[Figure("Árboles", before="12", after="40", unit="árboles", date="2024")],
    links=[Link("Ordenanza", "https://ejemplo.example/ordenanza")],
    people=[Person("contact", "Ana Muestra", "Directora", "Municipio de ejemplo")],
    sdgs=[11, 15],
)


def test_a_record_comes_back_from_json_as_it_went() -> None:
    assert SolutionRecord.from_json(json.loads(json.dumps(FULL.to_json()))) == FULL


def test_what_an_earlier_portal_wrote_and_this_one_does_not_know_is_left_out() -> None:
    assert SolutionRecord.from_json(FULL.to_json() | {"colour": "green"}) == FULL


def test_parts_that_nobody_spoke_of_stay_unspoken() -> None:
    record = SolutionRecord.from_json(FULL.to_json() | {"people": None})
    assert record.people is None
    assert record.photos is None


def test_a_record_without_a_title_is_none() -> None:
    content = FULL.to_json()
    del content["title"]
    with pytest.raises(TypeError, match="title"):
        SolutionRecord.from_json(content)


def test_what_is_no_column_is_a_row_of_its_own() -> None:
    assert set(FIELDS) - set(COLUMNS) == {"areas", "topics", "people", "photos", "attachments"}
