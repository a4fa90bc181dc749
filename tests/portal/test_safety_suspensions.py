"""Closing an account for a time: at once, everywhere, with a way to answer, and open again by itself."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from connect.models import DirectoryEntry
from portal.accounts.services import account_erase
from portal.audit.models import AuditEvent
from portal.notices.models import Notification
from portal.notices.services import notice_deliver, notify
from portal.safety.models import Suspension
from portal.safety.services import (
    SuspensionRefused,
    suspension_appeal,
    suspension_lift,
    suspension_start,
)
from portal.safety.services.telling import WARNING
from portal.safety.tasks import end_suspensions
from tests.connect.factories import listed
from tests.portal.accounts_factories import PASSWORD, UserFactory
from tests.portal.safety_factories import at_once, moderator

pytestmark = pytest.mark.django_db


def suspend(user, actor=None, days=7, reason="Insultó a varias personas"):
    until = timezone.now() + timedelta(days=days) if days else None
    return suspension_start(user=user, reason=reason, until=until, actor=actor or moderator())


def sign_in(client, user, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": user.email, "password": password})


def test_it_ends_sessions_of_pages_and_api_and_takes_her_out_of_the_directory(client):
    luis = listed("Luis Paz")
    client.force_login(luis)
    assert client.get("/api/v1/policy-areas/").status_code == 200
    suspend(luis)
    assert not Session.objects.exists()
    assert client.get(reverse("accounts:profile")).status_code == 302
    assert "_auth_user_id" not in client.session
    luis.refresh_from_db()
    assert not luis.is_active
    assert not DirectoryEntry.objects.filter(user=luis).exists()


def test_the_sign_in_page_says_why_and_until_when_only_to_who_knows_the_password(client):
    luis = listed()
    suspend(luis, reason="Insultó a <b>varias</b> personas")
    told = sign_in(client, luis)
    assert told.status_code == 403
    assert "Insultó a &lt;b&gt;varias&lt;/b&gt; personas" in told.content.decode()
    assert "Responder" in told.content.decode()
    wrong = sign_in(Client(), luis, "otra-clave-cualquiera")
    nobody = Client().post(
        reverse("account_login"), {"login": "nadie@example.org", "password": "otra-clave-cualquiera"}
    )
    for answer in (wrong, nobody):
        assert answer.status_code == 200
        assert "suspendida" not in answer.content.decode()
        assert "Insultó" not in answer.content.decode()


def test_she_answers_once_and_the_team_reads_it(client):
    luis = listed()
    suspension = suspend(luis)
    link = sign_in(client, luis).content.decode().split('href="/convivencia/responder/')[1].split('"')[0]
    page = f"/convivencia/responder/{link}"
    assert "Escribí lo que querés" in client.post(page, {"text": "  "}).content.decode()
    assert "Recibimos tu respuesta" in client.post(page, {"text": "Fue un malentendido"}).content.decode()
    client.post(page, {"text": "Otra más"})
    suspension.refresh_from_db()
    assert suspension.appeal == "Fue un malentendido"
    assert "Ya nos respondiste" in client.get(page).content.decode()
    client.force_login(moderator())
    admin = client.get(reverse("admin:safety_suspension_change", args=[suspension.pk])).content.decode()
    assert "Fue un malentendido" in admin


def test_an_address_to_answer_that_somebody_made_up_tells_nothing(client):
    suspend(listed())
    answer = client.get("/convivencia/responder/inventado/")
    assert answer.status_code == 404
    assert "El enlace venció" in answer.content.decode()


def test_nothing_is_told_meanwhile_and_what_waited_is_not_sent(mailoutbox):
    luis = listed()
    waiting = Notification.objects.create(
        user=luis, kind=WARNING, text="Antes", fact="antes", email_status="pending"
    )
    suspend(luis)
    luis.refresh_from_db()
    notify(users=luis, kind=WARNING, text="Mientras", fact="mientras")
    assert notice_deliver(notification_id=waiting.pk) != Notification.EmailStatus.SENT
    assert not Notification.objects.filter(fact="mientras").exists()
    assert mailoutbox == []


def test_it_ends_by_itself_when_its_time_is_over(client):
    luis, other = listed(), listed()
    suspension = suspend(luis)
    suspend(other)
    Suspension.objects.filter(pk=suspension.pk).update(
        started_at=timezone.now() - timedelta(days=7), until=timezone.now() - timedelta(minutes=1)
    )
    assert end_suspensions() == 1
    assert end_suspensions() == 0
    suspension.refresh_from_db()
    assert suspension.lifted_at is not None
    assert suspension.lifted_by is None
    assert sign_in(client, luis).status_code == 302
    other.refresh_from_db()
    assert not other.is_active


def test_lifting_it_puts_her_back_into_the_directory_and_leaves_a_trace():
    luis, team = listed(), moderator()
    suspension = suspend(luis, actor=team)
    suspension_lift(suspension=suspension, actor=team)
    suspension_lift(suspension=suspension, actor=team)
    luis.refresh_from_db()
    assert luis.is_active
    trail = AuditEvent.objects.filter(target_id=str(luis.pk), actor_id=team.pk).order_by("id")
    assert [event.action for event in trail] == ["account.suspended", "account.reinstated"]


def test_nobody_suspends_herself_the_team_or_who_runs_the_portal():
    team = moderator()
    for person in (team, UserFactory(superuser=True), UserFactory(staff=True)):
        with pytest.raises(SuspensionRefused):
            suspend(person, actor=team)
    for actor in (listed(), UserFactory(staff=True)):
        with pytest.raises(SuspensionRefused):
            suspend(listed(), actor=actor)
    assert not Suspension.objects.exists()


def test_an_account_that_is_closed_already_or_an_end_that_is_over_is_refused():
    luis, erased, left = listed(), listed(), listed()
    suspend(luis)
    account_erase(user=erased, actor=erased)
    left.is_active = False
    left.save()
    for person in (luis, erased, left):
        with pytest.raises(SuspensionRefused):
            suspend(person)
    with pytest.raises(SuspensionRefused, match="futuro"):
        suspend(listed(), days=-1)
    assert Suspension.objects.count() == 1


def test_the_database_holds_one_suspension_at_once():
    luis = listed()
    suspend(luis)
    with pytest.raises(IntegrityError, match="safety_one_suspension_at_once"), transaction.atomic():
        Suspension.objects.create(user=luis, reason="otra")


@pytest.mark.django_db(transaction=True)
def test_two_moderators_at_once_suspend_once():
    luis, one, two = listed(), moderator(), moderator()
    outcomes = at_once(lambda: suspend(luis, actor=one), lambda: suspend(luis, actor=two))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Suspension", "SuspensionRefused"]


def test_an_erased_account_is_not_opened_by_the_sweep():
    luis = listed()
    suspension = suspend(luis)
    account_erase(user=luis, actor=UserFactory(superuser=True))
    Suspension.objects.filter(pk=suspension.pk).update(until=timezone.now())
    end_suspensions()
    luis.refresh_from_db()
    assert not luis.is_active


def test_an_answer_after_it_is_over_is_not_kept():
    suspension = suspend(listed())
    suspension_lift(suspension=suspension, actor=None)
    assert not suspension_appeal(suspension=suspension, text="Tarde")
