"""The page that says why a notice came, and lets its person change how the next ones come."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, Notification
from portal.notices.services import preferences_save
from tests.portal.notices_factories import NotificationFactory, a_person

NIGHT = datetime(2026, 11, 3, 2, 30, tzinfo=UTC)


@pytest.fixture
def person(client, db):
    person = a_person()
    client.force_login(person)
    return person


@pytest.fixture
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó", reason="Porque seguís la prueba.")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


def path(notice: Notification) -> str:
    return reverse("notices:notice-why", args=[notice.public_id])


def words(client, notice: Notification) -> str:
    return " ".join(client.get(path(notice)).content.decode().split())


def test_it_says_what_why_and_when_where_the_person_is(client, person, kind):
    notice = NotificationFactory(user=person, text="Ana respondió")
    Notification.objects.filter(pk=notice.pk).update(created_at=NIGHT)
    type(person).objects.filter(pk=person.pk).update(time_zone="Europe/Madrid")
    said = words(client, notice)
    assert "Ana respondió" in said
    assert "Algo que pasó" in said
    assert "Porque seguís la prueba." in said
    assert "martes 3 de noviembre de 2026, 03:30" in said


def test_a_notice_s_own_reason_comes_before_its_kind_s(client, person, kind):
    notice = NotificationFactory(user=person, reason="Porque Ana te nombró <b>ahí</b>.")
    said = words(client, notice)
    assert "Porque Ana te nombró &lt;b&gt;ahí&lt;/b&gt;." in said
    assert "Porque seguís la prueba." not in said


def test_a_notice_without_any_reason_still_gives_one(client, person):
    assert "Porque tiene que ver con" in words(client, NotificationFactory(user=person, kind="ida"))
    assert "Porque " in words(client, NotificationFactory(user=person, kind="membership-decided"))


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email_mode": "never"}, "No te lo mandamos: estos avisos no te llegan por correo."),
        ({"is_folded": True}, "No te lo mandamos aparte: lo cuenta el aviso que vino después."),
        ({"read_at": NIGHT}, "No te lo mandamos: lo leíste antes en el portal."),
        ({"email_status": "pending"}, "Está por salir."),
        (
            {"email_status": "pending", "email_mode": "daily", "email_due_at": NIGHT},
            "Va en tu resumen del día: sale el lunes 2 de noviembre de 2026, 23:30",
        ),
        (
            {"email_status": "pending", "email_mode": "weekly", "email_due_at": NIGHT},
            "Va en tu resumen de la semana: sale el lunes 2 de noviembre de 2026, 23:30",
        ),
        (
            {"email_status": "sent", "emailed_at": NIGHT},
            "Te lo mandamos el lunes 2 de noviembre de 2026, 23:30.",
        ),
        (
            {"email_status": "sent", "emailed_at": NIGHT, "email_mode": "weekly"},
            "Fue en el resumen de la semana, el lunes 2 de noviembre de 2026, 23:30.",
        ),
        (
            {
                "email_status": "pending",
                "email_attempts": 1,
                "email_problem": "451 recipient",
                "email_due_at": NIGHT,
            },
            "Todavía no salió: el servidor de tu correo no aceptó tu dirección (código 451). Probamos 1 vez, y "
            "probamos de nuevo el lunes 2 de noviembre de 2026, 23:30.",
        ),
        (
            {"email_status": "failed", "email_attempts": 5, "email_problem": "timeout"},
            "No lo pudimos mandar: el servidor de correo no respondió a tiempo. Probamos 5 veces.",
        ),
    ],
)
def test_what_became_of_the_e_mail_is_said_in_words(client, person, kind, fields, said):
    assert said in words(client, NotificationFactory(user=person, **fields))


def test_what_waits_for_the_end_of_quiet_hours_says_until_when(client, person, kind):
    later = timezone.now() + timedelta(hours=5)
    notice = NotificationFactory(user=person, email_status="pending", email_due_at=later)
    assert "espera a que terminen tus horas sin correos" in words(client, notice)


def test_a_sample_account_is_told_that_it_gets_no_e_mails(client, person, kind):
    type(person).objects.filter(pk=person.pk).update(is_sample=True)
    assert "a las cuentas de muestra no les mandamos correos" in words(
        client, NotificationFactory(user=person)
    )


def test_the_choice_is_changed_on_the_page_and_shown_there(client, person, kind):
    notice = NotificationFactory(user=person)
    preferences_save(user=person, wishes={"prueba": (False, "now")})
    answer = client.post(path(notice), {"email": "weekly"}, follow=True)
    assert answer.redirect_chain == [(path(notice), 302)]
    wish = NoticePreference.objects.get(user=person)
    assert (wish.in_portal, wish.email) == (False, "weekly")
    assert 'value="weekly" aria-pressed="true"' in " ".join(answer.content.decode().split())


@pytest.mark.parametrize("email", ["", "hourly", "<script>", "now\0"])
def test_a_choice_that_there_is_not_changes_nothing_and_says_so(client, person, kind, email):
    answer = client.post(path(NotificationFactory(user=person)), {"email": email}, follow=True)
    assert "no cambiamos nada" in answer.content.decode()
    assert not NoticePreference.objects.exists()


def test_what_must_be_known_offers_no_choice_and_takes_none(client, person):
    notice = NotificationFactory(user=person, kind="membership-decided")
    assert "Este aviso se envía siempre" in words(client, notice)
    assert client.post(path(notice), {"email": "never"}).status_code == 404
    assert (
        client.post(path(NotificationFactory(user=person, kind="ida")), {"email": "now"}).status_code == 404
    )
    assert not NoticePreference.objects.exists()


def test_one_that_is_not_shown_in_the_portal_can_be_asked_about_from_its_e_mail(client, person, kind):
    notice = NotificationFactory(user=person, is_in_portal=False)
    assert "No se muestra: elegiste no verlos acá." in words(client, notice)


def test_somebody_else_s_notice_does_not_exist(client, person, kind):
    notice = NotificationFactory()
    assert client.get(path(notice)).status_code == 404
    assert client.post(path(notice), {"email": "never"}).status_code == 404
    client.force_login(a_person(is_staff=True, is_superuser=True))
    assert client.get(path(notice)).status_code == 404
    client.logout()
    assert client.get(path(notice)).status_code == 302


def test_the_page_takes_few_queries(client, person, kind):
    notice = NotificationFactory(user=person)
    with CaptureQueriesContext(connection) as captured:
        client.get(path(notice))
    assert len(captured) <= 6
