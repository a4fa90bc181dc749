"""Asking about something: whom one may ask, and what is said when there is nobody."""

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from connect.messaging.asking import askable_people
from connect.models import Conversation
from connect.panels import ask_panel
from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.catalog.panels import panels_of
from portal.safety.models import Block
from tests.connect.factories import answered, connect_two, listed, written
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def ask_path(entry: Entry) -> str:
    return reverse("connect:ask", args=[entry.kind, entry.object_id])


def ask_page(user: User, entry: Entry) -> str:
    client = Client()
    client.force_login(user)
    response = client.get(ask_path(entry))
    assert response.status_code == 200
    return response.content.decode()


def test_who_made_it_is_asked_and_the_message_carries_it() -> None:
    ana, luis = listed(), listed("Luis Paz", position="Director de Higiene")
    entry = EntryFactory(
        title="Compost en Villa 1", people=[luis.pk], municipality=MunicipalityFactory(name="Rafaela")
    )
    shown = ask_page(ana, entry)
    assert "Luis Paz" in shown
    assert "Director de Higiene" in shown
    assert "la conversación puede pasar a quien siga" in shown
    client = Client()
    client.force_login(ana)
    response = client.post(ask_path(entry), {"text": "¿Cuánto costó?", "person": luis.public_id})
    conversation = Conversation.objects.get()
    assert response.headers["Location"] == conversation.get_absolute_url()
    assert conversation.about_id == entry.object_id
    assert conversation.municipality == entry.municipality
    client.force_login(luis)
    assert "Compost en Villa 1" in client.get(conversation.get_absolute_url()).content.decode()


def test_of_several_one_is_chosen_and_nobody_else_can_be() -> None:
    ana, luis, eva = listed(), listed("Luis Paz"), listed("Eva Sol")
    entry = EntryFactory(people=[luis.pk, eva.pk])
    client = Client()
    client.force_login(ana)
    shown = client.post(ask_path(entry), {"text": "¿Cuánto costó?"}).content.decode()
    assert "Elegí a quién le preguntás" in shown
    assert "¿Cuánto costó?" in shown
    client.post(ask_path(entry), {"text": "Hola", "person": listed().public_id})
    assert not Conversation.objects.exists()


def test_where_nobody_behind_it_can_be_asked_the_coordinators_are_and_then_the_team() -> None:
    ana, town = listed(), MunicipalityFactory()
    paused = listed("Luis Paz", availability="paused")
    entry = EntryFactory(people=[paused.pk, UserFactory().pk], municipality=town)
    assert askable_people(ana, entry).people == []
    team = listed("Sol Equipo", user_is_staff=True, municipality=None)
    assert [
        (person.user_id, askable_people(ana, entry).whose) for person in askable_people(ana, entry).people
    ] == [(team.pk, "team")]
    coordinator = listed("Eva Coordina", municipality=town, role="coordinator")
    found = askable_people(ana, entry)
    assert (found.whose, [person.user_id for person in found.people]) == ("coordinators", [coordinator.pk])
    assert "Luis Paz" not in ask_page(ana, entry)


def test_who_blocked_her_is_left_out_as_if_she_had_nothing_to_do_with_it() -> None:
    ana, luis = listed(), listed("Luis Paz")
    entry = EntryFactory(people=[luis.pk])
    Block.objects.create(blocker=luis, blocked=ana)
    pages = [ask_page(ana, entry).split("<main")[1].split("</main>")[0]]
    Entry.objects.update(people=[])
    pages.append(ask_page(ana, entry).split("<main")[1].split("</main>")[0])
    assert pages[0] == pages[1]


def test_what_the_reader_may_not_find_is_not_there_to_be_asked_about() -> None:
    luis = listed()
    members_only = EntryFactory(people=[luis.pk], visibility="members")
    left = listed()
    left.memberships.update(status="left", ended_on=left.memberships.get().started_on)
    client = Client()
    for reader in (UserFactory(), left):
        client.force_login(User.objects.get(pk=reader.pk))
        assert client.get(ask_path(members_only)).status_code == 404
        assert client.post(ask_path(members_only), {"text": "Hola"}).status_code == 404
    client.force_login(listed())
    assert client.get(ask_path(members_only)).status_code == 200
    for path in ("/conectarme/preguntar/person/1/", f"/conectarme/preguntar/solution/{10**30}/"):
        assert client.get(path).status_code == 404
    assert Client().get(ask_path(members_only)).status_code == 302


def test_a_thing_of_the_members_is_not_asked_of_who_may_not_find_it() -> None:
    ana, outside = listed(), listed(municipality=None)
    connect_two(ana, outside)
    assert askable_people(ana, EntryFactory(people=[outside.pk])).people
    assert not askable_people(ana, EntryFactory(people=[outside.pk], visibility="members")).people


def test_who_works_nowhere_is_told_what_is_missing_and_no_name() -> None:
    luis = listed("Luis Paz")
    shown = ask_page(UserFactory(), EntryFactory(people=[luis.pk]))
    assert "hace falta trabajar en un municipio" in shown
    assert "Luis Paz" not in shown


def test_nobody_is_sent_to_ask_herself() -> None:
    ana = listed()
    assert "Es algo tuyo" in ask_page(ana, EntryFactory(people=[ana.pk]))


def test_the_panel_stands_on_every_thing_and_is_the_same_for_all() -> None:
    entry = EntryFactory(people=[listed("Luis Paz").pk])
    panels = set()
    for user in (listed(), UserFactory()):
        request = RequestFactory().get("/")
        request.user = user
        panels.add(next(panel for panel in panels_of(request, entry) if ask_path(entry) in panel))
    assert len(panels) == 1
    assert "Luis Paz" not in panels.pop()
    assert ask_panel(RequestFactory().get("/"), EntryFactory(kind="person", object_id=10**9)) is None


def test_asking_anew_goes_on_in_the_same_conversation() -> None:
    ana, luis = listed(), listed()
    entry = EntryFactory(people=[luis.pk])
    first = written(ana, luis, about=entry)
    answered(first, luis)
    client = Client()
    client.force_login(ana)
    client.post(ask_path(entry), {"text": "Otra pregunta", "person": luis.public_id})
    assert first.conversation.messages.count() == 3
