"""Writing the page of a municipality: who may, what is kept, and how others find it."""

import pytest
from django.test import Client

from connect.models import TownProfile
from connect.permissions.towns import can_edit_town
from connect.towns.entries import KIND
from portal.accounts.services.erasure import account_erase
from portal.accounts.services.export import account_export
from portal.audit.models import AuditEvent
from portal.catalog.models import Entry
from portal.catalog.services import catalog_rebuild
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
ROLES = {
    "visitor": False,
    "account": False,
    "elsewhere": False,
    "coordinator elsewhere": False,
    "colleague": False,
    "left": False,
    "coordinator": True,
    "staff": True,
}


@pytest.fixture
def town():
    return MunicipalityFactory(name="Rafaela")


def client_of(role: str, town) -> tuple[Client, object]:
    client = Client()
    if role == "visitor":
        return client, None
    user = {
        "account": lambda: UserFactory(),
        "elsewhere": lambda: MembershipFactory().user,
        "coordinator elsewhere": lambda: MembershipFactory(coordinator=True).user,
        "colleague": lambda: MembershipFactory(municipality=town).user,
        "left": lambda: MembershipFactory(municipality=town, left=True, role="coordinator").user,
        "coordinator": lambda: MembershipFactory(municipality=town, coordinator=True).user,
        "staff": lambda: UserFactory(staff=True),
    }[role]()
    client.force_login(user)
    return client, user


def typed(**changes) -> dict:
    return {"about": "Una ciudad lechera", "offers": "", "seeks": "", **changes}


@pytest.mark.parametrize("role", ROLES)
def test_only_whoever_coordinates_it_and_the_team_write_it(town, role):
    client, user = client_of(role, town)
    address = f"/conectarme/municipios/{town.pk}/editar/"
    seen, written = client.get(address), client.post(address, typed())
    assert (seen.status_code == 200) == ROLES[role]
    assert TownProfile.objects.filter(municipality=town).exists() == ROLES[role]
    if user is None:
        assert "login" in written.headers["Location"]
    else:
        assert bool(can_edit_town(user, town.pk)) == ROLES[role]
        assert written.status_code == (302 if ROLES[role] else 403)


def test_what_she_writes_is_on_the_page_in_the_catalogue_and_in_the_trail(town):
    water, waste = TopicFactory(slug="agua"), TopicFactory(slug="residuos")
    client, user = client_of("coordinator", town)
    client.post(
        f"/conectarme/municipios/{town.pk}/editar/",
        typed(offers="Cómo medimos", offer_topics=["agua"], seeks="Una ordenanza", seek_topics=["residuos"]),
    )
    profile = TownProfile.objects.get(municipality=town)
    assert (profile.offer_topics, profile.seek_topics, profile.edited_by) == (["agua"], ["residuos"], user)
    entry = Entry.objects.get(kind=KIND, object_id=town.pk)
    assert (entry.topics, entry.areas) == (["agua", "residuos"], [water.area.slug, waste.area.slug])
    assert entry.people == []
    event = AuditEvent.objects.get(action="town.edited")
    assert event.actor_id == user.pk
    assert "ordenanza" not in str(event.after)
    text = Client().get(f"/conectarme/municipios/{town.pk}/").content.decode()
    assert "Cómo medimos" in text
    assert f"/conectarme/municipios/{town.pk}/" in Client().get("/buscar/?q=ordenanza").content.decode()
    made = Entry.objects.values_list("kind", "object_id", "topics")
    before = list(made)
    catalog_rebuild()
    assert list(made) == before


def test_saving_the_same_twice_changes_nothing_and_emptying_it_takes_it_out_of_the_catalogue(town):
    client, _user = client_of("coordinator", town)
    address = f"/conectarme/municipios/{town.pk}/editar/"
    client.post(address, typed())
    client.post(address, typed())
    assert AuditEvent.objects.filter(action="town.edited").count() == 1
    assert Entry.objects.filter(kind=KIND).exists()
    client.post(address, typed(about=""))
    assert not Entry.objects.filter(kind=KIND).exists()


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"about": "x" * 1001}, "1000"),
        ({"offers": "x" * 10_000_000}, "600"),
        ({"offer_topics": ["no-existe"]}, "no-existe"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field_and_nothing_is_lost(town, wrong, message):
    client, _user = client_of("coordinator", town)
    response = client.post(f"/conectarme/municipios/{town.pk}/editar/", typed(seeks="Lo que busco", **wrong))
    if response.status_code == 200:
        text = response.content.decode()
        assert message in text
        assert "error-summary" in text
        assert "Lo que busco" in text
    else:
        # So much is refused before it is read.
        assert response.status_code in (400, 413)
    assert not TownProfile.objects.exists()


def test_hidden_characters_are_left_out(town):
    client, _user = client_of("coordinator", town)
    client.post(f"/conectarme/municipios/{town.pk}/editar/", typed(about="Rafa\u202eela\x00\r\ndos"))
    assert TownProfile.objects.get().about == "Rafaela\ndos"


def test_an_editor_who_erases_her_account_leaves_the_page_without_her_name(town):
    client, user = client_of("coordinator", town)
    client.post(f"/conectarme/municipios/{town.pk}/editar/", typed())
    assert "Rafaela" in str(account_export(user=user))
    account_erase(user=user, actor=user)
    profile = TownProfile.objects.get()
    assert (profile.about, profile.edited_by) == ("Una ciudad lechera", None)
