"""A municipality's conversations pass to whoever follows an official who left."""

import pytest
from django.test import Client

from connect.models import Conversation, Message, Participant
from connect.services.handing_over import conversations_pass_on, conversations_to_pass_on
from portal.accounts.models import User
from portal.accounts.services import account_erase
from portal.safety.models import Block
from tests.connect.factories import answered, listed, written
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_the_successor_reads_all_of_it_and_who_left_reads_until_then() -> None:
    town = MunicipalityFactory()
    asker, leaver, successor = (
        listed("Ana Ruiz"),
        listed("Luis Paz", municipality=town),
        listed("Eva Sol", municipality=town),
    )
    first = written(asker, leaver, about=EntryFactory(municipality=town), text="¿Cuánto costó?")
    assert conversations_pass_on(user=leaver, municipality=town, successor=successor) == 1
    answered(first, asker, "¿Seguís vos, Eva?")
    client, path = Client(), first.conversation.get_absolute_url()
    client.force_login(successor)
    shown = client.get(path).content.decode()
    assert "¿Cuánto costó?" in shown
    assert "¿Seguís vos, Eva?" in shown
    client.force_login(leaver)
    assert "¿Seguís vos, Eva?" not in client.get(path).content.decode()
    client.force_login(asker)
    shown = client.get(path).content.decode()
    assert "Luis Paz ya no trabaja en el municipio." in shown
    assert "Eva Sol sigue con esta conversación" in shown


def test_the_next_question_about_it_finds_the_successor_and_the_one_who_left_begins_anew() -> None:
    town = MunicipalityFactory()
    entry = EntryFactory(municipality=town)
    asker, leaver, successor = listed(), listed(), listed(municipality=town)
    first = written(asker, leaver, about=entry)
    conversations_pass_on(user=leaver, municipality=town, successor=successor)
    assert written(asker, successor, about=entry).conversation == first.conversation
    assert written(asker, leaver, about=entry).conversation != first.conversation


def test_when_the_two_have_such_a_conversation_already_both_stay() -> None:
    town = MunicipalityFactory()
    entry = EntryFactory(municipality=town)
    asker, leaver, successor = listed(), listed(), listed(municipality=town)
    written(asker, leaver, about=entry)
    own = written(asker, successor, about=entry)
    conversations_pass_on(user=leaver, municipality=town, successor=successor)
    assert Conversation.objects.count() == 2
    assert written(asker, successor, about=entry).conversation == own.conversation


def test_only_what_others_asked_about_things_of_that_municipality_passes() -> None:
    town, other_town = MunicipalityFactory(), MunicipalityFactory()
    leaver, colleague = listed(municipality=town), listed()
    passes = written(colleague, leaver, about=EntryFactory(municipality=town)).conversation
    written(colleague, leaver)
    written(colleague, leaver, about=EntryFactory(municipality=other_town))
    written(leaver, colleague, about=EntryFactory(municipality=town))
    written(leaver, colleague, listed())
    assert list(conversations_to_pass_on(user=leaver, municipality=town)) == [passes]


def test_nothing_passes_to_who_asked_or_to_who_is_kept_apart_from_her() -> None:
    town = MunicipalityFactory()
    asker, leaver, successor = listed(), listed(), listed(municipality=town)
    written(asker, leaver, about=EntryFactory(municipality=town))
    Block.objects.create(blocker=asker, blocked=successor)
    assert conversations_pass_on(user=leaver, municipality=town, successor=successor) == 0
    assert conversations_pass_on(user=leaver, municipality=town, successor=asker) == 0
    assert Participant.objects.count() == 2
    assert not Message.objects.filter(is_from_portal=True).exists()


def test_what_was_noted_when_she_left_passes_on_after_she_erased_her_account() -> None:
    town = MunicipalityFactory(name="Rafaela")
    asker, leaver, successor = listed(), listed("Luis Paz", municipality=town), listed(municipality=town)
    first = written(asker, leaver, about=EntryFactory(municipality=town))
    keys = list(conversations_to_pass_on(user=leaver, municipality=town).values_list("pk", flat=True))
    account_erase(user=leaver, actor=leaver)
    leaver = User.objects.get(pk=leaver.pk)
    assert conversations_pass_on(user=leaver, municipality=town, successor=successor, keys=keys) == 1
    assert answered(first, successor, "Sigo yo.")
    client = Client()
    client.force_login(asker)
    assert "Luis Paz" not in client.get(first.conversation.get_absolute_url()).content.decode()
