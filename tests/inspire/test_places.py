import pytest

from inspire.importing.places import CityFinder, CountryFinder
from tests.portal.places_factories import CountryFactory, MunicipalityCodeFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_a_country_is_known_by_code_and_by_name_in_three_languages() -> None:
    germany = CountryFactory(code="DE", name_es="Alemania", name_en="Germany", name_pt="Alemanha")
    finder = CountryFinder()
    assert [finder.find(text) for text in ("de", "ALEMANIA", "Germany", "Alemanha")] == [germany] * 4
    assert finder.find("Prusia") is None


def found(city: str, **hints: object) -> object:
    return CityFinder([("AR", city)]).find("AR", city, **hints)


def test_a_city_is_found_by_its_name_whatever_its_accents() -> None:
    town = MunicipalityFactory(name="Río Cuarto")
    assert found("RIO CUARTO") == town


def test_a_city_of_another_country_is_another_city() -> None:
    MunicipalityFactory(name="Córdoba", country=CountryFactory(code="ES"))
    assert found("Córdoba") is None


def test_a_town_far_from_the_position_is_not_the_one() -> None:
    town = MunicipalityFactory(name="San Martín", latitude=-34.57, longitude=-58.53)
    assert found("San Martín", position=(-34.6, -58.5)) == town
    assert found("San Martín", position=(-33.08, -68.47)) is None


def test_of_two_namesakes_the_nearest_one_is_meant() -> None:
    MunicipalityFactory(name="San Pedro", latitude=-34.5, longitude=-59.0)
    near = MunicipalityFactory(name="San Pedro", latitude=-34.4, longitude=-58.8)
    assert found("San Pedro", position=(-34.39, -58.79)) == near


def test_of_two_namesakes_without_a_position_neither_is_meant() -> None:
    MunicipalityFactory.create_batch(2, name="San Pedro", population=20_000)
    assert found("San Pedro") is None


def test_a_namesake_ten_times_as_large_is_the_one_everybody_knows() -> None:
    large = MunicipalityFactory(name="Mendoza", population=1_000_000)
    MunicipalityFactory(name="Mendoza", population=5_000)
    assert found("Mendoza") == large


def test_the_region_tells_namesakes_apart() -> None:
    MunicipalityFactory(name="Santa Rosa", region_code="50", region_name="Mendoza")
    pampa = MunicipalityFactory(name="Santa Rosa", region_code="42", region_name="La Pampa")
    assert found("Santa Rosa", region="La Pampa") == pampa
    assert found("Santa Rosa, La Pampa") == pampa


def test_a_city_is_found_by_the_name_that_the_register_does_not_use() -> None:
    code = MunicipalityCodeFactory(source="geonames", code="3435910", municipality__name="Buenos Aires")
    assert found("C.A.B.A.") is None
    assert found("Ciudad Autónoma de Buenos Aires") == code.municipality


def test_a_batch_costs_two_queries_however_many_rows_it_has(django_assert_num_queries) -> None:
    MunicipalityFactory(name="Azul")
    with django_assert_num_queries(2):
        finder = CityFinder([("AR", "Azul"), ("AR", "CABA"), ("ES", "Sevilla")] * 100)
        for _ in range(100):
            finder.find("AR", "Azul")
