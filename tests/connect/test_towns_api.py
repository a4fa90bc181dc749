"""What partner systems are told of municipalities."""

import pytest
from rest_framework.test import APIClient

from connect.models import TownProfile
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    town = MunicipalityFactory(name="Rafaela")
    TownProfile.objects.create(municipality=town, about="Lechera", offer_topics=["agua"], seeks="Compost")
    EntryFactory(municipality=town, title="Pública")
    EntryFactory(municipality=town, title="Reservada", visibility="members")
    listed("Paula Pública", municipality=town, audience="public", visibility={"work": "public"})
    listed("Nadia Integrante", municipality=town)
    listed("Olga Sinlugar", municipality=town, audience="public", visibility={"work": "nobody"})
    return town


@pytest.mark.parametrize("role", ["visitor", "member", "staff"])
def test_everybody_is_told_what_everybody_may_read(town, role):
    client = APIClient()
    if role != "visitor":
        client.force_login(MembershipFactory().user if role == "member" else UserFactory(staff=True))
    response = client.get(f"/api/v1/municipalities/{town.pk}/network/")
    told = response.json()
    page = f"http://testserver/conectarme/municipios/{town.pk}/"
    assert (told["about"], told["offer_topics"], told["seeks"], told["url"]) == (
        "Lechera",
        ["agua"],
        "Compost",
        page,
    )
    assert told["people"] == 1
    assert [(kind["kind"], kind["count"]) for kind in told["entries"]] == [("solution", 1)]
    assert told["entries"][0]["newest"][0]["title"] == "Pública"
    assert told["entries"][0]["url"] == f"{page}publicaciones/solution/"
    for word in ("Paula", "Nadia", "Olga", "Reservada", "@"):
        assert word not in response.content.decode()


def test_the_list_knows_the_network_and_its_filters(town):
    MunicipalityFactory(name="Desconocida")
    MembershipFactory(municipality__name="Otra", municipality__region_code="82")
    client = APIClient()
    told = client.get("/api/v1/network/municipalities/").json()
    assert [row["name"] for row in told["results"]] == ["Rafaela", "Otra"]
    assert (told["results"][0]["people"], told["results"][0]["things"]) == (1, 1)
    assert told["results"][0]["network"].endswith(f"/api/v1/municipalities/{town.pk}/network/")
    filtered = client.get("/api/v1/network/municipalities/?province=AR-82").json()
    assert [row["name"] for row in filtered["results"]] == ["Otra"]
    assert client.get("/api/v1/network/municipalities/?cursor=nada").status_code == 404
    first = client.get("/api/v1/network/municipalities/?page_size=1").json()
    assert [row["name"] for row in client.get(first["next"]).json()["results"]] == ["Otra"]


def test_what_is_known_already_need_not_be_sent_again(town):
    client = APIClient()
    address = f"/api/v1/municipalities/{town.pk}/network/"
    etag = client.get(address).headers["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    assert client.get("/api/v1/municipalities/999999/network/").status_code == 404
