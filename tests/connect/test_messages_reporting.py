"""Messages that somebody reported: a copy for the team, and taken away from the others."""

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from connect.messaging.files import message_email_body
from connect.messaging.reporting import (
    hide_message,
    may_report_message,
    message_evidence,
    message_from_key,
)
from connect.models import Message
from portal.notices.models import Notification
from portal.notices.services import notice_deliver
from portal.safety.models import Report
from tests.connect.factories import answered, listed, written
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


def test_who_reads_a_message_of_somebody_else_reports_it_and_nobody_else_does() -> None:
    ana, luis = listed(), listed()
    message = written(ana, luis)
    assert may_report_message(luis, message.pk)
    for other in (ana, listed(), UserFactory(superuser=True)):
        assert not may_report_message(other, message.pk)
    assert message_from_key(str(message.public_id)) == message.pk
    assert message_from_key(str(message.pk)) is None


def test_the_report_keeps_what_was_written_and_the_team_reads_nothing_but_that() -> None:
    ana, luis = listed("Ana Ruiz"), listed("Luis Paz")
    first = written(ana, luis, text="Hola Luis")
    insult = answered(first, ana, "Un insulto")
    client = Client()
    client.force_login(luis)
    response = client.post(
        reverse("safety:report", args=["message", insult.public_id]), {"category": "harassment", "text": ""}
    )
    assert response.status_code == 302
    report = Report.objects.get()
    assert report.person == ana
    assert "Un insulto" in report.evidence["text"]
    assert "Hola Luis" in report.evidence["text"]
    client.force_login(UserFactory(superuser=True))
    assert client.get(first.conversation.get_absolute_url()).status_code == 404


def test_of_a_group_only_the_message_itself_is_copied() -> None:
    ana, luis, eva = listed(), listed(), listed()
    first = written(ana, luis, eva, text="De otra conversación del grupo")
    evidence = message_evidence(answered(first, luis, "Un insulto").pk)
    assert evidence is not None
    assert "De otra conversación" not in evidence.text


def test_a_message_taken_away_is_read_by_nobody_but_stays_in_the_database() -> None:
    ana, luis = listed(), listed()
    message = written(ana, luis, text="Un insulto")
    hide_message(message.pk, UserFactory(superuser=True))
    client = Client()
    for reader in (ana, luis):
        client.force_login(reader)
        for path in (message.conversation.get_absolute_url(), reverse("connect:conversation-list")):
            shown = client.get(path).content.decode()
            assert "Un insulto" not in shown
            assert "El equipo de la red quitó este mensaje." in shown
    assert Message.objects.get(pk=message.pk).text == "Un insulto"


def test_the_email_holds_the_message_a_way_to_answer_and_nobodys_address(settings) -> None:
    settings.SITE_URL = "https://portal.example"
    ana, luis = listed("Ana Ruiz"), listed("Luis Paz")
    message = written(ana, luis, about=EntryFactory(title="Compost"), text="¿Cuánto costó? <b>x</b>")
    notice = Notification.objects.get(user=luis)
    assert notice_deliver(notification_id=notice.pk) == "sent"
    (email,) = mail.outbox
    whole = email.message().as_string()
    assert "¿Cuánto costó? <b>x</b>" in email.body
    assert notice.get_absolute_url() in email.body
    assert ana.email not in whole
    assert not email.reply_to
    assert "Reply-To" not in whole
    assert "&lt;b&gt;x&lt;/b&gt;" in email.alternatives[0][0]
    hide_message(message.pk, ana)
    assert message_email_body(notice) == ""


def test_of_a_group_everybody_but_the_sender_is_told_by_its_name() -> None:
    ana, luis, eva = listed(), listed(), listed()
    written(ana, luis, eva, subject="Costa")
    told = Notification.objects.values_list("user_id", "text")
    assert {key for key, _text in told} == {luis.pk, eva.pk}
    assert all("«Costa»" in text for _key, text in told)
