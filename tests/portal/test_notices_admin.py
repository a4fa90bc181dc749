"""Announcements and deliveries, as the network's team works with them in the admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.notices.models import Announcement, Notification
from portal.notices.services import announcement_start, announcement_tell
from tests.portal.notices_factories import MemberFactory, NotificationFactory, a_person

LIST = reverse("admin:notices_notification_changelist")
ADD = reverse("admin:notices_announcement_add")
DRAFT = {
    "text": "Hoy hay encuentro.",
    "text_en": "",
    "text_pt": "",
    "url": "",
    "audience": "everybody",
    "country": "",
}


@pytest.fixture
def staff(client, db):
    staff = staff_who_may("view", "add", "change", "delete")
    client.force_login(staff)
    return staff


def staff_who_may(*verbs: str):
    staff = a_person(is_staff=True)
    names = [f"{verb}_{model}" for verb in verbs for model in ("announcement", "notification")]
    staff.user_permissions.set(Permission.objects.filter(codename__in=names))
    return staff


def at(page: str, announcement: Announcement) -> str:
    return reverse(f"admin:notices_announcement_{page}", args=[announcement.pk])


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


@pytest.fixture
def draft(db) -> Announcement:
    return Announcement.objects.create(text="Hoy hay encuentro.", text_pt="Hoje há encontro.", url="/buscar/")


def test_an_announcement_is_written_looked_over_and_sent(client, staff):
    MemberFactory.create_batch(2)
    answer = client.post(ADD, {**DRAFT, "audience": "members", "text": "Hoy  hay\nencuentro."}, follow=True)
    draft = Announcement.objects.get()
    assert (draft.text, draft.created_by, draft.status) == ("Hoy hay encuentro.", staff, "draft")
    assert answer.redirect_chain == [(at("send", draft), 302)]
    assert "Enviar a 2 personas" in words(answer)
    assert not Notification.objects.exists()
    answer = client.post(at("send", draft), follow=True)
    assert "Empezó el envío." in words(answer)
    draft.refresh_from_db()
    assert draft.status != "draft"
    assert AuditEvent.objects.filter(action="announcement.started", actor_id=staff.pk).exists()


def test_what_is_looked_over_is_what_each_language_reads(client, staff, draft):
    MemberFactory()
    said = words(client.get(at("send", draft)))
    assert '<span lang="pt-br">Hoje há encontro.</span>' in said
    assert (
        '<span lang="es-ar">Hoy hay encuentro.</span> <em>(sin traducción: leen el texto en español)</em>'
        in said
    )
    assert "1 persona" in said and 'href="/buscar/"' in said


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("text", ""),
        ("text", " \n "),
        ("text", "x" * 301),
        ("text", "a\0b"),
        ("url", "https://elsewhere.example/"),
        ("url", "//elsewhere.example/"),
        ("url", "javascript:alert(1)"),
        ("audience", "friends"),
        ("country", "XX"),
    ],
)
def test_what_cannot_be_told_is_refused_beside_its_field(client, staff, field, value):
    answer = client.post(ADD, {**DRAFT, field: value})
    assert list(answer.context["adminform"].form.errors) == [field]
    assert not Announcement.objects.exists()


def test_an_address_elsewhere_is_refused_with_what_to_write(client, staff):
    answer = client.post(ADD, {**DRAFT, "url": "https://elsewhere.example/"})
    assert "Escribí su dirección, que empieza con «/»." in words(answer)


def test_the_whole_address_of_a_page_of_ours_may_be_pasted(client, staff, settings):
    settings.SITE_URL = "https://portal.example"
    client.post(ADD, {**DRAFT, "url": "https://portal.example/evaluarme/?q=1"})
    assert Announcement.objects.get().url == "/evaluarme/?q=1"


def test_nobody_to_tell_is_said_and_cannot_be_sent_by_the_button(client, staff, draft):
    said = words(client.get(at("send", draft)))
    assert "No hay nadie a quien avisarle" in said
    assert "Enviar a" not in said


def test_a_second_press_starts_nothing_twice(client, staff, draft):
    MemberFactory()
    client.post(at("send", draft))
    answer = client.post(at("send", draft), follow=True)
    assert "Este anuncio ya se envió, se está enviando o se canceló." in words(answer)
    assert AuditEvent.objects.filter(action="announcement.started").count() == 1


def test_one_that_is_being_sent_shows_how_far_it_got_and_can_be_stopped(client, staff, draft):
    MemberFactory.create_batch(3)
    announcement_start(announcement=draft, actor=staff)
    Announcement.objects.filter(pk=draft.pk).update(told=2, status="sending", finished_at=None)
    said = words(client.get(at("change", draft)))
    assert "Ya se enteraron 2 de 3 personas." in said and '<progress max="3" value="2"' in said
    assert "data-sending" in said and 'name="text"' not in said
    assert "Ya les llegó a 2 personas, y eso no se deshace." in words(client.get(at("cancel", draft)))
    answer = client.post(at("cancel", draft), follow=True)
    assert "Se frenó." in words(answer)
    draft.refresh_from_db()
    assert draft.status == "cancelled"
    assert AuditEvent.objects.filter(action="announcement.cancelled", actor_id=staff.pk).exists()
    assert announcement_tell(announcement_id=draft.pk) == 0


def test_what_was_sent_can_be_read_and_neither_changed_nor_deleted_nor_stopped(client, staff, draft):
    MemberFactory()
    announcement_start(announcement=draft, actor=staff)
    announcement_tell(announcement_id=draft.pk)
    said = words(client.get(at("change", draft)))
    assert "Le llegó a 1 persona." in said and 'name="text"' not in said
    client.post(at("change", draft), {**DRAFT, "text": "Otra cosa"})
    client.post(at("delete", draft), {"post": "yes"})
    client.post(at("cancel", draft))
    draft.refresh_from_db()
    assert (draft.text, draft.status) == ("Hoy hay encuentro.", "sent")


@pytest.mark.parametrize("page", ["send", "cancel"])
def test_whoever_may_only_look_starts_and_stops_nothing(client, db, draft, page):
    client.force_login(staff_who_may("view"))
    assert "no tiene permiso" in words(client.get(at(page, draft)))
    assert "no tiene permiso" in words(client.post(at(page, draft), follow=True))
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize("page", ["send", "cancel", "change"])
def test_staff_without_any_permission_and_others_see_nothing(client, db, draft, page):
    client.force_login(staff_who_may())
    assert client.get(at(page, draft)).status_code == 403
    assert client.post(at(page, draft)).status_code == 403
    client.force_login(a_person())
    assert client.get(at(page, draft)).status_code == 302
    draft.refresh_from_db()
    assert draft.status == "draft"


@pytest.mark.parametrize("key", ["0", "x", "99999999999999999999"])
def test_an_announcement_that_there_is_not_is_not_found(client, staff, key):
    for page in ("send", "cancel"):
        path = reverse(f"admin:notices_announcement_{page}", args=[key])
        assert client.get(path).status_code == client.post(path).status_code == 404


def test_texts_are_shown_as_they_are(client, staff):
    hostile = Announcement.objects.create(text="<script>alert(1)</script>")
    for page in ("change", "send", "cancel"):
        assert "<script>alert(1)" not in client.get(at(page, hostile)).content.decode()
    assert (
        "<script>alert(1)"
        not in client.get(reverse("admin:notices_announcement_changelist")).content.decode()
    )


def test_staff_look_up_deliveries_and_write_nothing(client, staff):
    notice = NotificationFactory(
        text="Pasó algo", email_status="failed", email_attempts=5, email_problem="550 recipient"
    )
    NotificationFactory(text="De otra")
    page = client.get(LIST, {"q": notice.user.email.upper()})
    assert page.context["cl"].result_count == 1
    assert "no aceptó tu dirección (código 550)" in words(page)
    detail = client.get(f"/admin/notices/notification/{notice.pk}/change/")
    assert "Pasó algo" in detail.content.decode()
    assert client.get("/admin/notices/notification/add/").status_code == 403
    assert client.post(f"/admin/notices/notification/{notice.pk}/change/", {}).status_code == 403


def test_deliveries_are_narrowed_by_kind_state_way_and_time(client, staff):
    decided = NotificationFactory(kind="membership-decided")
    failed = NotificationFactory(email_status="failed")
    weekly = NotificationFactory(email_mode="weekly", email_status="pending")
    old = NotificationFactory()
    Notification.objects.filter(pk=old.pk).update(created_at=timezone.now() - timedelta(days=20))

    def found(**query: str) -> set[int]:
        return {row.pk for row in client.get(LIST, query).context["cl"].result_list}

    assert found() == {decided.pk, failed.pk, weekly.pk}
    assert found(tipo="membership-decided") == {decided.pk}
    assert found(email_status__exact="failed") == {failed.pk}
    assert found(email_mode__exact="weekly") == {weekly.pk}
    assert found(periodo="30") == found(periodo="todo") == {decided.pk, failed.pk, weekly.pk, old.pk}
    assert found(periodo="<script>") == found()


def retry(client, *notices: Notification):
    data = {"action": "retry", "_selected_action": [notice.pk for notice in notices]}
    return client.post(LIST, data, follow=True)


def test_what_was_given_up_is_tried_again_and_nothing_else(client, staff):
    failed = NotificationFactory(email_status="failed", email_attempts=5, email_problem="timeout")
    sent = NotificationFactory(email_status="sent", emailed_at=timezone.now())
    assert "1 correo se va a probar de nuevo" in words(retry(client, failed, sent))
    failed.refresh_from_db()
    sent.refresh_from_db()
    assert (failed.email_status, failed.email_attempts, failed.email_problem) == ("pending", 0, "")
    assert failed.email_due_at <= timezone.now()
    assert sent.email_status == "sent"
    event = AuditEvent.objects.get(action="notice.retried")
    assert (event.actor_id, event.target_id) == (staff.pk, str(failed.pk))
    assert "ninguno tiene un correo que no se haya podido enviar" in words(retry(client, sent))


def test_whoever_may_only_look_retries_nothing(client, db):
    failed = NotificationFactory(email_status="failed")
    client.force_login(staff_who_may("view"))
    retry(client, failed)
    failed.refresh_from_db()
    assert failed.email_status == "failed"


def test_the_list_of_deliveries_costs_the_same_for_many_and_counts_no_table(client, staff):
    def statements() -> list[str]:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return [query["sql"] for query in captured]

    NotificationFactory()
    few = statements()
    NotificationFactory.create_batch(9)
    many = statements()
    assert len(many) == len(few) <= 12
    counts = [sql for sql in many if "COUNT(" in sql and "notices_notification" in sql]
    assert counts and all("LIMIT 10000" in sql for sql in counts)
