"""Countries, municipalities and their codes in the database."""

import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import override

from portal.places.models import Country, Municipality
from portal.places.names import normalise_name
from tests.portal.places_factories import CountryFactory, MunicipalityCodeFactory, MunicipalityFactory


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("  San Martín de los Andes ", "san martin de los andes"),
        ("Capitán General Bernardo O´Higgins", "capitan general bernardo o higgins"),
        ("Łódź", "lodz"),
        ("Ærøskøbing", "aeroskobing"),
        ("25 de Mayo", "25 de mayo"),
        ("-", ""),
    ],
)
def test_names_are_compared_without_accents_capitals_and_signs(name: str, plain: str) -> None:
    assert normalise_name(name) == plain


@pytest.mark.django_db
def test_the_name_for_search_follows_the_name() -> None:
    town = MunicipalityFactory(name="Añatuya")
    assert town.normalised_name == "anatuya"
    town.name = "Peñarol"
    town.save()
    town.refresh_from_db()
    assert town.normalised_name == "penarol"
    Municipality.objects.bulk_create([Municipality(country=town.country, name="Óran")])
    assert Municipality.objects.filter(normalised_name="oran").exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"latitude": -34.6, "longitude": None}, "places_position_is_whole"),
        ({"latitude": None, "longitude": -58.4}, "places_position_is_whole"),
        ({"latitude": -134.6, "longitude": 0}, "places_position_is_whole"),
        ({"population": None, "population_year": 2022}, "places_year_has_population"),
    ],
)
def test_half_positions_and_years_of_nothing_are_refused(fields: dict[str, object], constraint: str) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        MunicipalityFactory(**fields)


@pytest.mark.django_db
def test_a_source_gives_a_code_once_whatever_its_capitals() -> None:
    MunicipalityCodeFactory(source="ibge", code="ab1")
    MunicipalityCodeFactory(source="indec", code="AB1")
    with pytest.raises(IntegrityError, match="places_code_is_unique_in_its_source"), transaction.atomic():
        MunicipalityCodeFactory(source="ibge", code="AB1")


@pytest.mark.django_db
def test_municipalities_are_found_by_the_codes_of_a_source() -> None:
    town = MunicipalityCodeFactory(source="indec", code="060007a").municipality
    MunicipalityCodeFactory(source="indec", code="060008", municipality=town)
    other = MunicipalityCodeFactory(source="geonames", code="060007A").municipality
    assert list(Municipality.objects.known_to("indec")) == [town]
    assert list(Municipality.objects.coded("060007A", "indec")) == [town]
    assert set(Municipality.objects.coded("060007A")) == {town, other}


def test_a_country_across_the_180th_meridian_holds_both_of_its_sides() -> None:
    fiji = Country(code="FJ", south=-21.71, north=-12.47, west=174.58, east=-178.25)
    assert fiji.may_hold(-18.1, 178.4)
    assert fiji.may_hold(-16.8, -179.9)
    assert not fiji.may_hold(-18.1, 0)
    assert not fiji.may_hold(18.1, 178.4)


def test_a_country_of_unknown_extent_may_hold_anything() -> None:
    assert Country(code="GI").may_hold(36.1, -5.3)


def test_a_country_is_named_in_the_readers_language() -> None:
    country = Country(code="DE", name_es="Alemania", name_en="Germany", name_pt="Alemanha")
    names = []
    for language in ("es-ar", "en", "pt-br"):
        with override(language):
            names.append(country.name)
    assert names == ["Alemania", "Germany", "Alemanha"]


@pytest.mark.django_db
def test_only_countries_with_municipalities_are_offered_and_each_once() -> None:
    CountryFactory(code="UY")
    MunicipalityFactory.create_batch(2)
    assert [country.code for country in Country.objects.with_municipalities()] == ["AR"]
