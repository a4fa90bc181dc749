import pytest

from inspire.capitals import capital_towns
from inspire.starter import read_cases
from portal.places.starter import load_places
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_a_capital_is_found_whatever_its_accents_and_is_the_largest_town_of_its_name() -> None:
    brazil = CountryFactory(code="BR")
    capital = MunicipalityFactory(country=brazil, name="Brasília", population=2_207_718)
    MunicipalityFactory(country=brazil, name="Brasilia", population=6_000)
    MunicipalityFactory(country=CountryFactory(code="CO"), name="Brasília")
    assert capital_towns(["BR"]) == {"BR": capital}


def test_a_country_whose_capital_nobody_knows_is_left_out() -> None:
    CountryFactory(code="CO")
    assert capital_towns(["CO", "AQ", "ZZ"]) == {}


def test_the_places_that_a_portal_begins_with_hold_the_capital_of_every_country_with_a_case() -> None:
    load_places()
    countries = {case["country"] for case in read_cases()}
    found = capital_towns(countries)
    assert set(found) == countries
    assert all(town.country_id == code and town.latitude is not None for code, town in found.items())
    assert (round(found["AR"].latitude, 1), round(found["AR"].longitude, 1)) == (-34.6, -58.4)
