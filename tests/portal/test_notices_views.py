"""A person's page of notices."""

import re

import pytest
from django.core import mail
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.notices.context import notices
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import NoticePreference, Notification
from portal.notices.services import notice_deliver, notify
from tests.portal.notices_factories import NotificationFactory, a_person

LIST = "/avisos/"


@pytest.fixture
def person(client, db):
    person = a_person()
    client.force_login(person)
    return person


@pytest.fixture
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó", order=-1)
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


def texts(page) -> list[str]:
    return [notice.text for notice in page.context["page"].rows]


@pytest.mark.parametrize("path", [LIST, "/avisos/preferencias/"])
def test_a_visitor_is_asked_to_sign_in(client, db, path):
    assert client.get(path).status_code == 302


def test_a_person_sees_her_own_notices_and_nobody_else_s(client, person):
    NotificationFactory(user=person, text="Para mí")
    NotificationFactory(text="Para otra")
    NotificationFactory(user=person, text="Solo por correo", is_in_portal=False)
    assert texts(client.get(LIST)) == ["Para mí"]
    client.force_login(a_person(is_staff=True, is_superuser=True))
    assert texts(client.get(LIST)) == []


def test_the_unread_come_first_and_are_marked(client, person):
    for text in ("uno", "dos", "tres"):
        NotificationFactory(user=person, text=text)
    client.get(Notification.objects.get(text="tres").get_absolute_url())
    page = client.get(LIST)
    assert texts(page) == ["dos", "uno", "tres"]
    html = page.content.decode()
    assert html.count("Sin leer") == 2
    assert re.search(r"3 avisos\s+·\s+2 sin leer", html)


def test_only_the_unread_can_be_asked_for(client, person):
    NotificationFactory(user=person, text="nuevo")
    client.get(NotificationFactory(user=person, text="leído").get_absolute_url())
    assert texts(client.get(LIST, {"estado": "sin-leer"})) == ["nuevo"]


def test_pages_go_forth_and_back_through_all_notices(client, person):
    for number in range(45):
        NotificationFactory(user=person, text=f"n{number}")
    seen, cursor = [], ""
    pages = []
    while True:
        page = client.get(LIST, {"cursor": cursor})
        pages.append(texts(page))
        seen += texts(page)
        cursor = page.context["page"].next_cursor
        if not cursor:
            break
    assert seen == [f"n{number}" for number in reversed(range(45))]
    back = client.get(LIST, {"cursor": page.context["page"].previous_cursor})
    assert texts(back) == pages[1]


def test_the_list_costs_the_same_for_one_notice_and_for_twenty(client, person):
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        return len(captured)

    NotificationFactory(user=person)
    few = queries()
    NotificationFactory.create_batch(19, user=person)
    assert queries() == few <= 9


def test_an_empty_page_explains_itself(client, person):
    html = client.get(LIST).content.decode()
    assert "Todavía no tenés avisos" in html
    assert reverse("notices:preferences") in html


def test_opening_a_notice_marks_it_and_leads_to_what_it_tells_of(client, person):
    notice = NotificationFactory(user=person, url="/evaluarme/7/")
    answer = client.get(notice.get_absolute_url())
    assert (answer.status_code, answer["Location"]) == (302, "/evaluarme/7/")
    notice.refresh_from_db()
    first = notice.read_at
    assert first is not None
    client.get(notice.get_absolute_url())
    notice.refresh_from_db()
    assert notice.read_at == first


def test_looking_ahead_marks_nothing(client, person):
    notice = NotificationFactory(user=person)
    client.get(notice.get_absolute_url(), headers={"Sec-Purpose": "prefetch;prerender"})
    client.head(notice.get_absolute_url())
    notice.refresh_from_db()
    assert notice.is_unread


@pytest.mark.parametrize("url", ["", "https://elsewhere.example/", "//elsewhere.example/"])
def test_a_notice_without_an_address_of_ours_leads_to_the_list(client, person, url):
    notice = NotificationFactory(user=person, url=url)
    assert client.get(notice.get_absolute_url())["Location"] == LIST


def test_another_person_s_notice_does_not_exist(client, person):
    notice = NotificationFactory()
    assert client.get(notice.get_absolute_url()).status_code == 404
    notice.refresh_from_db()
    assert notice.is_unread
    client.logout()
    assert client.get(notice.get_absolute_url()).status_code == 302


def test_all_are_marked_at_once_and_only_her_own(client, person):
    NotificationFactory.create_batch(3, user=person)
    other = NotificationFactory()
    assert client.get("/avisos/leidos/").status_code == 405
    page = client.post("/avisos/leidos/", follow=True)
    assert "Marcamos 3 avisos como leídos." in page.content.decode()
    assert not Notification.objects.filter(user=person).unread().exists()
    other.refresh_from_db()
    assert other.is_unread


def test_marking_all_needs_a_csrf_token(person):
    client = Client(enforce_csrf_checks=True)
    client.force_login(person)
    assert client.post("/avisos/leidos/").status_code == 403


def test_preferences_show_what_holds_and_keep_what_is_chosen(client, person, kind):
    page = client.get("/avisos/preferencias/")
    assert page.context["form"]["prueba-email"].value() is True
    answer = client.post("/avisos/preferencias/", {"prueba-portal": "on"}, follow=True)
    assert "Guardamos cómo querés recibir los avisos." in answer.content.decode()
    wish = NoticePreference.objects.get(user=person, kind="prueba")
    assert (wish.in_portal, wish.by_email) == (True, False)
    client.post("/avisos/preferencias/", {"prueba-email": "on"})
    wish.refresh_from_db()
    assert (wish.in_portal, wish.by_email) == (False, True)


def test_what_people_must_know_cannot_be_turned_off(client, person, monkeypatch):
    needed = NoticeKind(id="prueba", label="Algo", is_optional=False)
    monkeypatch.setitem(notice_kinds._items, "prueba", needed)
    html = client.get("/avisos/preferencias/").content.decode()
    assert re.search(r'name="prueba-email"[^>]*disabled', html)
    client.post("/avisos/preferencias/", {})
    assert not NoticePreference.objects.filter(kind="prueba").exists()


def unsubscribe_path(person) -> str:
    [waiting] = notify(users=person, kind="prueba", text="Pasó algo", fact="f")
    notice_deliver(notification_id=waiting)
    header = mail.outbox[-1].extra_headers["List-Unsubscribe"]
    return "/" + header.strip("<>").split("/", 3)[3]


def test_one_click_in_the_mail_program_stops_the_mails(db, kind):
    person = a_person()
    path = unsubscribe_path(person)
    # As mail programs do it: no cookie, no token of ours.
    answer = Client(enforce_csrf_checks=True).post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and not answer.cookies
    wish = NoticePreference.objects.get(user=person)
    assert (wish.in_portal, wish.by_email) == (True, False)
    assert notify(users=person, kind="prueba", text="Otra cosa", fact="g") == []


def test_following_the_link_only_asks(client, db, kind):
    person = a_person()
    page = client.get(unsubscribe_path(person))
    assert "No recibirlos más por correo" in page.content.decode()
    assert not page.cookies
    assert not NoticePreference.objects.exists()


def test_a_changed_or_foreign_token_stops_nothing(client, db, kind):
    path = unsubscribe_path(a_person())
    assert client.post(path.rstrip("/") + "x/").status_code == 404
    assert client.post("/avisos/baja/whatever/").status_code == 404
    assert not NoticePreference.objects.exists()


def test_what_was_chosen_for_the_portal_survives_the_end_of_mails(client, db, kind):
    person = a_person()
    NoticePreference.objects.create(user=person, kind="prueba", in_portal=False, by_email=True)
    client.post(unsubscribe_path(person))
    wish = NoticePreference.objects.get(user=person)
    assert (wish.in_portal, wish.by_email) == (False, False)


def rendered(user, template: str) -> tuple[str, int]:
    request = RequestFactory().get("/")
    request.user = user
    with CaptureQueriesContext(connection) as captured:
        text = Template(template).render(Context(notices(request)))
    return text, len(captured)


def test_the_number_of_unread_costs_one_query_and_only_if_shown(db, django_user_model):
    person = a_person()
    NotificationFactory.create_batch(2, user=person)
    assert rendered(person, "nothing") == ("nothing", 0)
    assert rendered(person, "{% if unread_notices %}{{ unread_notices }}{% endif %}") == ("2", 1)
    assert rendered(a_person(), "{% if unread_notices %}x{% endif %}") == ("", 1)


def test_the_number_of_unread_is_capped(db):
    person = a_person()
    NotificationFactory.create_batch(100, user=person)
    assert rendered(person, "{{ unread_notices }}") == ("99+", 1)


def test_a_page_without_a_user_has_no_notices(db):
    assert str(notices(RequestFactory().get("/"))["unread_notices"]) == "0"


def test_staff_look_up_deliveries_and_write_nothing(client, db):
    notice = NotificationFactory(text="Pasó algo")
    client.force_login(a_person(is_staff=True, is_superuser=True))
    page = client.get("/admin/notices/notification/", {"q": notice.user.email})
    assert notice.user.email in page.content.decode()
    detail = client.get(f"/admin/notices/notification/{notice.pk}/change/")
    assert "Pasó algo" in detail.content.decode()
    assert client.get("/admin/notices/notification/add/").status_code == 403
    assert client.post(f"/admin/notices/notification/{notice.pk}/change/", {}).status_code == 403
