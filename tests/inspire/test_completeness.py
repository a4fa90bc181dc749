"""What a solution tells of what helps, and what it does not tell yet."""

import pytest

from inspire.completeness import ASPECTS, completeness_of
from inspire.models import Solution
from inspire.record import FIELDS, Attachment, Figure, Person, Photo, SolutionRecord
from tests.inspire.factories import SolutionFactory, with_photo
from tests.portal.topics_factories import PolicyAreaFactory

LEAST = {
    "source": "portal",
    "source_id": "1",
    "slug": "",
    "title": "Huerta",
    "country_id": "AR",
    "summary": "Canteros para vecinas.",
    "areas": ["agua"],
}
MOST = {
    "problem": "a",
    "what_was_done": "b",
    "results": "c",
    "figures": [Figure("Hogares", after="3")],
    "what_failed": "d",
    "conditions": "e",
    "lessons": "f",
    "novelty": "g",
    "partners": "h",
    "beneficiaries": "i",
    "cost_band": "none",
    "place_name": "Tandil",
    "stage": "idea",
    "start_year": 2019,
    "people": [Person("contact", "Ana Ejemplo")],
    "photos": [Photo(1, "Una plaza")],
    "attachments": [Attachment(1, "Ordenanza")],
}


def record(**fields: object) -> SolutionRecord:
    return SolutionRecord(**(LEAST | fields))


def missing(content: object) -> list[str]:
    return [aspect.field for aspect in completeness_of(content).missing]


def test_title_place_area_and_a_sentence_are_told_and_nothing_else_is_required() -> None:
    found = completeness_of(record())
    assert {aspect.field for aspect in found.told} == {"title", "country_id", "areas", "summary"}
    assert 10 <= found.percent <= 25


def test_everything_told_is_a_hundred() -> None:
    found = completeness_of(record(**MOST))
    assert (found.percent, found.missing) == (100, [])


@pytest.mark.parametrize("field", sorted(MOST))
def test_each_thing_that_is_left_out_is_missed(field: str) -> None:
    told = {name: value for name, value in MOST.items() if name != field}
    found = completeness_of(record(**told))
    assert [aspect.field for aspect in found.missing] == [field]
    assert found.percent < 100


def test_what_helps_most_is_missed_first() -> None:
    weights = [aspect.weight for aspect in completeness_of(record()).missing]
    assert weights == sorted(weights, reverse=True)
    assert missing(record())[:3] == ["what_was_done", "what_failed", "results"]


def test_blanks_tell_nothing_and_an_unknown_list_is_an_empty_one() -> None:
    assert "what_failed" in missing(record(what_failed="  \n "))
    assert {"people", "photos"} <= set(missing(record(people=None, photos=[])))


def test_either_of_two_will_do() -> None:
    assert "cost_band" not in missing(record(funding="La provincia."))
    assert "attachments" not in missing(record(links=[{"label": "x", "url": "https://example.org"}]))
    assert "start_year" not in missing(record(end_year=2020))
    assert "place_name" not in missing(record(latitude=0.0, longitude=0.0))


def test_the_weights_are_percents_and_every_aspect_says_why() -> None:
    assert sum(aspect.weight for aspect in ASPECTS) == 100
    assert all(aspect.field in FIELDS and str(aspect.reason).endswith(".") for aspect in ASPECTS)


@pytest.mark.django_db
def test_a_solution_and_its_record_are_judged_alike() -> None:
    solution = SolutionFactory(areas=[PolicyAreaFactory()], people=[("author", "Ana Ejemplo")])
    with_photo(solution)
    loaded = Solution.objects.get(pk=solution.pk)
    same = record(
        summary=loaded.summary,
        what_was_done=loaded.what_was_done,
        people=[Person("author", "Ana Ejemplo")],
        photos=[Photo(1, "Una plaza")],
    )
    assert completeness_of(loaded) == completeness_of(same)
