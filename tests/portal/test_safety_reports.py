"""Reporting: a copy of that moment, one open report per person and thing, and nothing told of who reported."""

import uuid

import pytest
from django.urls import reverse

from portal.notices.models import Notification
from portal.safety.models import Report, ReportChange
from portal.safety.services import LimitReached, block_add, report_send
from portal.safety.services.telling import RECEIVED
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.safety_factories import a_report, at_once, moderator

pytestmark = pytest.mark.django_db


def report_page(kind, key):
    return reverse("safety:report", args=[kind, key])


@pytest.fixture
def ana(client):
    user = listed("Ana")
    client.force_login(user)
    return user


def test_the_copy_is_of_the_moment_of_the_report(client, ana):
    luis = listed("Luis Paz", about="<script>alert(1)</script> Insultos")
    answer = client.post(
        report_page("person", luis.public_id), {"category": "harassment", "text": "Me insultó"}
    )
    assert answer.status_code == 302
    luis.profile.about = "Ya lo cambié"
    luis.profile.save()
    report = Report.objects.get()
    assert report.evidence["title"] == "Luis Paz"
    assert "<script>alert(1)</script> Insultos" in report.evidence["text"]
    assert (report.person, report.reporter, report.text) == (luis, ana, "Me insultó")
    assert [(change.from_status, change.to_status) for change in report.changes.all()] == [("", "open")]


def test_what_only_the_person_sees_is_not_copied():
    luis = listed(about="Solo mío", offers="De todos", visibility={"about": "nobody"})
    report = a_report(person=luis)
    assert "Solo mío" not in report.evidence["text"]
    assert "De todos" in report.evidence["text"]


def test_the_page_does_not_show_the_copy_which_holds_more_than_the_reporter_may_see(client, ana):
    luis = listed("Luis Paz", about="Solo para conexiones", visibility={"about": "connections"})
    page = client.get(report_page("person", luis.public_id)).content.decode()
    assert "Luis Paz" in page
    assert "Solo para conexiones" not in page


def test_she_is_thanked_and_the_team_is_told_but_not_the_reported_person(client, ana):
    team = moderator()
    other_staff = UserFactory(staff=True)
    luis = listed("Luis Paz")
    answer = client.post(report_page("person", luis.public_id), {"category": "spam"}, follow=True)
    assert "Gracias, lo vamos a mirar" in answer.content.decode()
    told = Notification.objects.get(kind=RECEIVED)
    assert told.user == team
    assert "Luis" not in told.text
    assert "Ana" not in told.text
    assert luis.notifications.count() == other_staff.notifications.count() == 0


def test_reporting_the_same_again_says_that_it_is_being_looked_at(client, ana):
    luis = listed()
    first = a_report(person=luis, reporter=ana)
    assert a_report(person=luis, reporter=ana) == first
    page = client.get(report_page("person", luis.public_id)).content.decode()
    assert "Ya nos avisaste de esto" in page
    assert '<form method="post" novalidate>' not in page


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_make_one_report():
    ana, luis = listed(), listed()
    outcomes = at_once(*[lambda: a_report(person=luis, reporter=ana)] * 2)
    assert [type(outcome) for outcome in outcomes] == [Report, Report]
    assert Report.objects.count() == ReportChange.objects.count() == 1


def test_who_cannot_see_a_person_cannot_report_her(client, ana):
    hidden, blocker = UserFactory(), listed()
    block_add(user=blocker, other=ana)
    for key in (hidden.public_id, blocker.public_id, uuid.uuid4(), ana.public_id, blocker.pk, "x" * 300):
        for method in ("get", "post"):
            assert (
                getattr(client, method)(report_page("person", key), {"category": "spam"}).status_code == 404
            )
    assert client.get(report_page("nothing", 1)).status_code == 404
    assert not Report.objects.exists()


def test_a_visitor_is_asked_to_sign_in(client):
    answer = client.get(report_page("person", listed().public_id))
    assert answer.status_code == 302
    assert "login" in answer.headers["Location"]


def test_a_published_thing_is_reported_by_whoever_reads_it(client, ana):
    luis = listed()
    entry = EntryFactory(title="Compost", summary="Gratis!!!", people=[luis.pk])
    client.post(report_page("entry", entry.pk), {"category": "false"})
    report = Report.objects.get()
    assert (report.evidence["title"], report.evidence["text"], report.person) == (
        "Compost",
        "Gratis!!!",
        luis,
    )


def test_what_is_missing_is_said_beside_the_field_and_nothing_is_kept(client, ana):
    luis = listed()
    page = report_page("person", luis.public_id)
    assert "Elegí lo que más se parece" in client.post(page, {"text": "algo"}).content.decode()
    assert "contanos en una frase" in client.post(page, {"category": "other"}).content.decode()
    assert client.post(page, {"category": "other", "text": "x" * 10_000_000}).status_code in (200, 400, 413)
    assert client.post(page, {"category": "other", "text": "nulo \0"}).status_code == 200
    assert not Report.objects.exists()


def test_a_flood_of_reports_stops_at_the_limit_with_a_message_and_saves_nothing_beyond_it(client, ana):
    things = [EntryFactory() for _number in range(40)]
    statuses = [
        client.post(report_page("entry", each.pk), {"category": "spam"}).status_code for each in things
    ]
    # An account in its first days may send five a day.
    assert Report.objects.count() == 5
    assert (statuses.count(302), statuses.count(429)) == (5, 35)
    answer = client.post(report_page("entry", things[-1].pk), {"category": "spam", "text": "lo que escribí"})
    assert "Hoy ya nos mandaste muchas denuncias" in answer.content.decode()
    assert "lo que escribí" in answer.content.decode()


def test_the_way_back_is_never_another_site(client, ana):
    luis = listed()
    for given in ("https://otro.example/", "//otro.example/", "javascript:alert(1)", "sin-barra"):
        page = client.get(report_page("person", luis.public_id), {"next": given}).content.decode()
        assert given not in page.split("<main")[1].split("</main>")[0]
    answer = client.post(
        report_page("person", luis.public_id), {"category": "spam", "next": "//otro.example/"}
    )
    assert answer.headers["Location"] == reverse("pages:home")


def test_who_has_reached_the_limit_is_told_by_the_service_too():
    ana = listed()
    for _number in range(5):
        report_send(reporter=ana, kind="entry", object_id=EntryFactory().pk, category="spam")
    with pytest.raises(LimitReached, match="muchas denuncias"):
        report_send(reporter=ana, kind="entry", object_id=EntryFactory().pk, category="spam")
