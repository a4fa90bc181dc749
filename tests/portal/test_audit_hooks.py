"""What reaches the trail by itself."""

import pytest
from allauth.account.models import EmailAddress
from django.urls import reverse

from portal.accounts.personal_data import subject_accesses
from portal.audit.models import AuditEvent
from portal.audit.services import audit_pseudonym
from portal.core import events
from tests.portal.notices_factories import PASSWORD, a_person


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("id").values_list("action", flat=True))


@pytest.fixture
def person(db):
    person = a_person(email="ana@example.org")
    EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
    return person


@pytest.mark.parametrize(
    ("event", "payload", "recorded"),
    [
        (events.membership_requested, {"membership_id": 5}, ("membership.requested", "5", None)),
        (
            events.membership_decided,
            {"membership_id": 5, "status": "declined", "actor_id": 3},
            ("membership.decided", "5", 3),
        ),
        (events.membership_ended, {"membership_id": 5, "actor_id": 3}, ("membership.ended", "5", 3)),
        (events.account_erased, {"user_id": 9, "actor_id": 3}, ("account.erased", "9", 3)),
        (events.solution_published, {"solution_id": 4}, ("solution.published", "4", None)),
        (events.evaluation_submitted, {"evaluation_id": 8, "actor_id": 3}, ("evaluation.submitted", "8", 3)),
    ],
)
def test_an_event_of_the_portal_is_recorded(db, django_capture_on_commit_callbacks, event, payload, recorded):
    with django_capture_on_commit_callbacks(execute=True):
        events.announce(event, **payload)
    found = AuditEvent.objects.filter(action=recorded[0]).get()
    assert (found.action, found.target_id, found.actor_id) == recorded


def test_a_decision_that_nobody_took_says_so(db, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        events.announce(events.membership_decided, membership_id=5, status="active", actor_id=None)
    assert AuditEvent.objects.get().after == {"status": "active", "automatic": True}


def test_signing_in_and_out_is_recorded_with_the_address(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    client.post(reverse("account_logout"))
    assert actions() == ["account.signed-in", "account.signed-out"]
    event = AuditEvent.objects.first()
    assert (event.actor_id, event.target_id, event.address) == (person.pk, str(person.pk), "127.0.0.1")


def test_a_failed_sign_in_keeps_neither_address_nor_password(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": "equivocada-123"})
    event = AuditEvent.objects.get()
    assert event.action == "account.sign-in-failed"
    assert event.target_id == audit_pseudonym("ana@example.org")
    assert event.address == "127.0.0.1"
    kept = " ".join(str(value) for value in vars(event).values())
    assert "ana@" not in kept and "equivocada" not in kept


def test_a_new_password_is_recorded_without_the_password(client, person):
    client.force_login(person)
    new = "otra-clave-larga-2"
    answer = client.post(
        reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new}
    )
    assert answer.status_code == 302
    event = AuditEvent.objects.get(action="account.password-changed")
    assert event.actor_id == person.pk
    assert (event.before, event.after) == ({}, {})


def test_a_person_gets_a_copy_of_what_the_trail_says_of_her(client, person):
    client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD})
    copy = subject_accesses.get("audit").export(person)
    assert [(row["action"], row["from"]) for row in copy] == [("account.signed-in", "127.0.0.1")]
    assert list(subject_accesses.get("audit").export(a_person())) == []
