"""A person's page of notices."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.template import Context, Template
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.notices.context import notices
from portal.notices.models import Notification
from portal.notices.services import notify
from portal.notices.texts import Text
from tests.portal.notices_factories import NotificationFactory, a_person

LIST = "/avisos/"


@pytest.fixture
def person(client, db):
    person = a_person()
    client.force_login(person)
    return person


def texts(page) -> list[str]:
    return [notice.text for notice in page.context["page"].rows]


def test_a_visitor_is_asked_to_sign_in(client, db):
    assert client.get(LIST).status_code == 302


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
    assert html.count('"badge badge--info">Sin leer') == 2
    assert re.search(r"3 avisos\s+·\s+2 sin leer", html)


def test_only_the_unread_can_be_asked_for(client, person):
    NotificationFactory(user=person, text="nuevo")
    client.get(NotificationFactory(user=person, text="leído").get_absolute_url())
    assert texts(client.get(LIST, {"estado": "sin-leer"})) == ["nuevo"]


def test_notices_of_one_kind_can_be_asked_for_with_their_numbers(client, person):
    NotificationFactory.create_batch(2, user=person, kind="membership-decided", text="del pedido")
    NotificationFactory(user=person, text="otra cosa")
    page = client.get(LIST, {"tipo": "membership-decided"})
    assert texts(page) == ["del pedido", "del pedido"]
    html = page.content.decode()
    assert "Respuesta a tu pedido de sumarte a un municipio (2)" in html
    assert "De todo (3)" in html
    assert texts(client.get(LIST, {"tipo": "membership-decided", "estado": "sin-leer"})) == ["del pedido"] * 2


@pytest.mark.parametrize("kind", ["no-existe", "x" * 500, "<script>", "a\0b"])
def test_a_kind_that_she_has_no_notice_of_shows_none_and_says_so(client, person, kind):
    NotificationFactory(user=person)
    page = client.get(LIST, {"tipo": kind})
    assert texts(page) == []
    assert "Ningún aviso tuyo es de eso." in page.content.decode()


def a_group(person, number: int) -> Notification:
    for each in range(number):
        answers = Text.plural("%(who)s respondió", "%(number)s personas respondieron", who=f"Colega {each}")
        notify(users=person, kind="membership-decided", text=answers, fact=f"a:{each}", url="/x/", group="t")
    return Notification.objects.heads().get(user=person, group="t")


def test_what_belongs_together_is_one_line_and_one_unread(client, person):
    head = a_group(person, 4)
    NotificationFactory(user=person, text="otra cosa")
    page = client.get(LIST)
    assert texts(page) == ["otra cosa", "4 personas respondieron"]
    html = page.content.decode()
    assert "Ver los 4 avisos" in html
    assert reverse("notices:notice-group", args=[head.public_id]) in html
    assert re.search(r"2 avisos\s+·\s+2 sin leer", html)


def test_the_page_of_a_line_shows_each_notice_that_it_stands_for(client, person):
    client.get(a_group(person, 2).get_absolute_url())
    notify(users=person, kind="membership-decided", text="Volvió a pasar", fact="z", group="t")
    NotificationFactory(user=person, kind="membership-decided", text="nada que ver")
    first, second = Notification.objects.filter(user=person, group="t", is_folded=False).order_by("id")
    page = client.get(reverse("notices:notice-group", args=[first.public_id]))
    assert texts(page) == ["2 personas respondieron", "Colega 0 respondió"]
    assert texts(client.get(reverse("notices:notice-group", args=[second.public_id]))) == ["Volvió a pasar"]


def test_the_page_of_a_line_costs_the_same_however_many_it_stands_for(client, person):
    def queries(number: int) -> int:
        path = reverse("notices:notice-group", args=[a_group(person, number).public_id])
        with CaptureQueriesContext(connection) as captured:
            assert client.get(path).status_code == 200
        return len(captured)

    assert queries(2) == queries(6) <= 7


def test_a_line_of_somebody_else_s_does_not_exist(client, person):
    head = a_group(a_person(), 2)
    assert client.get(reverse("notices:notice-group", args=[head.public_id])).status_code == 404
    client.logout()
    assert client.get(reverse("notices:notice-group", args=[head.public_id])).status_code == 302


def test_opening_a_line_marks_all_that_it_stands_for(client, person):
    client.get(a_group(person, 3).get_absolute_url())
    assert not Notification.objects.filter(user=person).unread().exists()


def test_times_are_those_of_where_the_person_is(client, person):
    notice = NotificationFactory(user=person)
    Notification.objects.filter(pk=notice.pk).update(created_at=datetime(2026, 11, 3, 2, 30, tzinfo=UTC))
    assert "02/11/2026 23:30" in client.get(LIST).content.decode()
    type(person).objects.filter(pk=person.pk).update(time_zone="Europe/Madrid")
    assert "03/11/2026 03:30" in client.get(LIST).content.decode()


def test_texts_are_shown_as_they_are(client, person):
    NotificationFactory(user=person, text="<script>alert(1)</script>")
    assert "&lt;script&gt;alert(1)" in client.get(LIST).content.decode()


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
    a_group(person, 3)
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
