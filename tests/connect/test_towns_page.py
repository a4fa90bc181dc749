"""The page of a municipality: who reads what on it."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from connect.models import TownProfile
from connect.services.directory import directory_refresh
from portal.accounts.models import User
from portal.accounts.services import membership_end
from portal.accounts.services.erasure import account_erase
from portal.places.models import Municipality
from portal.places.pages import municipality_url
from portal.safety.services import block_add
from tests.connect.factories import listed
from tests.evaluate.queries import counted_queries
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityCodeFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
MOST_QUERIES = 18


@pytest.fixture
def town() -> Municipality:
    return MunicipalityFactory(name="Rafaela", region_name="Santa Fe", region_code="82", population=99_150)


def page_of(town: Municipality, user: User | None = None) -> str:
    cache.clear()
    client = Client()
    if user is not None:
        client.force_login(user)
    response = client.get(reverse("connect:town-detail", args=[town.pk]))
    assert response.status_code == 200
    return response.content.decode()


def test_a_page_says_what_is_known_of_the_municipality_with_the_source_of_its_population(town):
    MunicipalityCodeFactory(municipality=town)
    MunicipalityCodeFactory(municipality=town, source="geonames", code="3838")
    text = page_of(town)
    assert "Rafaela" in text
    assert "Santa Fe" in text
    assert "99.150 habitantes" in text
    assert "INDEC" in text
    assert "2022" in text
    assert "GeoNames" not in text
    assert f'rel="canonical" href="http://testserver/conectarme/municipios/{town.pk}/"' in text


def test_a_place_of_which_nothing_is_known_here_is_nothing_for_search_engines(town):
    assert 'name="robots" content="noindex"' in page_of(town)
    EntryFactory(municipality=town)
    assert 'name="robots" content="noindex"' not in page_of(town)


def test_no_municipality_has_a_page_under_a_key_that_nobody_has(client):
    assert client.get("/conectarme/municipios/999999/").status_code == 404
    assert client.get(f"/conectarme/municipios/{10**30}/").status_code == 404


READERS = ("visitor", "account", "left", "elsewhere", "colleague", "staff", "blocked", "blocker")


def reader_of(role: str, town: Municipality, her: User) -> User | None:
    if role == "visitor":
        return None
    if role == "elsewhere":
        return MembershipFactory().user
    if role == "colleague":
        return MembershipFactory(municipality=town).user
    if role == "left":
        return MembershipFactory(left=True, municipality=town).user
    user = MembershipFactory().user if role in {"blocked", "blocker"} else UserFactory(staff=role == "staff")
    if role == "blocked":
        block_add(user=her, other=user)
    if role == "blocker":
        block_add(user=user, other=her)
    return user


@pytest.mark.parametrize("role", READERS)
def test_who_works_there_is_shown_as_each_lets_herself_be_seen(town, role):
    her = listed("Nadia Integrante", municipality=town)
    listed("Paula Pública", municipality=town, audience="public", visibility={"work": "public"})
    listed("Olga Sinlugar", municipality=town, audience="public", visibility={"work": "nobody"})
    MembershipFactory(municipality=town, user__name="Zulma Fueradel")
    reader = reader_of(role, town, her)
    text = page_of(town, reader)
    assert ("Nadia Integrante" in text) == (role in {"elsewhere", "colleague", "staff"})
    assert "Paula Pública" in text
    # Where she works is hers to tell, and who is not in the directory is not in this one either.
    assert "Olga Sinlugar" not in text
    assert "Zulma Fueradel" not in text


def test_to_whom_is_blocked_the_page_is_as_if_she_were_not_there(town):
    her = listed("Nadia Integrante", municipality=town, role="coordinator")
    reader = MembershipFactory().user
    block_add(user=her, other=reader)
    with_her = page_of(town, reader)
    her.profile.delete()
    directory_refresh(user_ids=[her.pk])
    assert _plain(page_of(town, reader)) == _plain(with_her)


def _plain(text: str) -> str:
    """Leave out the lines that carry a token of their own."""
    return "\n".join(line for line in text.splitlines() if "csrf" not in line.lower())


@pytest.mark.parametrize(("number", "is_told"), [(1, False), (2, False), (3, True)])
def test_a_visitor_is_told_how_many_there_are_only_where_that_tells_of_nobody(town, number, is_told):
    for _one in range(number):
        listed(municipality=town)
    text = page_of(town)
    assert (f"{number} personas de este municipio están en la red" in text) == is_told
    assert "Ingresá para verlas" in text


def test_people_stand_under_their_area_and_coordinators_are_marked(town):
    PolicyAreaFactory(slug="ambiente", name_es="Ambiente", order=1)
    PolicyAreaFactory(slug="salud", name_es="Salud", order=2)
    listed("Ana Salud", municipality=town, areas=["salud"])
    listed("Berta Ambas", municipality=town, areas=["salud", "ambiente"], role="coordinator")
    listed("Carla Ninguna", municipality=town)
    text = page_of(town, MembershipFactory().user).partition("Quiénes trabajan acá")[2]
    order = [text.index(word) for word in ("<span>Ambiente</span>", ">Berta Ambas<", "Coordina el municipio")]
    order += [
        text.index(word)
        for word in ("<span>Salud</span>", ">Ana Salud<", "En otras tareas", ">Carla Ninguna<")
    ]
    assert order == sorted(order)
    assert text.count("Coordina el municipio en la red") == 1


def test_whoever_works_in_two_municipalities_stands_on_both_pages(town):
    her = listed("Dora Dosmunicipios", municipality=town)
    other = MembershipFactory(user=her).municipality
    reader = MembershipFactory().user
    assert "Dora Dosmunicipios" in page_of(town, reader)
    assert "Dora Dosmunicipios" in page_of(other, reader)


def test_whoever_leaves_is_off_the_page_at_once(town, django_capture_on_commit_callbacks):
    her = listed("Paula Pública", municipality=town, audience="public", visibility={"work": "public"})
    client, address = Client(), reverse("connect:town-detail", args=[town.pk])
    response = client.get(address)
    assert "Paula Pública" in response.content.decode()
    # Nobody keeps a page with people on it.
    assert "private" in response.headers["Cache-Control"]
    membership_end(membership=her.memberships.get(), actor=her)
    assert "Paula Pública" not in client.get(address).content.decode()


def test_a_visitor_s_page_without_people_is_kept_and_sets_no_cookie(
    town, settings, django_assert_num_queries
):
    settings.VISITOR_CACHE_SECONDS = 60
    EntryFactory(municipality=town)
    client, address = Client(), reverse("connect:town-detail", args=[town.pk])
    assert not client.get(address).cookies
    with django_assert_num_queries(0):
        assert client.get(address).status_code == 200


def test_what_it_published_stands_there_by_kind_with_counts_and_a_link_to_the_rest(town):
    for _number in range(6):
        EntryFactory(municipality=town)
    EntryFactory(municipality=town, kind="result", title="Resultado de agua")
    EntryFactory(municipality=town, title="Solo integrantes", visibility="members")
    EntryFactory(title="De otro municipio")
    text = page_of(town)
    address = f"/conectarme/municipios/{town.pk}/publicaciones/solution/"
    assert "Resultado de agua" in text
    assert f'href="{address}"' in text
    assert "Ver todo (6)" in text
    assert "De otro municipio" not in text
    assert "Ver todo (7)" in page_of(town, MembershipFactory().user)
    rest = Client().get(address).content.decode()
    assert rest.count('<article class="card">') == 6
    assert "Solo integrantes" not in rest
    assert Client().get(address.replace("solution", "person")).status_code == 404


def test_people_in_the_catalogue_are_no_thing_of_the_municipality(town):
    listed("Paula Pública", municipality=town, audience="public", visibility={"work": "public"})
    assert "Todavía no publicó nada" in page_of(town)


def test_similar_municipalities_of_the_network_are_named_with_the_reasons(town):
    near = MunicipalityFactory(name="Sunchales", region_name="Santa Fe", region_code="82", population=95_000)
    MunicipalityFactory(name="Desconocida", region_name="Santa Fe", region_code="82", population=99_000)
    MembershipFactory(municipality=near)
    text = page_of(town)
    assert "Sunchales" in text
    assert "Misma provincia: Santa Fe" in text
    assert "Desconocida" not in text


def test_who_coordinates_can_be_asked_and_others_are_led_to_join(town):
    her = listed("Berta Coordina", municipality=town, role="coordinator")
    text = page_of(town, MembershipFactory().user)
    assert "Preguntale al municipio" in text
    assert reverse("connect:message-person", args=[her.public_id]) in text
    assert f"/cuenta/sumarme/?municipio={town.pk}" in text
    hers = page_of(town, her)
    assert "Sos vos" in hers
    assert "Sumarme a este municipio" not in hers
    assert "Preguntale al municipio" not in page_of(town)


def test_the_request_to_join_begins_with_the_municipality_that_led_to_it(client, town):
    client.force_login(UserFactory())
    text = client.get(f"/cuenta/sumarme/?municipio={town.pk}").content.decode()
    assert f'value="{town.pk}"' in text
    assert client.get("/cuenta/sumarme/?municipio=x%00").status_code == 200


def test_html_in_what_it_says_is_shown_as_it_was_typed(town):
    TownProfile.objects.create(municipality=town, about="<script>alert(1)</script>", offers="<b>x</b>")
    text = page_of(town)
    assert "<script>alert(1)" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "&lt;b&gt;x&lt;/b&gt;" in text


def test_leaving_and_erasing_take_nothing_of_the_municipality_s_off_its_page(
    town, django_capture_on_commit_callbacks
):
    her = MembershipFactory(municipality=town, role="coordinator").user
    solution = SolutionFactory(municipality=town, title="Planta de separación")
    solution.people.create(role="contact", name="Nadia", user=her)
    EntryFactory(municipality=town, kind="result", title="Resultado público", people=[her.pk])
    EntryFactory(municipality=town, object_id=solution.pk, title="Planta de separación", people=[her.pk])
    TownProfile.objects.create(municipality=town, about="Una ciudad lechera", edited_by=her)
    with django_capture_on_commit_callbacks(execute=True):
        membership_end(membership=her.memberships.get(), actor=her)
    after_leaving = page_of(town)
    with django_capture_on_commit_callbacks(execute=True):
        account_erase(user=her, actor=her)
    after_erasing = page_of(town)
    for words in ("Planta de separación", "Resultado público", "Una ciudad lechera"):
        assert words in after_leaving
        assert words in after_erasing


def test_the_number_of_queries_does_not_grow_with_people_and_things(town):
    client, address = Client(), reverse("connect:town-detail", args=[town.pk])
    client.force_login(MembershipFactory().user)

    def more() -> None:
        listed(municipality=town, role="coordinator")
        EntryFactory(municipality=town)
        EntryFactory(municipality=town, kind="result")
        MembershipFactory(municipality__population=99_000)

    for _number in range(2):
        more()
    client.get(address)
    with counted_queries() as few:
        assert client.get(address).status_code == 200
    for _number in range(6):
        more()
    with counted_queries() as many:
        client.get(address)
    assert len(many) <= len(few)
    assert len(many) <= MOST_QUERIES


def test_any_page_can_lead_to_that_of_a_municipality_without_knowing_whose_it_is(town):
    assert municipality_url(town.pk) == reverse("connect:town-detail", args=[town.pk])
    assert municipality_url(None) == ""
