"""Who learns of whom by a group or by a conversation that she left, and what a form that comes back makes."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client

from connect.models import Conversation, Message
from connect.personal.messages import export_messages
from connect.reportables import known_people
from connect.services.conversations import Written, conversation_start
from connect.services.handing_over import conversations_pass_on
from connect.services.participants import conversation_leave, participants_add
from portal.accounts.models import User
from tests.connect.factories import answered, connect_two, listed, written
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def pages(user: User, conversation: Conversation) -> str:
    client, path = Client(), conversation.get_absolute_url()
    client.force_login(user)
    return "".join(
        client.get(each).content.decode() for each in (path, f"{path}personas/", "/conectarme/mensajes/")
    )


def test_whoever_left_a_group_does_not_learn_who_came_after() -> None:
    ana, luis, eva = listed("Ana Ruiz"), listed("Luis Paz"), listed("Eva Sol")
    group = written(ana, luis, eva).conversation
    conversation_leave(conversation=group, user=eva)
    late = listed("Sol Vera", audience="connections")
    for person in (ana, luis):
        connect_two(person, late)
    participants_add(conversation=group, user=ana, people=[late])
    shown = pages(eva, group)
    assert "Luis Paz" in shown
    assert "Sol Vera" not in shown
    assert "Sol Vera" not in str(export_messages(eva))
    assert known_people(eva, [late.pk]) == {}
    assert "Sol Vera" in pages(luis, group)


def test_who_left_a_municipality_does_not_learn_who_follows() -> None:
    town = MunicipalityFactory()
    asker, leaver = listed("Ana Ruiz"), listed("Luis Paz", municipality=town)
    successor = listed("Eva Sol", municipality=town)
    first = written(asker, leaver, about=EntryFactory(municipality=town))
    conversations_pass_on(user=leaver, municipality=town, successor=successor)
    assert "Eva Sol" not in pages(leaver, first.conversation)
    third = listed("Mara Gil", municipality=town)
    assert conversations_pass_on(user=successor, municipality=town, successor=third) == 1
    assert "Mara Gil" not in pages(successor, first.conversation)
    assert first.text in pages(third, first.conversation)
    assert answered(first, third, "Sigo yo.")


def test_nobody_is_made_known_by_a_group_to_whom_she_does_not_show_herself() -> None:
    ana, luis, shy = listed("Ana Ruiz"), listed("Luis Paz"), listed("Sol Vera", audience="connections")
    connect_two(ana, shy)
    with pytest.raises(PermissionDenied, match="Sol Vera"):
        written(ana, luis, shy)
    group = written(ana, luis, listed()).conversation
    with pytest.raises(PermissionDenied, match="Sol Vera"):
        participants_add(conversation=group, user=ana, people=[shy])
    assert written(ana, shy)
    connect_two(luis, shy)
    among_friends = written(ana, luis, shy).conversation
    with pytest.raises(PermissionDenied, match="Sol Vera"):
        participants_add(conversation=among_friends, user=ana, people=[listed()])


def test_a_form_that_comes_back_with_other_people_is_another_group() -> None:
    ana, first, second = listed(), [listed(), listed()], [listed(), listed()]
    key = uuid4()
    conversation_start(starter=ana, people=first, written=Written("Para ustedes", key))
    sent = conversation_start(starter=ana, people=second, written=Written("Solo para ustedes", key))
    assert Conversation.objects.count() == 2
    assert not Message.objects.visible_to(first[0]).filter(pk=sent.pk).exists()
