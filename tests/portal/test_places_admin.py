"""Places in the admin."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.portal.places_factories import CountryFactory, MunicipalityCodeFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
TOWNS = "/admin/places/municipality/"


@pytest.fixture
def staff(client: Client) -> Client:
    user = get_user_model().objects.create_superuser(email="staff@example.org", password="only-for-this-test")
    client.force_login(user)
    return client


def test_a_municipality_is_found_by_name_without_accents_and_by_code(staff: Client) -> None:
    MunicipalityCodeFactory(municipality=MunicipalityFactory(name="Añatuya"), code="860133")
    MunicipalityFactory(name="Goya")
    for text in ("anat", "AÑAT", "860133"):
        html = staff.get(TOWNS, {"q": text}).content.decode()
        assert "Añatuya" in html
        assert "Goya" not in html


def test_the_list_narrows_down_by_source_and_position(staff: Client) -> None:
    MunicipalityCodeFactory(municipality=MunicipalityFactory(name="Oficial"), source="indec")
    MunicipalityCodeFactory(
        municipality=MunicipalityFactory(name="Perdida", latitude=None, longitude=None), source="geonames"
    )
    by_source = staff.get(TOWNS, {"source": "indec"}).content.decode()
    assert "Oficial" in by_source
    assert "Perdida" not in by_source
    without_position = staff.get(TOWNS, {"latitude__isempty": "1"}).content.decode()
    assert "Perdida" in without_position
    assert "Oficial" not in without_position


def test_a_corrected_name_is_found_at_once(staff: Client) -> None:
    town = MunicipalityFactory(name="Gooya")
    fields = {
        "country": "AR", "name": "Goya", "region_code": "18", "region_name": "Corrientes", "department": "",
        "category": "Municipio", "latitude": "-29.14", "longitude": "-59.26", "population": "71606",
        "population_year": "2022", "website": "", "codes-TOTAL_FORMS": "1", "codes-INITIAL_FORMS": "0",
        "codes-0-source": "indec", "codes-0-code": "180140",
    }  # fmt: skip
    response = staff.post(f"{TOWNS}{town.pk}/change/", fields)
    assert response.status_code == 302, response.content.decode()
    town.refresh_from_db()
    assert (town.normalised_name, town.codes.get().code) == ("goya", "180140")


def test_half_a_position_is_told_at_the_form(staff: Client) -> None:
    fields = {
        "country": CountryFactory().pk, "name": "Goya", "latitude": "-29.14", "longitude": "",
        "codes-TOTAL_FORMS": "0", "codes-INITIAL_FORMS": "0",
    }  # fmt: skip
    html = staff.post(f"{TOWNS}add/", fields).content.decode()
    assert "Poné las dos coordenadas o ninguna" in html


def test_the_list_of_municipalities_has_a_query_budget(staff: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            staff.get(TOWNS)
        return len(captured)

    MunicipalityFactory()
    one = queries()
    MunicipalityFactory.create_batch(10)
    assert queries() == one <= 12
