"""What the database derives from a solution."""

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from inspire.models import FacetCount, Solution
from inspire.services import (
    facet_counts_add_up,
    facets_refresh_all,
    solution_archive,
    solution_delete,
    solutions_upsert,
)
from inspire.tasks import add_up_facet_counts, refresh_facets
from portal.places.models import Municipality
from portal.places.population_bands import BANDS, BOUNDS, population_band
from tests.inspire.factories import SolutionFactory
from tests.inspire.test_services_bulk import record
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


def counted() -> dict[str, int]:
    """Return the counts as they stand."""
    totals: dict[str, int] = {}
    for key, count in FacetCount.objects.values_list("key", "count"):
        totals[key] = totals.get(key, 0) + count
    return {key: count for key, count in totals.items() if count}


def from_scratch() -> dict[str, int]:
    """Count again, without what the triggers wrote."""
    totals: dict[str, int] = {}
    for solution in Solution.objects.published():
        keys = [*solution.facet_keys, "all", *(["positioned"] if solution.has_position else [])]
        for key in keys:
            totals[key] = totals.get(key, 0) + 1
    return totals


def test_a_solution_answers_to_all_that_is_known_of_it() -> None:
    area = PolicyAreaFactory()
    topic = TopicFactory(area=area)
    town = MunicipalityFactory(region_code="06", population=45_000)
    solution = SolutionFactory(
        municipality=town,
        country=town.country,
        stage="pilot",
        start_year=2017,
        results="Se logró.",
        sdgs=[11, 6],
        recognitions=["Premio de ejemplo"],
        translations={"en": {"title": "Compost"}},
        areas=[area],
        topics=[topic],
        people=[("contact", "Ana Muestra")],
    )
    assert set(solution.facet_keys) == {
        f"country:{town.country_id}",
        f"province:{town.country_id}-06",
        "population:2",
        "level:local",
        "stage:pilot",
        "years:2015",
        "has_results:yes",
        "has_contact:yes",
        "language:es",
        "language:en",
        "sdg:6",
        "sdg:11",
        "recognition:Premio de ejemplo",
        f"area:{area.slug}",
        f"topic:{topic.slug}",
    }


def test_what_nobody_knows_is_no_answer() -> None:
    solution = SolutionFactory(results="")
    assert set(solution.facet_keys) == {f"country:{solution.country_id}", "level:local", "language:es"}


def test_figures_alone_are_results() -> None:
    solution = SolutionFactory(results="", figures=[{"indicator": "Árboles", "after": "40"}])
    assert "has_results:yes" in solution.facet_keys


def test_an_author_is_no_contact() -> None:
    assert "has_contact:yes" not in SolutionFactory(people=[("author", "Ana Muestra")]).facet_keys


@pytest.mark.parametrize("population", [0, *BOUNDS, *(bound - 1 for bound in BOUNDS), 30_000_000])
def test_the_database_and_the_pages_know_the_same_sizes_of_towns(population: int) -> None:
    solution = SolutionFactory(municipality=MunicipalityFactory(population=population))
    assert f"population:{population_band(population)}" in solution.facet_keys
    assert population_band(population) in BANDS


def test_a_bulk_gives_the_same_answers_as_one_by_one() -> None:
    area = PolicyAreaFactory()
    town = MunicipalityFactory(country__code="AR", region_code="06", population=900)
    solutions_upsert(
        records=[record(1, municipality_id=town.pk, areas=[area.slug, "no-hay"], sdgs=[3], results="Sí")]
    )
    solution = Solution.objects.get()
    assert "area:no-hay" not in solution.facet_keys
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspire_facet_keys_of(%s)", [solution.pk])
        assert cursor.fetchone()[0] == solution.facet_keys


def test_a_town_that_grew_is_found_by_its_new_size() -> None:
    solution = SolutionFactory(municipality=MunicipalityFactory(population=900))
    Municipality.objects.update(population=3_000)
    assert facets_refresh_all() == 1
    solution.refresh_from_db()
    assert "population:1" in solution.facet_keys
    assert facets_refresh_all() == 0


def test_counts_follow_whatever_happens_to_solutions() -> None:
    one, two = SolutionFactory(stage="pilot"), SolutionFactory(on_map=True)
    SolutionFactory(draft=True)
    assert counted() == from_scratch()
    assert counted()["all"] == 2
    assert counted()["positioned"] == 1
    solution_archive(solution=one)
    assert "stage:pilot" not in counted()
    Solution.objects.filter(pk=two.pk).update(level="national", facet_keys=["level:national"])
    assert counted() == from_scratch() == {"all": 1, "positioned": 1, "level:national": 1}
    solution_delete(solution=two)
    assert counted() == {}


def test_adding_up_changes_no_count_and_leaves_a_row_for_each() -> None:
    for stage in ("pilot", "pilot", "idea"):
        SolutionFactory(stage=stage)
    before = counted()
    assert FacetCount.objects.count() > len(before)
    assert facet_counts_add_up() == len(before)
    assert counted() == before
    assert FacetCount.objects.count() == len(before)
    assert add_up_facet_counts() == len(before)


def test_a_topic_or_a_town_that_staff_change_counts_anew(
    admin_client: Client, django_capture_on_commit_callbacks
) -> None:
    topic, town = TopicFactory(), MunicipalityFactory(population=900)
    solution = SolutionFactory(topics=[topic], municipality=town)
    for name, pk in (("topics_topic", topic.pk), ("places_municipality", town.pk)):
        with django_capture_on_commit_callbacks() as callbacks:
            admin_client.post(reverse(f"admin:{name}_delete", args=[pk]), {"post": "yes"})
        assert any("announce" in repr(callback) for callback in callbacks), name
    assert refresh_facets() == 1
    solution.refresh_from_db()
    assert not any(key.startswith(("topic:", "population:")) for key in solution.facet_keys)
