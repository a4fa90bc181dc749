"""Looking for a municipality while typing."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.places.models import Municipality
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}
JSON = {"Accept": "application/json"}
ADDRESS = "/municipios/buscar/"


def names(client: Client, **query: str) -> list[str]:
    return [found["name"] for found in client.get(ADDRESS, query, headers=JSON).json()["results"]]


def test_the_address_has_its_name() -> None:
    assert reverse("places:municipality-search") == ADDRESS


def test_names_are_found_by_their_beginning_without_accents(client: Client) -> None:
    MunicipalityFactory(name="Añatuya")
    MunicipalityFactory(name="Villa Añatuya")
    assert names(client, q="ANA") == ["Añatuya"]
    assert names(client, q="  aña ") == ["Añatuya"]


def test_governments_come_before_mere_places_and_large_ones_before_small_ones(client: Client) -> None:
    MunicipalityFactory(name="Santa Chica", population=10)
    MunicipalityFactory(name="Santa Grande", population=1000)
    MunicipalityFactory(name="Santa Desconocida", population=None, population_year=None)
    MunicipalityFactory(name="Santa Lejana", population=10**6, category="")
    assert names(client, q="santa") == ["Santa Grande", "Santa Chica", "Santa Desconocida", "Santa Lejana"]


@pytest.mark.parametrize("text", ["", "a", " a ", "-", "%%", "a%"])
def test_less_than_two_letters_find_nothing(client: Client, text: str) -> None:
    MunicipalityFactory(name="Azul")
    assert names(client, q=text) == []


def test_one_country_can_be_asked_for(client: Client) -> None:
    MunicipalityFactory(name="Rivera")
    MunicipalityFactory(name="Rivera Oriental", country=CountryFactory(code="UY"))
    assert names(client, q="riv", country="uy") == ["Rivera Oriental"]


def test_ten_are_shown_and_the_rest_announced(client: Client) -> None:
    MunicipalityFactory.create_batch(11, name="Villa")
    answer = client.get(ADDRESS, {"q": "villa"}, headers=JSON).json()
    assert len(answer["results"]) == 10
    assert answer["has_more"] is True
    assert "hay más" in client.get(ADDRESS, {"q": "villa"}).content.decode()


def test_a_form_gets_the_options_of_its_field(client: Client) -> None:
    town = MunicipalityFactory(name="Rafaela", population=102_236)
    query = {"field": "town", "town_search": "raf"}
    html = client.get(ADDRESS, query, headers=HTMX).content.decode()
    assert f'name="town"\n                 value="{town.pk}"' in html
    assert '<input type="hidden"\n       name="town_searched"\n       value="raf">' in html
    assert "102.236 habitantes" in html
    assert "1 municipio encontrado." in html
    assert "<html" not in html


def test_a_strange_field_name_is_not_echoed(client: Client) -> None:
    html = client.get(ADDRESS, {"field": '"><script>', "q": "raf"}, headers=HTMX).content.decode()
    assert "<script>" not in html
    assert 'name="municipality_searched"' in html


def test_a_visitor_reads_the_page_without_cookies(client: Client) -> None:
    MunicipalityFactory(name="Rafaela")
    response = client.get(ADDRESS, {"q": "raf"})
    html = response.content.decode()
    assert response.status_code == 200
    assert "Rafaela" in html
    assert html.count("<h1") == 1
    assert not response.cookies
    assert {"Accept", "HX-Request"} <= {name.strip() for name in response.headers["Vary"].split(",")}


def test_nothing_found_says_what_to_do(client: Client) -> None:
    assert "Ningún municipio empieza con «zzz»" in client.get(ADDRESS, {"q": "zzz"}).content.decode()
    assert "al menos dos letras" in client.get(ADDRESS).content.decode()


def test_a_search_takes_one_query_however_many_it_finds(client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS, {"q": "villa"}, headers=HTMX)
        return len(captured)

    MunicipalityFactory(name="Villa")
    one = queries()
    MunicipalityFactory.create_batch(9, name="Villa")
    assert one == queries() == 1


def test_the_search_does_not_read_the_whole_table() -> None:
    Municipality.objects.bulk_create(
        [Municipality(country=CountryFactory(), name=f"Villa {number}") for number in range(2000)]
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE places_municipality")
    plan = Municipality.objects.named_like("villa 19").explain()
    assert "Index" in plan
    assert "Seq Scan" not in plan
