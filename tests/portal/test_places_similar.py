"""Municipalities that are like another, and why."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from portal.places.services.similar_municipalities import similar_municipalities
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_population_province_and_category_rank_and_explain() -> None:
    town = MunicipalityFactory(name="Alberti", population=18_200)
    twin = MunicipalityFactory(name="Melliza", population=17_500)
    neighbour = MunicipalityFactory(name="Vecina", population=17_500, category="Comuna")
    far = MunicipalityFactory(
        name="Lejana", population=17_500, category="Comuna", region_code="14", region_name="Córdoba"
    )
    matches = similar_municipalities(town)
    assert [match.municipality for match in matches] == [twin, neighbour, far]
    assert matches[0].reasons == [
        "Población parecida: 17.500 y 18.200 habitantes",
        "Misma provincia: Buenos Aires",
        "Misma categoría: Municipio",
    ]
    assert matches[2].reasons == ["Población parecida: 17.500 y 18.200 habitantes"]
    assert 1 > matches[0].score > matches[1].score > matches[2].score > 0


def test_sizes_are_compared_as_ratios() -> None:
    town = MunicipalityFactory(population=20_000)
    half = MunicipalityFactory(name="Mitad", population=10_000)
    double = MunicipalityFactory(name="Doble", population=40_000)
    scores = {match.municipality: match.score for match in similar_municipalities(town)}
    assert scores[half] == scores[double]


def test_towns_of_quite_another_size_are_not_similar() -> None:
    town = MunicipalityFactory(population=20_000)
    MunicipalityFactory(population=81_000)
    MunicipalityFactory(population=4_900)
    assert similar_municipalities(town) == []


def test_a_large_difference_counts_but_is_not_called_similar() -> None:
    town = MunicipalityFactory(population=20_000)
    MunicipalityFactory(population=50_000)
    assert similar_municipalities(town)[0].reasons == [
        "Misma provincia: Buenos Aires",
        "Misma categoría: Municipio",
    ]


def test_the_own_country_comes_first_and_others_fill_up() -> None:
    town = MunicipalityFactory(population=20_000)
    abroad = MunicipalityFactory(
        name="Rivera", country=CountryFactory(code="UY"), population=20_000, region_code="06", category=""
    )
    at_home = MunicipalityFactory(name="Propia", population=60_000, region_code="14", region_name="Córdoba")
    matches = similar_municipalities(town)
    assert [match.municipality for match in matches] == [at_home, abroad]
    assert matches[1].reasons == ["Población parecida: 20.000 y 20.000 habitantes"]
    assert [match.municipality for match in similar_municipalities(town, limit=1)] == [at_home]


def test_a_neighbourhood_is_no_peer_of_a_government() -> None:
    town = MunicipalityFactory(population=20_000)
    MunicipalityFactory(name="Barrio", population=20_000, category="")
    assert similar_municipalities(town) == []


def test_without_a_population_province_and_category_decide() -> None:
    town = MunicipalityFactory(population=None, population_year=None)
    peer = MunicipalityFactory(name="Par")
    MunicipalityFactory(category="Comuna")
    matches = similar_municipalities(town)
    assert [match.municipality for match in matches] == [peer]
    assert matches[0].reasons == ["Misma provincia: Buenos Aires", "Misma categoría: Municipio"]


def test_a_municipality_is_not_similar_to_itself() -> None:
    assert similar_municipalities(MunicipalityFactory()) == []


def test_figures_are_written_as_the_reader_does() -> None:
    town = MunicipalityFactory(population=18_200)
    MunicipalityFactory(population=17_500)
    with override("en"):
        assert "17,500" in similar_municipalities(town)[0].reasons[0]


def test_the_number_of_queries_does_not_grow_with_the_municipalities() -> None:
    town = MunicipalityFactory()

    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            matches = similar_municipalities(town)
            assert [match.municipality.country.name for match in matches]
        return len(captured)

    MunicipalityFactory.create_batch(2)
    few = queries()
    MunicipalityFactory.create_batch(100)
    assert queries() <= few <= 5
