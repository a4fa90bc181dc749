"""The trail in the admin."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import AuditEvent
from portal.audit.services import Target, audit_record
from tests.portal.notices_factories import a_person

LIST = "admin:audit_auditevent_changelist"


@pytest.fixture
def auditor(client, db):
    person = a_person(is_staff=True, email="staff@example.org")
    person.user_permissions.add(Permission.objects.get(codename="view_auditevent"))
    client.force_login(person)
    return person


def shown(client, **query) -> set[str]:
    page = client.get(reverse(LIST), query)
    assert page.status_code == 200
    return {event.action for event in page.context["cl"].result_list}


def test_staff_with_the_permission_reads_and_never_writes(client, auditor):
    event = audit_record(action="thing.done", target=Target("app.thing", "7"))
    page = client.get(reverse("admin:audit_auditevent_change", args=[event.pk]))
    assert page.status_code == 200
    assert b'name="_save"' not in page.content
    assert client.get(reverse("admin:audit_auditevent_add")).status_code == 403
    assert client.post(reverse("admin:audit_auditevent_delete", args=[event.pk])).status_code == 403
    assert client.post(reverse("admin:audit_auditevent_change", args=[event.pk]), {}).status_code == 403


def test_not_even_a_superuser_deletes(client, db):
    client.force_login(a_person(is_staff=True, is_superuser=True))
    event = audit_record(action="thing.done", target=Target("app.thing", "7"))
    assert client.post(reverse("admin:audit_auditevent_delete", args=[event.pk])).status_code == 403
    page = client.get(reverse(LIST))
    assert "delete_selected" not in page.content.decode()


def test_staff_without_the_permission_and_everybody_else_see_nothing(client, db):
    assert client.get(reverse(LIST)).status_code == 302
    client.force_login(a_person())
    assert client.get(reverse(LIST)).status_code == 302
    client.force_login(a_person(is_staff=True))
    assert client.get(reverse(LIST)).status_code == 403


def test_events_are_found_by_actor_and_by_target(client, auditor):
    ana = a_person(email="ana@example.org")
    audit_record(action="by.ana", target=Target("app.thing", "7"), actor_id=ana.pk)
    audit_record(action="by.nobody", target=Target("app.other", "7"))
    assert shown(client, q="Ana@Example.org") == {"by.ana"}
    assert "by.ana" in shown(client, q=str(ana.pk))
    assert shown(client, q="7") >= {"by.ana", "by.nobody"}
    assert shown(client, q="App.Other 7") == {"by.nobody"}
    assert shown(client, q="three words here") == set()
    assert shown(client, q="9" * 40) == set()


def test_events_are_narrowed_by_period(client, auditor):
    audit_record(action="now", target=Target("app.thing", "7"))
    AuditEvent._meta.get_field("at").auto_now_add = False
    try:
        AuditEvent.objects.create(at=timezone.now() - timedelta(days=10), action="then", target_type="t")
    finally:
        AuditEvent._meta.get_field("at").auto_now_add = True
    assert "then" not in shown(client, periodo="7")
    assert {"now", "then"} <= shown(client, periodo="30")


def test_the_list_costs_the_same_for_one_event_and_for_forty(client, auditor):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(reverse(LIST))
        return len(captured)

    audit_record(action="a.b", target=auditor, actor_id=auditor.pk)
    few = queries()
    for _number in range(40):
        audit_record(action="a.b", target=auditor, actor_id=auditor.pk)
    assert queries() == few <= 10


def test_an_erased_actor_is_shown_as_a_number(client, auditor):
    audit_record(action="by.gone", target=Target("app.thing", "7"), actor_id=987654)
    assert "#987654" in client.get(reverse(LIST)).content.decode()
