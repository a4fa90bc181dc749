"""A person's copy of her messages, and what is left of them when she erases her account."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from connect.models import Conversation, Message, MessageFile, Participant
from connect.personal.messages import export_messages
from connect.services.messages import message_send
from portal.accounts.models import User
from portal.accounts.services import account_erase
from portal.files.models import StoredFile
from portal.notices.models import Notification
from tests.connect.factories import answered, listed, written
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def test_her_copy_has_what_she_wrote_and_what_was_written_to_her_and_nobodys_address() -> None:
    ana, luis = listed("Ana Ruiz"), listed("Luis Paz")
    first = written(ana, luis, about=EntryFactory(title="Compost"), text="¿Cuánto costó?")
    file = SimpleUploadedFile("costos.txt", b"100")
    message_send(conversation=first.conversation, sender=luis, text="Va adjunto", uploads=[file])
    written(luis, listed(), text="Para otra persona")
    hidden = answered(first, luis, "Insulto")
    Message.objects.filter(pk=hidden.pk).update(hidden_at=hidden.created_at)
    (told,) = export_messages(ana)
    assert told["with"] == ["Luis Paz"]
    assert told["about"] == "Compost"
    assert [(each["from"], each["text"]) for each in told["messages"]] == [
        ("Ana Ruiz", "¿Cuánto costó?"),
        ("Luis Paz", "Va adjunto"),
        ("Luis Paz", "El equipo de la red quitó este mensaje."),
    ]
    assert told["messages"][1]["files"][0]["name"] == "costos.txt"
    copy = json.dumps(export_messages(ana), ensure_ascii=False)
    assert "Para otra persona" not in copy
    assert luis.email not in copy


def test_after_erasure_nothing_of_what_she_wrote_is_left_but_its_place() -> None:
    ana, luis = listed("Ana Ruiz"), listed()
    first = written(ana, luis, text="Soy Ana, mi teléfono es 5555")
    message_send(
        conversation=first.conversation,
        sender=ana,
        text="Va mi CV",
        uploads=[SimpleUploadedFile("ana-ruiz.txt", b"CV de Ana")],
    )
    answered(first, luis, "Gracias")
    account_erase(user=ana, actor=ana)
    assert set(Message.objects.filter(sender=ana).values_list("text", flat=True)) == {""}
    assert not MessageFile.objects.exists()
    assert not StoredFile.objects.exists()
    assert not Notification.objects.filter(text__contains="Ana").exists()
    client = Client()
    client.force_login(luis)
    shown = client.get(first.conversation.get_absolute_url()).content.decode()
    assert "Ana" not in shown.split("<main")[1]
    assert "Este mensaje fue borrado." in shown
    assert "Gracias" in shown


def test_what_she_answered_for_her_municipality_stays_with_it_without_her_name() -> None:
    town = MunicipalityFactory(name="Rafaela")
    ana, luis = listed("Ana Ruiz", municipality=town), listed("Luis Paz")
    first = written(luis, ana, about=EntryFactory(municipality=town), text="¿Cuánto costó?")
    answered(first, ana, f"Costó 100 pesos. Saludos, ANA RUIZ ({ana.email})")
    account_erase(user=ana, actor=ana)
    client = Client()
    client.force_login(luis)
    shown = client.get(first.conversation.get_absolute_url()).content.decode().split("<main")[1]
    assert "Costó 100 pesos. Saludos, […] ([…])" in shown
    assert "Ex integrante de Rafaela" in shown
    assert "ana ruiz" not in shown.lower()


def test_what_she_asked_another_municipality_is_hers_and_goes() -> None:
    town = MunicipalityFactory()
    ana, luis = listed("Ana Ruiz"), listed(municipality=town)
    first = written(ana, luis, about=EntryFactory(municipality=town), text="Soy Ana y pregunto")
    answered(first, luis, "Costó 100 pesos")
    account_erase(user=ana, actor=ana)
    assert list(Message.objects.order_by("id").values_list("text", flat=True)) == ["", "Costó 100 pesos"]


def test_a_conversation_that_nobody_can_read_any_more_is_deleted() -> None:
    ana, luis = listed(), listed()
    written(ana, luis)
    account_erase(user=ana, actor=ana)
    assert Conversation.objects.exists()
    account_erase(user=luis, actor=luis)
    assert not Conversation.objects.exists()
    assert not Participant.objects.exists()


def test_what_a_suspended_person_may_come_back_to_is_not_deleted_by_the_other() -> None:
    ana, luis = listed(), listed()
    written(ana, luis)
    User.objects.filter(pk=luis.pk).update(is_active=False)
    account_erase(user=ana, actor=ana)
    assert Participant.objects.filter(user=luis).exists()
