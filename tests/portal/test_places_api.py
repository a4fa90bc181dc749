"""Countries and municipalities for partner systems."""

from base64 import b64encode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from rest_framework.throttling import AnonRateThrottle

from tests.portal.places_factories import CountryFactory, MunicipalityCodeFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

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


@pytest.mark.parametrize("address", [TOWNS, "/api/v1/countries/"])
@pytest.mark.parametrize("cursor", ["p=\0", "r=1&p=%00", "r=1&p=a%00"])
def test_a_cursor_that_is_none_of_ours_is_not_found(client: Client, address: str, cursor: str) -> None:
    MunicipalityFactory()
    response = client.get(address, {"cursor": b64encode(cursor.encode()).decode()})
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize("position", ["x", "1.5", "", "nan", "9" * 5000])
def test_a_cursor_to_what_is_no_number_is_not_found(client: Client, position: str) -> None:
    cursor = b64encode(f"p={position}".encode()).decode()
    assert client.get(TOWNS, {"cursor": cursor}).status_code == 404


def test_a_cursor_past_every_number_finds_nothing(client: Client) -> None:
    MunicipalityFactory()
    assert names(client, cursor=b64encode(b"p=" + b"9" * 40).decode()) == []


@pytest.mark.parametrize("name", ["countries", "policy-areas", "municipalities"])
@pytest.mark.parametrize("key", ["%00", "a%00", "zz", "9999999999999999999999"])
def test_a_key_that_nothing_has_is_not_found(client: Client, name: str, key: str) -> None:
    assert client.get(f"/api/v1/{name}/{key}/").status_code == 404


def test_an_area_is_looked_up(client: Client) -> None:
    PolicyAreaFactory(slug="urban-works-mobility")
    answer = client.get("/api/v1/policy-areas/urban-works-mobility/").json()
    assert answer["slug"] == "urban-works-mobility"


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


def test_a_limit_holds_while_the_cache_counts_and_nobody_is_refused_while_it_is_away(
    client: Client, settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    CountryFactory()
    monkeypatch.setattr(AnonRateThrottle, "rate", "2/min", raising=False)
    countries = "/api/v1/countries/"
    assert [client.get(countries).status_code for _number in range(3)] == [200, 200, 429]
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    assert [client.get(countries).status_code for _number in range(3)] == [200, 200, 200]
