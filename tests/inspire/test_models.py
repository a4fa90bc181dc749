import pytest
from django.db import IntegrityError, transaction
from django.utils import translation

from inspire.models import Solution
from tests.inspire.factories import SolutionFactory

ENGLISH = {"title": "Compost", "summary": "Families sort.", "what_was_done": "Bins.", "results": ""}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"latitude": 5.0}, "inspire_position_is_whole"),
        ({"longitude": 5.0}, "inspire_position_is_whole"),
        ({"latitude": 91.0, "longitude": 0.0}, "inspire_position_is_whole"),
        ({"latitude": 0.0, "longitude": 181.0}, "inspire_position_is_whole"),
        ({"latitude": 5.0, "longitude": 5.0, "position_precision": ""}, "position_says_how_precise"),
        ({"latitude": 5.0, "longitude": 5.0, "position_precision": "near"}, "position_says_how_precise"),
        ({"position_precision": "country"}, "position_says_how_precise"),
        ({"start_year": 1899}, "inspire_start_year_is_plausible"),
        ({"start_year": 2101}, "inspire_start_year_is_plausible"),
        ({"published_at": None}, "inspire_published_has_a_date"),
    ],
)
def test_the_database_refuses(wrong: dict, constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        SolutionFactory(**wrong)


@pytest.mark.django_db
def test_a_source_knows_a_solution_once() -> None:
    SolutionFactory(source="x", source_id="1", slug="uno")
    SolutionFactory(source="y", source_id="1", slug="dos")
    with pytest.raises(IntegrityError, match="source_knows"), transaction.atomic():
        SolutionFactory(source="x", source_id="1", slug="tres")


@pytest.mark.django_db
def test_what_is_written_in_the_portal_gets_an_identifier_of_its_own() -> None:
    assert Solution().source_id != Solution().source_id


def test_a_reader_gets_her_language_and_otherwise_the_original() -> None:
    solution = Solution(title="Compostaje", language="es", translations={"en": ENGLISH})
    with translation.override("en"):
        assert solution.shown.title == "Compost"
    with translation.override("pt-br"):
        assert (solution.shown.title, solution.shown.language) == ("Compostaje", "es")
    assert solution.text_in("en").results == ""
    assert solution.languages == ["es", "en"]
