"""The places that a new portal begins with."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.core.starter import starter_contents
from portal.places import geonames, starter
from portal.places.models import Country, Municipality, MunicipalityCode
from portal.places.provinces import PROVINCES, find_province

# Where GeoNames' own province numbers can be checked by anybody.
KNOWN_CITIES = {
    "Mar del Plata": "06", "Catamarca": "10", "Resistencia": "22", "Trelew": "26", "Río Cuarto": "14", "Goya": "18",
    "Belgrano": "02", "Paraná": "30", "Clorinda": "34", "Palpalá": "38", "General Pico": "42", "Chilecito": "46",
    "San Rafael": "50", "Posadas": "54", "Plottier": "58", "Viedma": "62", "Tartagal": "66", "San Juan": "70",
    "Villa Mercedes": "74", "Río Gallegos": "78", "Rafaela": "82", "Añatuya": "86", "Tafí Viejo": "90", "Ushuaia": "94",
}  # fmt: skip


@pytest.fixture(scope="module")
def cities() -> list[geonames.CityRow]:
    return list(geonames.city_rows())


def test_every_argentine_place_and_every_city_of_the_world_is_there_once(
    cities: list[geonames.CityRow],
) -> None:
    home = [city for city in cities if city.country_id == "AR"]
    assert len(home) == 1200
    assert len(cities) > 34_000
    assert len({city.code for city in cities}) == len(cities)
    assert not any(city.population == 0 for city in cities)


def test_argentine_places_carry_the_province_that_indec_knows(cities: list[geonames.CityRow]) -> None:
    home = [city for city in cities if city.country_id == "AR"]
    assert {city.region_code for city in home} == {province.code for province in PROVINCES}
    # Namesakes live in other provinces; the largest is the one meant here.
    largest = {city.name: city for city in sorted(home, key=lambda city: city.population or 0)}
    assert {name: largest[name].region_code for name in KNOWN_CITIES} == KNOWN_CITIES


def test_all_argentine_places_lie_within_the_extent_of_argentina(cities: list[geonames.CityRow]) -> None:
    row = next(row for row in geonames.country_rows() if row.code == "AR")
    argentina = Country(**row._asdict())
    home = [city for city in cities if city.country_id == "AR"]
    assert all(argentina.may_hold(city.latitude, city.longitude) for city in home)
    assert argentina.may_hold(-51.7, -57.85), "Puerto Argentino, in the Malvinas"
    assert not argentina.may_hold(-63.4, -57.0), "Base Esperanza, in Antarctica"


def test_nearly_every_city_lies_within_the_extent_of_its_country(cities: list[geonames.CityRow]) -> None:
    countries = {row.code: Country(**row._asdict()) for row in geonames.country_rows()}
    strangers = [
        city for city in cities if not countries[city.country_id].may_hold(city.latitude, city.longitude)
    ]
    assert strangers == []


def test_countries_are_named_in_three_languages_and_dissolved_states_left_out() -> None:
    rows = {row.code: row for row in geonames.country_rows()}
    assert len(rows) == 250
    assert {"AN", "CS"}.isdisjoint(rows)
    assert rows["DE"][1:4] == ("Alemania", "Germany", "Alemanha")
    assert rows["FK"].name_es == "Islas Malvinas (Arg.)"
    assert all(all(row[:5]) for row in rows.values())


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("CABA", "02"),
        ("Ciudad Autónoma de Buenos Aires", "02"),
        ("BUENOS AIRES", "06"),
        ("Tierra del Fuego", "94"),
        ("Tierra del Fuego, Antártida eIslas del Atlántico Sur", "94"),
        ("cordoba", "14"),
    ],
)
def test_provinces_are_found_as_registers_write_them(name: str, code: str) -> None:
    province = find_province(name)
    assert province is not None
    assert province.code == code


def test_what_is_no_province_is_not_found() -> None:
    assert find_province("Patagonia") is None
    assert find_province("") is None


@pytest.fixture
def small_world(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [
        geonames.CityRow("1", "AR", "Goya", "goya", "18", "Corrientes", -29.14, -59.26, 71_606),
        geonames.CityRow("2", "UY", "Rivera", "rivera", "13", "", -30.9, -55.55, None),
    ]
    monkeypatch.setattr(starter, "city_rows", lambda: iter(rows))


@pytest.mark.django_db
def test_loading_twice_changes_nothing(small_world: None) -> None:
    assert starter.load_places() == "250 países y 2 lugares: 2 nuevos, 0 actualizados."
    before = list(Municipality.objects.order_by("id").values())
    assert starter.load_places() == "250 países y 2 lugares: 0 nuevos, 0 actualizados."
    assert list(Municipality.objects.order_by("id").values()) == before
    assert MunicipalityCode.objects.filter(source="geonames").count() == 2
    goya = Municipality.objects.get(name="Goya")
    assert (goya.region_name, goya.population, goya.population_year) == ("Corrientes", 71_606, None)


@pytest.mark.django_db
def test_news_reach_places_that_nobody_else_has_taken_up(
    small_world: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    starter.load_places()
    official = Municipality.objects.get(name="Goya")
    official.codes.create(source="indec", code="180140")
    news = [
        geonames.CityRow("1", "AR", "Other", "other", "18", "Corrientes", -29.0, -59.0, 1),
        geonames.CityRow("2", "UY", "Rivera", "rivera", "13", "", -30.9, -55.55, 78_900),
    ]
    monkeypatch.setattr(starter, "city_rows", lambda: iter(news))
    assert starter.load_places() == "250 países y 2 lugares: 0 nuevos, 1 actualizados."
    official.refresh_from_db()
    assert (official.name, official.population) == ("Goya", 71_606)
    assert Municipality.objects.get(name="Rivera").population == 78_900


@pytest.mark.django_db
def test_what_staff_corrected_is_kept(small_world: None, monkeypatch: pytest.MonkeyPatch) -> None:
    starter.load_places()
    rivera = Municipality.objects.get(name="Rivera")
    rivera.name = "Ciudad de Rivera"
    rivera.save()
    assert starter.load_places() == "250 países y 2 lugares: 0 nuevos, 0 actualizados."
    rivera.refresh_from_db()
    assert rivera.name == "Ciudad de Rivera"


@pytest.mark.django_db
def test_the_number_of_queries_does_not_grow_with_the_places(small_world: None) -> None:
    with CaptureQueriesContext(connection) as queries:
        starter.load_places()
    assert len(queries) <= 14


def test_the_starter_is_registered_with_a_version() -> None:
    content = starter_contents.get("places")
    assert content.order == 10
    assert content.version == f"{geonames.geonames_version()}-{starter.REVISION}"


@pytest.mark.django_db
def test_the_whole_world_is_loaded() -> None:
    assert "34880 nuevos" in starter.load_places()
    assert Municipality.objects.filter(country="AR", codes__source="geonames").count() == 1200
    assert not Municipality.objects.filter(normalised_name="").exists()
