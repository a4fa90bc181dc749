"""Writing to the trail, and the wall around it."""

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from portal.audit.context import Acting, acting
from portal.audit.models import AuditEvent
from portal.audit.services import Target, audit_pseudonym, audit_record
from tests.portal.notices_factories import a_person


@pytest.fixture
def event(db):
    return audit_record(action="thing.done", target=Target("app.thing", "7"), after={"status": "done"})


def test_a_record_says_who_what_on_what_and_from_where(db):
    person = a_person()
    token = acting.set(Acting(person.pk, "192.0.2.7"))
    try:
        audit_record(action="account.renamed", target=person, before={"fields": ["name"]}, after={"n": 1})
    finally:
        acting.reset(token)
    event = AuditEvent.objects.get(action="account.renamed")
    assert (event.actor_id, event.address) == (person.pk, "192.0.2.7")
    assert (event.target_type, event.target_id) == ("accounts.user", str(person.pk))
    assert (event.before, event.after) == ({"fields": ["name"]}, {"n": 1})


def test_an_actor_that_is_given_counts_more_than_the_request(db):
    token = acting.set(Acting(1, "192.0.2.7"))
    try:
        event = audit_record(action="a.b", target=Target("t", "1"), actor_id=2, address="2001:db8::1")
    finally:
        acting.reset(token)
    assert (event.actor_id, event.address) == (2, "2001:db8::1")


def test_outside_a_request_nobody_acts(event):
    assert (event.actor_id, event.address) == (None, None)


def test_what_cannot_be_recorded_does_not_happen(db):
    person = a_person(name="Antes")
    with pytest.raises(Exception, match="too long"), transaction.atomic():
        person.name = "Después"
        person.save()
        audit_record(action="x" * 61, target=person)
    person.refresh_from_db()
    assert person.name == "Antes"


def test_the_database_refuses_to_change_an_event(event):
    with pytest.raises(IntegrityError, match="append-only: UPDATE"), transaction.atomic():
        AuditEvent.objects.filter(pk=event.pk).update(action="other")
    with pytest.raises(IntegrityError, match="append-only: UPDATE"), transaction.atomic():
        event.save()
    assert AuditEvent.objects.get(pk=event.pk).action == "thing.done"


def test_the_database_refuses_to_delete_an_event(event):
    with pytest.raises(IntegrityError, match="append-only: DELETE"), transaction.atomic():
        event.delete()
    with pytest.raises(IntegrityError, match="append-only: DELETE"), transaction.atomic():
        AuditEvent.objects.all().delete()
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_the_database_refuses_to_empty_the_table(event):
    with (
        pytest.raises(IntegrityError, match="append-only: TRUNCATE"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_auditevent")
    assert AuditEvent.objects.filter(pk=event.pk).exists()


def test_a_real_installation_refuses_to_be_flushed(event, settings):
    settings.SAMPLES_ALLOWED = False
    with pytest.raises(CommandError, match="audit trail"):
        call_command("flush", interactive=False)
    assert AuditEvent.objects.filter(pk=event.pk).exists()


@pytest.mark.django_db(transaction=True)
def test_the_tests_own_flush_empties_the_trail_and_closes_it_again():
    audit_record(action="thing.done", target=Target("app.thing", "7"))
    call_command("flush", interactive=False, verbosity=0)
    assert not AuditEvent.objects.exists()
    audit_record(action="thing.done", target=Target("app.thing", "8"))
    with pytest.raises(IntegrityError, match="TRUNCATE"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE audit_auditevent")


def test_a_pseudonym_is_stable_and_does_not_show_the_address(settings):
    first = audit_pseudonym("Ana@Example.org ")
    assert first == audit_pseudonym("ana@example.org")
    assert first != audit_pseudonym("eva@example.org")
    assert "ana" not in first and len(first) == 32
    settings.SECRET_KEY = "another key"
    assert audit_pseudonym("ana@example.org") != first
