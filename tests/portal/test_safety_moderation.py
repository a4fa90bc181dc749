"""The queue of reports: what it shows, what a decision does, and that nobody decides twice."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.models import User
from portal.audit.models import AuditEvent
from portal.core.decision import ALLOWED
from portal.notices.models import Notification
from portal.safety.models import Report, ReportChange, Suspension
from portal.safety.reportables import Evidence, ReportableKind, reportable_kinds
from portal.safety.services import (
    Measures,
    ReportConflict,
    block_add,
    report_decide,
    report_send,
    suspension_start,
)
from portal.safety.services.telling import DECIDED, WARNING
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory
from tests.portal.safety_factories import a_report, at_once, moderator

pytestmark = pytest.mark.django_db


def detail(report):
    return f"/admin/safety/report/{report.pk}/change/"


@pytest.fixture
def things():
    """Declare a kind whose things can be hidden; returns the keys of those that were."""
    hidden: list[int] = []
    kind = ReportableKind(
        id="test-thing",
        label="Una cosa",
        evidence=lambda key: None if key in hidden else Evidence("Cosa", "Texto"),
        may_report=lambda user, key: ALLOWED,
        hide=lambda key, actor: hidden.append(key),
    )
    reportable_kinds.register(kind)
    yield hidden
    reportable_kinds._items.pop(kind.id)


@pytest.fixture
def team(client):
    user = moderator(name="Equipo Moderador")
    client.force_login(user)
    return user


def test_dismissing_leaves_a_row_a_trail_and_a_kind_word_to_the_reporter(team):
    report = a_report()
    report_decide(report=report, actor=team, measures=Measures(), note="No es acoso")
    report.refresh_from_db()
    assert (report.status, report.decided_by) == ("dismissed", team)
    last = report.changes.last()
    assert (last.from_status, last.to_status, last.actor, last.note) == (
        "open",
        "dismissed",
        team,
        "No es acoso",
    )
    assert AuditEvent.objects.filter(
        action="report.decided", target_id=str(report.pk), actor_id=team.pk
    ).exists()
    told = Notification.objects.get(kind=DECIDED)
    assert told.user == report.reporter
    assert "no hizo falta actuar" in told.text
    assert str(report.person) not in told.text
    assert report.person.notifications.count() == 0


def test_one_decision_answers_all_open_reports_of_the_same_thing(team):
    luis = listed()
    reports = [a_report(person=luis), a_report(person=luis), a_report()]
    decided = report_decide(report=reports[0], actor=team, measures=Measures(), note="Listo")
    assert {report.pk for report in decided} == {reports[0].pk, reports[1].pk}
    assert Report.objects.get(status="open") == reports[2]
    assert Notification.objects.filter(kind=DECIDED).count() == 2


def test_warning_tells_the_person_what_is_asked_and_not_who_reported(team):
    ana, luis = listed("Ana Denunciante"), listed()
    report = a_report(person=luis, reporter=ana)
    report_decide(report=report, actor=team, measures=Measures(warning="No insultes."), note="Primera vez")
    told = Notification.objects.get(user=luis)
    assert (told.kind, "No insultes." in told.text) == (WARNING, True)
    assert "Ana" not in told.text
    assert "Primera vez" not in told.text
    assert report.changes.last().measure == "warned"


def test_suspending_closes_the_account_and_names_the_report(team):
    report = a_report()
    report_decide(report=report, actor=team, measures=Measures(suspension="Acoso"), note="Grave")
    suspension = Suspension.objects.get()
    assert (suspension.user, suspension.report, suspension.reason) == (report.person, report, "Acoso")
    assert not User.objects.get(pk=report.person_id).is_active
    report.refresh_from_db()
    assert report.evidence["title"] == report.person.name


def test_hiding_takes_the_thing_away_and_keeps_the_copy(team, things):
    report = report_send(reporter=listed(), kind="test-thing", object_id=7, category="spam")
    report_decide(report=report, actor=team, measures=Measures(hide=True), note="Publicidad")
    report.refresh_from_db()
    assert things == [7]
    assert report.evidence["text"] == "Texto"


def test_what_cannot_be_done_changes_nothing(team):
    report = a_report()
    User.objects.filter(pk=report.person_id).update(is_superuser=True, is_staff=True)
    with pytest.raises(ReportConflict):
        report_decide(report=report, actor=team, measures=Measures(warning="Ojo", suspension="x"), note="n")
    with pytest.raises(ReportConflict, match="no se puede ocultar"):
        report_decide(report=report, actor=team, measures=Measures(hide=True), note="n")
    report.refresh_from_db()
    assert report.status == "open"
    assert not Notification.objects.filter(kind=WARNING).exists()
    assert report.changes.count() == 1


def test_only_moderators_decide_and_never_about_themselves(team):
    report = a_report()
    for person in (UserFactory(staff=True), report.reporter, report.person):
        with pytest.raises(PermissionDenied):
            report_decide(report=report, actor=person, measures=Measures(), note="n")
    Report.objects.filter(pk=report.pk).update(person=team)
    with pytest.raises(PermissionDenied, match="sobre vos"):
        report_decide(report=report, actor=team, measures=Measures(), note="n")


def test_who_blocked_the_team_is_warned_all_the_same(team):
    person = listed()
    block_add(user=person, other=team)
    report_decide(
        report=a_report(person=person), actor=team, measures=Measures(warning="Sin insultos"), note="n"
    )
    assert "Sin insultos" in Notification.objects.get(user=person, kind=WARNING).text


def test_a_moderator_who_is_reported_learns_nothing_of_it(client, team):
    report = a_report(person=team, text="Me gritó", reporter=listed(name="Quien Denuncia"))
    assert not Notification.objects.filter(user=team).exists()
    assert client.get("/admin/safety/report/").context["cl"].result_count == 0
    for answer in (client.get(detail(report)), client.post(detail(report), {"outcome": "dismiss"})):
        assert answer.status_code == 403
        assert "Me gritó" not in answer.content.decode() and "Quien" not in answer.content.decode()


def test_who_reported_a_thing_does_not_decide_about_it_not_even_in_somebody_else_s_report(client, team):
    person = listed()
    others = a_report(person=person)
    a_report(person=person, reporter=team)
    with pytest.raises(PermissionDenied, match="denunciaste vos"):
        report_decide(report=others, actor=team, measures=Measures(), note="n")
    page = client.get(detail(others))
    assert page.context["form"] is None and "denunciaste vos" in page.content.decode()
    client.post(detail(others), {"outcome": "dismiss", "note": "n"})
    assert Report.objects.filter(status="open").count() == 2


@pytest.mark.django_db(transaction=True)
def test_the_second_of_two_moderators_is_told_that_it_is_decided():
    report, one, two = a_report(), moderator(name="Una"), moderator(name="Dos")

    def decide(actor):
        return lambda: report_decide(report=report, actor=actor, measures=Measures(), note="Listo")

    outcomes = at_once(decide(one), decide(two))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["ReportConflict", "list"]
    conflict = next(outcome for outcome in outcomes if isinstance(outcome, ReportConflict))
    assert "ya la resolvió" in str(conflict)
    assert ReportChange.objects.filter(report=report, from_status="open").count() == 1


def test_the_queue_shows_open_ones_first_with_how_many_there_are(client, team):
    luis = listed("Luis Paz")
    decided = a_report(person=listed("Marta Ya Resuelta"))
    report_decide(report=decided, actor=team, measures=Measures(), note="n")
    a_report(person=luis)
    a_report(person=luis)
    page = client.get("/admin/safety/report/").content.decode()
    assert page.index("Luis Paz") < page.index("Marta Ya Resuelta")
    assert '<td class="field-same_thing">2</td>' in page
    assert "icon-no" not in page


def test_the_detail_shows_the_copy_and_what_else_is_known(client, team):
    luis = listed("Luis Paz", about="<script>alert(1)</script>")
    first = a_report(person=luis, category="spam")
    report_decide(report=first, actor=team, measures=Measures(warning="Ojo"), note="Nota anterior")
    report = a_report(person=luis, text="<img src=x onerror=alert(1)>")
    page = client.get(detail(report)).content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "&lt;img src=x" in page
    assert "Publicidad o mensajes repetidos" in page
    assert "Avisos que ya le dimos" in page


def test_deciding_on_the_page_and_what_is_missing_is_said_beside_the_field(client, team):
    report = a_report()
    missing = client.post(detail(report), {"outcome": "act", "suspend": "on", "length": "7"}).content.decode()
    assert "la persona tiene derecho a saberlo" in missing
    assert "por qué lo resolvés así" in missing
    nothing = client.post(detail(report), {"outcome": "act", "note": "n"}).content.decode()
    assert "Elegí al menos una medida" in nothing
    report.refresh_from_db()
    assert report.status == "open"
    answer = client.post(
        detail(report), {"outcome": "act", "suspend": "on", "length": "7", "reason": "Acoso", "note": "Grave"}
    )
    assert answer.headers["Location"] == "/admin/safety/report/"
    assert Suspension.objects.get().until is not None
    again = client.post(detail(report), {"outcome": "dismiss", "note": "Tarde"}, follow=True).content.decode()
    assert "ya la resolvió" in again


def test_staff_without_the_task_do_not_see_reports(client):
    report = a_report()
    client.force_login(UserFactory(staff=True))
    for page in ("/admin/safety/report/", detail(report), "/admin/safety/suspension/"):
        assert client.get(page).status_code == 403
    assert client.post("/admin/safety/suspension/1/levantar/").status_code == 403


def test_a_suspension_is_made_and_lifted_in_the_admin(client, team):
    luis = listed("Luis Paz")
    client.post(
        "/admin/safety/suspension/add/", {"user": luis.pk, "reason": "Spam", "until_0": "", "until_1": ""}
    )
    suspension = Suspension.objects.get()
    assert (suspension.user, suspension.suspended_by) == (luis, team)
    assert (
        "Levantar la suspensión"
        in client.get(f"/admin/safety/suspension/{suspension.pk}/change/").content.decode()
    )
    client.post(f"/admin/safety/suspension/{suspension.pk}/levantar/")
    suspension.refresh_from_db()
    assert suspension.lifted_by == team
    again = client.post(
        "/admin/safety/suspension/add/", {"user": team.pk, "reason": "x", "until_0": "", "until_1": ""}
    )
    assert "No podés suspender tu propia cuenta" in again.content.decode()


def test_the_account_page_does_not_open_a_suspended_account(client):
    boss = UserFactory(superuser=True)
    luis = listed()
    suspension_start(user=luis, reason="x", until=None, actor=boss)
    client.force_login(boss)
    page = client.get(f"/admin/accounts/user/{luis.pk}/change/").content.decode()
    assert 'name="is_active"' not in page


def test_the_queue_costs_the_same_with_one_and_with_ten(client, team, django_assert_max_num_queries):
    for _number in range(10):
        a_report()
    client.get("/admin/safety/report/")
    with django_assert_max_num_queries(12):
        client.get("/admin/safety/report/")
