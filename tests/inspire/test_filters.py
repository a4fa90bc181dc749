from urllib.parse import urlencode

import pytest
from django.http import QueryDict

from inspire.filters import MOST_VALUES, SolutionFilter
from inspire.models import Solution
from inspire.services import solution_publish
from tests.inspire.factories import SolutionFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db


def filters_of(**query: object) -> SolutionFilter:
    return SolutionFilter(QueryDict(urlencode(query, doseq=True)), queryset=Solution.objects.published())


def test_several_values_of_a_facet_are_one_or_another_and_two_facets_one_and_another() -> None:
    water, health = PolicyAreaFactory.create_batch(2)
    portugal = CountryFactory(code="PT")
    here, there = SolutionFactory(areas=[water]), SolutionFactory(areas=[health], country=portugal)
    SolutionFactory(areas=[health])
    SolutionFactory(country=portugal)
    found = filters_of(area=[water.slug, health.slug], country="PT").found
    assert set(found) == {there}
    assert here in filters_of(area=[water.slug, health.slug], country=["PT", "AR"]).found


def test_nothing_asked_for_is_everything_published() -> None:
    solution = SolutionFactory()
    SolutionFactory(draft=True)
    filters = filters_of(area="", q="  ", country=[], has_results="", positioned="", box="", like="")
    assert list(filters.found) == [solution]
    assert not filters.is_active
    assert filters.chosen == {}


def test_what_is_chosen_is_told_in_words() -> None:
    CountryFactory(code="PT", name_es="Portugal")
    CountryFactory()
    filters = filters_of(q="agua", country=["PT", "AR"], positioned="true", box="1,2,3,4")
    assert filters.chosen == {
        "q": "«agua»",
        "country": "Portugal, Argentina",
        "positioned": "Están en el mapa",
        "box": "Una parte del mapa",
    }


def test_too_many_and_too_long_values_are_cut_and_each_counts_once() -> None:
    filters = filters_of(
        recognition=["x" * 5000, *(f"Premio {number}" for number in range(500))], area=["a", "a"]
    )
    assert len(filters.asked["recognition"]) == MOST_VALUES
    assert max(map(len, filters.asked["recognition"])) <= 120
    assert filters.asked["area"] == ["a"]
    assert not filters.found.exists()


def test_solutions_of_municipalities_like_one_are_found_with_its_own() -> None:
    town, peer = MunicipalityFactory(name="Chivilcoy"), MunicipalityFactory(population=22_000)
    other = MunicipalityFactory(population=2_000_000, region_code="14", category="Otra")
    mine, theirs = SolutionFactory(municipality=town), SolutionFactory(municipality=peer)
    SolutionFactory(municipality=other)
    SolutionFactory()
    filters = filters_of(like=town.pk)
    assert set(filters.found) == {mine, theirs}
    assert filters.chosen == {"like": "Municipios como Chivilcoy"}


@pytest.mark.parametrize("asked", ["abc", "0", "-3", "12.5", "9" * 30, "²"])
def test_a_municipality_that_is_not_there_has_no_peers(asked: str) -> None:
    SolutionFactory(municipality=MunicipalityFactory())
    filters = filters_of(like=asked)
    assert not filters.found.exists()
    assert filters.chosen == {"like": "Un municipio que no está en el portal"}


def test_a_set_without_one_of_its_filters_keeps_the_others() -> None:
    solution_publish(solution=SolutionFactory(title="Huerta"))
    solution_publish(solution=SolutionFactory(title="Huerta", country=CountryFactory(code="PT")))
    solution_publish(solution=SolutionFactory(title="Plaza"))
    filters = filters_of(q="huerta", country="AR")
    assert filters.found.count() == 1
    assert filters.found_without("country").count() == 2
    assert filters.found_without("q").count() == 2


def test_two_addresses_that_ask_for_the_same_have_one_fingerprint() -> None:
    one = filters_of(country=["AR"], q="agua")
    same = SolutionFilter(QueryDict("q=+agua&country=AR&country=&area="), queryset=Solution.objects.all())
    assert one.fingerprint == same.fingerprint
    assert one.fingerprint != filters_of(country=["AR"], q="aguas").fingerprint
