"""Countries and municipalities for partner systems."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.portal.places_factories import CountryFactory, MunicipalityCodeFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
TOWNS = "/api/v1/municipalities/"


def names(client: Client, **query: object) -> list[str]:
    response = client.get(TOWNS, query)
    assert response.status_code == 200
    return [row["name"] for row in response.json()["results"]]


def test_anybody_reads_a_municipality_with_its_codes(client: Client) -> None:
    town = MunicipalityFactory(name="Alberti", website="http://www.alberti.gov.ar")
    MunicipalityCodeFactory(municipality=town, code="060021")
    response = client.get(f"{TOWNS}{town.pk}/")
    assert response.json() == {
        "id": town.pk,
        "name": "Alberti",
        "country": "AR",
        "region_code": "06",
        "region_name": "Buenos Aires",
        "department": "",
        "category": "Municipio",
        "latitude": -36.0,
        "longitude": -60.0,
        "population": 20_000,
        "population_year": 2022,
        "website": "http://www.alberti.gov.ar",
        "codes": [{"source": "indec", "code": "060021"}],
    }
    assert not response.cookies


def test_nobody_writes(client: Client) -> None:
    town = MunicipalityFactory()
    assert client.post(TOWNS, {}).status_code in {403, 405}
    assert client.delete(f"{TOWNS}{town.pk}/").status_code in {403, 405}


def test_the_list_narrows_down(client: Client) -> None:
    small = MunicipalityFactory(name="Azul", population=500)
    MunicipalityCodeFactory(municipality=small, code="060049")
    MunicipalityFactory(name="Añelo", region_code="58", population=90_000)
    MunicipalityFactory(name="Rivera", country=CountryFactory(code="UY"))
    assert names(client, country="AR") == ["Azul", "Añelo"]
    assert names(client, country="AR", region_code="58") == ["Añelo"]
    assert names(client, q="ane") == ["Añelo"]
    assert names(client, source="indec") == ["Azul"]
    assert names(client, source="indec", code="060049") == ["Azul"]
    assert names(client, source="geonames", code="060049") == []
    assert names(client, code="060049") == ["Azul"]
    assert names(client, min_population=1000, max_population=50_000) == ["Rivera"]


def test_pages_follow_each_other_to_the_end(client: Client) -> None:
    MunicipalityFactory.create_batch(5)
    address, seen = f"{TOWNS}?page_size=2", []
    while address:
        page = client.get(address).json()
        seen += [row["id"] for row in page["results"]]
        address = page["next"]
    assert len(seen) == len(set(seen)) == 5
    assert seen == sorted(seen)


def test_a_page_is_never_larger_than_allowed(client: Client) -> None:
    MunicipalityFactory.create_batch(3)
    assert len(names(client, page_size=10**9)) == 3
    assert len(names(client, page_size="x")) == 3


def test_countries_are_listed_and_looked_up(client: Client) -> None:
    CountryFactory(code="UY", name_es="Uruguay")
    CountryFactory()
    assert [row["code"] for row in client.get("/api/v1/countries/").json()["results"]] == ["AR", "UY"]
    assert client.get("/api/v1/countries/UY/").json()["name_es"] == "Uruguay"


def test_the_number_of_queries_does_not_grow_with_the_rows(client: Client) -> None:
    def queries(address: str) -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    MunicipalityCodeFactory()
    one = queries(TOWNS)
    for _number in range(10):
        MunicipalityCodeFactory()
    assert one == queries(TOWNS) == 2
    assert queries("/api/v1/countries/") == 1
