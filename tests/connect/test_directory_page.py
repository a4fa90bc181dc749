"""The directory's page: who is found by what, for whom, in which order."""

import re

import pytest
from django.test import Client

from portal.accounts.models import User
from portal.safety.models import Block
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db
ADDRESS = "/conectarme/"


def page(reader: User | None, **asked: object) -> str:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return client.get(ADDRESS, asked).content.decode()


def names(html: str) -> list[str]:
    return re.findall(r'<h3 class="card__title">\s*<a [^>]*>([^<]+)</a>', html)


def total(html: str) -> int:
    return int(re.search(r'data-total="(\d+)"', html)[1])


def found(reader: User | None, **asked: object) -> set[str]:
    html = page(reader, **asked)
    assert total(html) == len(names(html))
    return set(names(html))


@pytest.fixture
def member():
    return MembershipFactory().user


def test_a_visitor_and_an_account_without_municipality_find_whom_anybody_may_find(member):
    listed("Pública Persona", audience="public")
    listed("Interna Persona")
    former = MembershipFactory(left=True).user
    for reader in (None, UserFactory(), former, MembershipFactory(requested=True).user):
        assert found(reader) == {"Pública Persona"}
    for reader in (member, UserFactory(is_staff=True)):
        assert found(reader) == {"Pública Persona", "Interna Persona"}


def test_whoever_is_kept_apart_is_neither_listed_nor_counted_nor_found(member):
    TopicFactory(slug="compost")
    other, blocked = (
        listed("Otra Persona"),
        listed("Tapada Persona", offer_topics=["compost"], role="coordinator"),
    )
    Block.objects.create(blocker=blocked, blocked=member)
    assert found(member) == {"Otra Persona"} == found(member, q="persona")
    html = page(member)
    assert "Tapada" not in html
    assert 'value="coordinator"' not in html
    assert 'value="compost"' not in html
    assert found(member, role="coordinator") == found(member, q="tapada") == set()
    # As if she were not there: the very page of a reader who looks for somebody that nobody is.
    assert "No encontramos a nadie" in page(member, q="tapada")
    assert found(other) == {"Otra Persona", "Tapada Persona"}


def test_all_words_must_be_found_whatever_their_accents_and_in_three_languages(member):
    TopicFactory(slug="arbolado", name_es="Arbolado urbano", name_en="Urban trees", name_pt="Arborização")
    listed("Ángela Núñez", position="Directora de Espacios", offer_topics=["arbolado"])
    listed("Ángela Gómez", offers="Compostaje en barrios")
    assert found(member, q="angela nunez") == {"Ángela Núñez"}
    assert found(member, q="angela") == {"Ángela Núñez", "Ángela Gómez"}
    assert found(member, q="angela trees") == found(member, q="arborização") == {"Ángela Núñez"}
    assert found(member, q="árbolado compostaje") == set()
    assert found(member, q="angela -compostaje") == {"Ángela Núñez"}


def test_words_find_nothing_that_the_reader_may_not_see(member):
    listed(
        "Ana Persona",
        audience="public",
        offers="secretísimo",
        seeks="reservado",
        visibility={"seeks": "nobody"},
    )
    assert found(None, q="secretisimo") == set()
    assert found(member, q="secretisimo") == {"Ana Persona"}
    assert found(member, q="reservado") == set()


def test_each_facet_narrows_and_its_counts_are_those_of_the_other_filters(member):
    TopicFactory(slug="compost", name_es="Compostaje")
    TopicFactory(slug="agua", name_es="Agua")
    PolicyAreaFactory(slug="ambiente", name_es="Ambiente")
    abroad = MunicipalityFactory(
        country=CountryFactory(code="UY"), region_code="", region_name="", population=300_000
    )
    listed("Ana", offer_topics=["compost"], areas=["ambiente"])
    listed("Bea", seek_topics=["compost"], role="coordinator")
    listed("Ciro", offer_topics=["agua"], municipality=abroad)
    listed("Dora", municipality=None, user_is_staff=True)
    assert found(member, can_help="compost") == {"Ana"}
    assert found(member, topic="compost") == {"Ana", "Bea"}
    assert found(member, area="ambiente") == {"Ana"}
    assert found(member, country="UY") == found(member, population="4") == {"Ciro"}
    assert found(member, province="AR-06") == {"Ana", "Bea"}
    assert found(member, role=["team", "coordinator"]) == {"Bea", "Dora"}
    assert found(member, can_help=["compost", "agua"], country="AR") == {"Ana"}
    html = page(member, country="AR")
    choices = re.findall(r'name="(\w+)" value="([\w-]+)"[^>]*>.*?facet__count">([^<]*)<', html)
    assert {
        ("country", "AR", "2"),
        ("country", "UY", "1"),
        ("can_help", "compost", "1"),
        ("topic", "compost", "2"),
    } <= {*choices}
    assert "agua" not in {value for _name, value, _count in choices}


def test_a_municipality_and_those_like_it_narrow_too(member):
    town = MunicipalityFactory(name="Villa Ejemplo")
    listed("Ana", municipality=town)
    listed("Bea", municipality=MunicipalityFactory(population=900_000))
    assert found(member, municipality=town.pk) == {"Ana"}
    # Her newest work is elsewhere, and she still works here; of who hides where she works nothing is told.
    both = listed("Eva", municipality=town)
    MembershipFactory(user=both, municipality=MunicipalityFactory(population=950_000))
    listed("Fe", municipality=town, visibility={"work": "connections"})
    assert found(member, municipality=town.pk) == {"Ana", "Eva"}
    assert found(member, like=town.pk) == {"Ana"}
    assert "Municipios como Villa Ejemplo" in page(member, like=town.pk)
    for nonsense in ("99999", "x", "-1", "\x00", "9" * 40):
        assert found(member, municipality=nonsense) == set() or nonsense == "\x00"


def test_the_orders_are_those_that_the_address_says(member):
    own = member.memberships.get().municipality
    twin = MunicipalityFactory(population=own.population)
    far = MunicipalityFactory(country=CountryFactory(code="UY"), population=own.population, region_code="")
    listed("Zoe Agua", municipality=far, active_on="2026-06-03", offers="agua agua agua")
    listed("Ángel", municipality=own, active_on="2026-06-01", offers="agua")
    listed("Bruno", municipality=twin, active_on="2026-06-02", about="agua")
    assert names(page(member)) == names(page(member, orden="disparate")) == ["Zoe Agua", "Bruno", "Ángel"]
    assert names(page(member, orden="nombre")) == ["Ángel", "Bruno", "Zoe Agua"]
    assert names(page(member, orden="similares")) == ["Ángel", "Bruno", "Zoe Agua"]
    assert names(page(member, orden="similares", desde=far.pk))[0] == "Zoe Agua"
    assert names(page(member, q="agua"))[0] == "Zoe Agua"
    assert names(page(UserFactory(is_staff=True), orden="similares")) == ["Zoe Agua", "Bruno", "Ángel"]


@pytest.mark.parametrize("order", ["actividad", "nombre", "similares", "relevancia"])
def test_pages_hold_everybody_once(member, order, monkeypatch):
    monkeypatch.setattr("connect.directory.reading.PAGE_SIZE", 2)
    everybody = {listed(f"Persona {letter}").name for letter in "ABCDE"}
    client = Client()
    client.force_login(member)
    seen: list[str] = []
    address = f"{ADDRESS}?orden={order}&q=persona"
    while address:
        html = client.get(address).content.decode()
        assert total(html) == 5
        assert len(names(html)) <= 2
        seen += names(html)
        following = re.search(r'rel="next"\s+href="([^"]+)"', html)
        address = ADDRESS + following[1].replace("&amp;", "&") if following else ""
    assert len(seen) == 5
    assert set(seen) == everybody


def test_the_fragment_holds_results_and_facets_alone(member):
    listed("Ana")
    client = Client()
    client.force_login(member)
    fragment = client.get(ADDRESS, headers={"HX-Request": "true"}).content.decode()
    assert names(fragment) == ["Ana"]
    assert "<html" not in fragment
    assert 'id="facetas" hx-swap-oob="true"' in fragment


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "<script>alert(1)</script>"},
        {"q": "\x00", "area": "\x00"},
        {"cursor": "zzz", "orden": "similares", "desde": "x"},
        {"can_help": ["<b>"] * 40},
        {"q": "x" * 5000, "like": "٣"},
        {"q": '"', "country": ""},
    ],
)
def test_whatever_stands_in_the_address_is_answered(member, asked):
    listed("Ana", about="<script>alert(1)</script>")
    client = Client()
    client.force_login(member)
    answer = client.get(ADDRESS, asked)
    assert answer.status_code == 200
    assert "<script>alert" not in answer.content.decode()


def test_nothing_found_says_why_and_what_to_do(member):
    assert "Todavía no hay nadie en el directorio" in page(member)
    assert "Todavía nadie eligió" in page(None)
    assert "Ver a todas las personas" in page(member, q="nadie")


def test_nobodys_address_is_on_it(member):
    listed("Ana Persona", user_email="ana.secreta@example.org", audience="public")
    for reader in (None, member):
        assert "ana.secreta" not in page(reader)
        assert found(reader, q="ana.secreta@example.org") == set()


def test_choices_that_are_kept_follow_every_number(member):
    TopicFactory(slug="compost", name_es="Compostaje")
    user = listed("Ana", offer_topics=["compost"])
    for asked in ({}, {"can_help": "compost"}):
        assert 'value="compost"' in page(member, **asked)
        assert 'value="compost"' in page(member, **asked)
    user.profile.delete()
    assert 'value="compost"' not in page(member)
    listed("Bea", role="coordinator")
    assert 'value="coordinator"' in page(member)
    html = page(member, role="coordinator")
    assert re.search(r'value="coordinator" checked', html)
    assert not re.search(r'value="coordinator" checked', page(member))
