"""The list of municipalities: who is in it, how it is narrowed down, sorted, counted and taken away."""

import csv
import io
import re

import pytest
from django.test import Client
from openpyxl import load_workbook

from connect.models import TownProfile
from portal.accounts.models import User
from portal.accounts.services import membership_end
from portal.safety.services import block_add
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
LIST = "/conectarme/municipios/"


def names(address: str = LIST, user: User | None = None) -> list[str]:
    """Return the names on a page of the list, in its order."""
    return re.findall(r'<h3 class="card__title">\s*<a href="[^"]+">([^<]+)</a>', text_of(address, user))


def text_of(address: str, user: User | None = None) -> str:
    client = Client()
    if user is not None:
        client.force_login(user)
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def town_with(name: str, **fields):
    """A municipality of the network."""
    town = MunicipalityFactory(name=name, **fields)
    MembershipFactory(municipality=town)
    return town


def test_a_municipality_is_in_it_while_somebody_works_there_or_it_has_something_to_show():
    MunicipalityFactory(name="Desconocida")
    working = town_with("Activa")
    EntryFactory(municipality=MunicipalityFactory(name="Conobra"))
    EntryFactory(municipality=MunicipalityFactory(name="Reservada"), visibility="members")
    assert names() == ["Activa", "Conobra"]
    assert names(user=MembershipFactory(municipality=working).user) == ["Activa", "Conobra", "Reservada"]
    for membership in working.memberships.all():
        membership_end(membership=membership, actor=membership.user)
    assert names() == ["Conobra"]


def test_every_filter_is_in_the_address_and_each_choice_says_how_many_it_leaves():
    CountryFactory(code="UY", name_es="Uruguay")
    water, waste = (
        TopicFactory(slug="agua", name_es="Agua"),
        TopicFactory(slug="residuos", name_es="Residuos"),
    )
    big = town_with("Grande", population=300_000)
    town_with("Otra provincia", region_code="82", region_name="Santa Fe")
    town_with(
        "Canelones", country_id="UY", region_code="", region_name="", population=None, population_year=None
    )
    TownProfile.objects.create(
        municipality=big, offer_topics=[water.slug, waste.slug], seek_topics=[waste.slug]
    )
    assert names(f"{LIST}?country=UY") == ["Canelones"]
    assert names(f"{LIST}?country=UY&country=AR") == ["Canelones", "Grande", "Otra provincia"]
    assert names(f"{LIST}?province=AR-82") == ["Otra provincia"]
    assert names(f"{LIST}?population=4") == ["Grande"]
    assert names(f"{LIST}?offers=agua") == ["Grande"]
    assert names(f"{LIST}?seeks=agua") == []
    assert names(f"{LIST}?seeks=residuos&country=AR") == ["Grande"]
    text = text_of(f"{LIST}?country=AR")
    assert 'data-total="2"' in text
    for name, value, count in (
        ("country", "AR", 2), ("country", "UY", 1), ("province", "AR-06", 1), ("province", "AR-82", 1),
        ("population", "4", 1), ("population", "2", 1), ("offers", "agua", 1), ("seeks", "residuos", 1),
    ):  # fmt: skip
        label = r'<span class="facet__label">[^<]+</span>'
        choice = rf'name="{name}" value="{value}"[^>]*>{label} <span class="facet__count">{count}<'
        assert re.search(choice, text), (name, value)


def test_words_are_found_in_name_and_province_without_accents():
    town_with("Río Cuarto", region_name="Córdoba", region_code="14")
    town_with("Rafaela", region_name="Santa Fe", region_code="82")
    assert names(f"{LIST}?q=rio cuarto") == ["Río Cuarto"]
    assert names(f"{LIST}?q=CORDOBA") == ["Río Cuarto"]
    assert names(f"{LIST}?q=rafaela+cordoba") == []


@pytest.mark.parametrize(
    "query",
    ["q=%00", "country=%00", "population=99", "population=-1", "province=x", "like=9" * 30, "like=x", "like=0",
     "offers=%27%22%3Cscript%3E", "orden=nada", "orden=parecido", "cursor=zzz", "q=" + "x" * 5000],
)  # fmt: skip
def test_what_nobody_offers_finds_nothing_or_changes_nothing_and_breaks_nothing(query):
    town_with("Rafaela")
    assert names(f"{LIST}?{query}") in ([], ["Rafaela"])


def test_it_is_sorted_by_name_people_and_what_there_is_to_show():
    few, many = town_with("Bella Vista"), town_with("Ánimas")
    for _number in range(2):
        listed(municipality=few)
        EntryFactory(municipality=many)
    reader = MembershipFactory(municipality=many).user
    assert names(LIST, reader) == ["Ánimas", "Bella Vista"]
    assert names(f"{LIST}?orden=personas", reader) == ["Bella Vista", "Ánimas"]
    assert names(f"{LIST}?orden=publicaciones", reader) == ["Ánimas", "Bella Vista"]
    assert "2 personas en el directorio" in text_of(LIST, reader)
    assert "personas en el directorio" not in text_of(LIST)


def test_those_like_mine_come_the_most_alike_first_each_with_its_reasons():
    mine = town_with("Mía", population=20_000)
    town_with("Igualita", population=20_100)
    town_with("Parecida", population=38_000, category="Comuna")
    town_with("Enorme", population=3_000_000, region_code="82", region_name="Santa Fe", category="Ciudad")
    reader = MembershipFactory(municipality=mine).user
    address = f"{LIST}?like={mine.pk}&orden=parecido"
    assert f"?like={mine.pk}&amp;orden=parecido" in text_of(LIST, reader)
    assert names(address, reader) == ["Igualita", "Parecida"]
    text = text_of(address, reader)
    assert "Población parecida" in text
    assert "Municipios como Mía" in text
    assert f'name="like" value="{mine.pk}"' in text


@pytest.mark.parametrize("order", ["nombre", "personas", "publicaciones"])
def test_its_pages_go_by_key_and_leave_nobody_out(order):
    for number in range(30):
        EntryFactory(municipality=MunicipalityFactory(name=f"Villa {number:02}"))
    first = text_of(f"{LIST}?orden={order}")
    cursor = re.search(r"cursor=([\w-]+)", first).group(1)
    found = names(f"{LIST}?orden={order}") + names(f"{LIST}?orden={order}&cursor={cursor}")
    assert sorted(found) == [f"Villa {number:02}" for number in range(30)]


def test_nobody_is_counted_for_whom_she_blocked():
    town = town_with("Rafaela")
    her, reader = listed(municipality=town), MembershipFactory().user
    listed(municipality=town)
    assert "2 personas en el directorio" in text_of(LIST, reader)
    block_add(user=her, other=reader)
    assert "1 persona en el directorio" in text_of(LIST, reader)


def test_the_files_hold_what_the_page_shows_in_its_order_and_run_nothing():
    TopicFactory(slug="agua", name_es="Agua")
    town = town_with("Rafaela")
    EntryFactory(municipality=MunicipalityFactory(name="Zárate"))
    town_with("Canelones", country=CountryFactory(code="UY"))
    TownProfile.objects.create(municipality=town, offers='=HYPERLINK("x")', offer_topics=["agua"])
    query = "?country=AR&orden=publicaciones"
    response = Client().get(f"{LIST}exportar.csv{query}")
    rows = list(csv.reader(io.StringIO(response.getvalue().decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["Municipio", "Zárate", "Rafaela"]
    assert rows[2][8].startswith("'=")
    assert rows[2][9] == "Agua"
    assert rows[2][12] == f"http://testserver/conectarme/municipios/{town.pk}/"
    workbook = load_workbook(io.BytesIO(Client().get(f"{LIST}exportar.xlsx{query}").getvalue()))
    assert [row[0] for row in workbook.active.iter_rows(values_only=True)] == [
        "Municipio",
        "Zárate",
        "Rafaela",
    ]


def test_the_fragment_of_a_filter_is_the_results_alone(client):
    town_with("Rafaela")
    text = client.get(LIST, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in text
    assert "Rafaela" in text
    assert 'id="facetas"' in text


def test_an_empty_network_explains_itself():
    assert "Todavía no hay municipios en la red" in text_of(LIST)
    assert "No encontramos municipios con esos filtros" in text_of(f"{LIST}?q=nada")
