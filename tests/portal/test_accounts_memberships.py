"""A membership's life: asked for, decided, ended."""

import threading

import pytest
from allauth.account.models import EmailAddress
from allauth.account.signals import email_confirmed
from django.db import IntegrityError, close_old_connections, connection, transaction
from django.test.utils import CaptureQueriesContext

from portal.accounts.affiliation import is_coordinator_of, works_in
from portal.accounts.models import Membership, User
from portal.accounts.services import (
    MembershipConflict,
    membership_approve,
    membership_decline,
    membership_end,
    membership_make_coordinator,
    membership_request,
    membership_update,
)
from portal.core.events import membership_decided, membership_ended, membership_requested
from tests.portal.accounts_factories import MembershipFactory, MunicipalityDomainFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
Status = Membership.Status


@pytest.fixture
def heard():
    """What the events said, as (name, payload)."""
    events = {
        "requested": membership_requested,
        "decided": membership_decided,
        "ended": membership_ended,
    }
    told = []
    receivers = []
    for name, event in events.items():

        def receive(sender, signal, name=name, **payload):
            told.append((name, payload))

        receivers.append(receive)
        event.connect(receive, dispatch_uid=f"test-{name}")
    yield told
    for name, event in events.items():
        event.disconnect(dispatch_uid=f"test-{name}")


def steps(membership):
    return list(membership.changes.values_list("from_status", "to_status"))


def test_a_request_waits_with_its_first_step_recorded(django_capture_on_commit_callbacks, heard):
    user, municipality, area = UserFactory(), MunicipalityFactory(), PolicyAreaFactory()
    with django_capture_on_commit_callbacks(execute=True):
        membership = membership_request(
            user=user, municipality=municipality, position="  Intendenta ", areas=[area]
        )
    assert (membership.status, membership.position, membership.started_on) == (
        "requested",
        "Intendenta",
        None,
    )
    assert list(membership.areas.all()) == [area]
    assert steps(membership) == [("", "requested")]
    assert heard == [("requested", {"membership_id": membership.pk})]
    assert not works_in(user, municipality)


def test_asking_twice_finds_the_first_request():
    user, municipality = UserFactory(), MunicipalityFactory()
    first = membership_request(user=user, municipality=municipality, position="Intendenta")
    second = membership_request(user=user, municipality=municipality, position="Otra cosa")
    assert second == first
    assert Membership.objects.count() == 1


def test_one_who_left_may_ask_again_and_both_stay():
    old = MembershipFactory(left=True)
    new = membership_request(user=old.user, municipality=old.municipality, position="Asesora")
    assert new != old
    assert old.user.memberships.count() == 2


def test_approval_makes_her_work_there_from_today(django_capture_on_commit_callbacks, heard):
    membership, staff = MembershipFactory(requested=True), UserFactory(staff=True)
    assert not works_in(membership.user, membership.municipality)
    with django_capture_on_commit_callbacks(execute=True):
        approved = membership_approve(membership=membership, actor=staff)
    assert approved.is_active
    assert approved.started_on is not None
    assert works_in(membership.user, membership.municipality)
    assert steps(approved) == [("requested", "active")]
    payload = {"membership_id": membership.pk, "status": "active", "actor_id": staff.pk}
    assert heard == [("decided", payload)]


def test_approving_twice_records_it_once(django_capture_on_commit_callbacks, heard):
    membership, staff = MembershipFactory(requested=True), UserFactory(staff=True)
    with django_capture_on_commit_callbacks(execute=True):
        membership_approve(membership=membership, actor=staff)
        membership_approve(membership=membership, actor=staff)
    assert len(steps(membership)) == 1
    assert len(heard) == 1


def test_declining_keeps_the_reason(django_capture_on_commit_callbacks, heard):
    membership, staff = MembershipFactory(requested=True), UserFactory(staff=True)
    with django_capture_on_commit_callbacks(execute=True):
        declined = membership_decline(membership=membership, actor=staff, reason=" No trabaja acá. ")
    assert declined.status == Status.DECLINED
    assert declined.changes.get().reason == "No trabaja acá."
    payload = {"membership_id": membership.pk, "status": "declined", "actor_id": staff.pk}
    assert heard == [("decided", payload)]


def test_what_one_coordinator_declined_another_cannot_approve_any_more():
    membership, staff = MembershipFactory(requested=True), UserFactory(staff=True)
    membership_decline(membership=membership, actor=staff, reason="No")
    with pytest.raises(MembershipConflict, match="ya no está pendiente"):
        membership_approve(membership=membership, actor=staff)
    membership.refresh_from_db()
    assert membership.status == Status.DECLINED


def test_what_was_approved_cannot_be_declined_any_more():
    membership, staff = MembershipFactory(requested=True), UserFactory(staff=True)
    membership_approve(membership=membership, actor=staff)
    with pytest.raises(MembershipConflict):
        membership_decline(membership=membership, actor=staff, reason="No")


def test_leaving_ends_an_active_membership_and_withdrawing_a_request(
    django_capture_on_commit_callbacks, heard
):
    active, requested = MembershipFactory(), MembershipFactory(requested=True)
    assert works_in(active.user, active.municipality)
    with django_capture_on_commit_callbacks(execute=True):
        left = membership_end(membership=active, actor=active.user, reason="Cambié de trabajo")
        withdrawn = membership_end(membership=requested, actor=requested.user)
    assert (left.status, withdrawn.status) == (Status.LEFT, Status.WITHDRAWN)
    assert left.ended_on is not None
    assert not works_in(active.user, active.municipality)
    assert heard == [("ended", {"membership_id": active.pk, "actor_id": active.user_id})]


def test_ending_twice_records_it_once():
    membership = MembershipFactory()
    membership_end(membership=membership, actor=membership.user)
    membership_end(membership=membership, actor=membership.user)
    assert steps(membership) == [("active", "left")]


def test_a_member_is_made_coordinator_once_and_it_is_recorded():
    membership, staff = MembershipFactory(), UserFactory(staff=True)
    membership_make_coordinator(membership=membership, actor=staff)
    membership_make_coordinator(membership=membership, actor=staff)
    assert is_coordinator_of(membership.user, membership.municipality)
    assert list(membership.changes.values_list("to_role", "actor_id")) == [("coordinator", staff.pk)]


def test_one_who_left_cannot_be_made_coordinator():
    membership = MembershipFactory(left=True)
    with pytest.raises(MembershipConflict):
        membership_make_coordinator(membership=membership, actor=UserFactory(staff=True))


def test_position_and_areas_can_change():
    membership, area = MembershipFactory(areas=[PolicyAreaFactory()]), PolicyAreaFactory()
    membership_update(membership=membership, position="Secretaria de Obras", areas=[area])
    membership.refresh_from_db()
    assert membership.position == "Secretaria de Obras"
    assert list(membership.areas.all()) == [area]


def test_what_she_does_changes_under_a_lock_and_not_once_the_membership_has_ended():
    membership = MembershipFactory(position="Asesora", areas=[PolicyAreaFactory()])
    with CaptureQueriesContext(connection) as captured:
        membership_update(membership=membership, position="Directora", areas=[])
    assert "FOR UPDATE" in captured.captured_queries[0]["sql"] + captured.captured_queries[1]["sql"]
    seen_before = Membership.objects.get(pk=membership.pk)
    membership_end(membership=membership, actor=membership.user)
    with pytest.raises(MembershipConflict, match="ya terminó"):
        membership_update(membership=seen_before, position="Secretaria", areas=[PolicyAreaFactory()])
    membership.refresh_from_db()
    assert (membership.position, membership.status) == ("Directora", Status.LEFT)
    assert not membership.areas.exists()


def test_a_confirmed_address_at_a_trusted_domain_is_enough(django_capture_on_commit_callbacks, heard):
    trusted = MunicipalityDomainFactory(domain="villa.gob.ar")
    user = UserFactory(email="ana@villa.gob.ar")
    with django_capture_on_commit_callbacks(execute=True):
        membership = membership_request(user=user, municipality=trusted.municipality, position="Asesora")
    assert membership.is_active
    change = membership.changes.last()
    assert (change.is_automatic, change.actor) == (True, None)
    assert [name for name, _payload in heard] == ["requested", "decided"]


@pytest.mark.parametrize(
    ("email", "is_confirmed", "approves"),
    [
        ("ana@villa.gob.ar", False, True),
        ("ana@villa.gob.ar", True, False),
        ("ana@otra.gob.ar", True, True),
        ("ana@sub.villa.gob.ar", True, True),
        ("ana@evilvilla.gob.ar", True, True),
    ],
)
def test_nothing_less_than_that_is_enough(email, is_confirmed, approves):
    domain = MunicipalityDomainFactory(domain="villa.gob.ar", approves_members=approves)
    user = UserFactory(email=email, has_confirmed_email=is_confirmed)
    membership = membership_request(user=user, municipality=domain.municipality, position="Asesora")
    assert membership.is_requested


def test_another_municipality_s_domain_does_not_count():
    MunicipalityDomainFactory(domain="villa.gob.ar")
    user = UserFactory(email="ana@villa.gob.ar")
    membership = membership_request(user=user, municipality=MunicipalityFactory(), position="Asesora")
    assert membership.is_requested


def test_confirming_the_address_later_approves_the_waiting_request():
    domain = MunicipalityDomainFactory(domain="villa.gob.ar")
    user = UserFactory()
    here = membership_request(user=user, municipality=domain.municipality, position="Asesora")
    elsewhere = membership_request(user=user, municipality=MunicipalityFactory(), position="Asesora")
    address = EmailAddress.objects.create(user=user, email="ana@villa.gob.ar", verified=True)
    from_allauth(address)
    here.refresh_from_db()
    elsewhere.refresh_from_db()
    assert here.is_active
    assert elsewhere.is_requested


def from_allauth(address):
    """Say what allauth says when an address has been confirmed."""
    email_confirmed.send(sender=EmailAddress, request=None, email_address=address)


def test_the_database_refuses_two_open_memberships_in_one_place():
    membership = MembershipFactory()
    with pytest.raises(IntegrityError, match="accounts_one_open_membership"), transaction.atomic():
        MembershipFactory(user=membership.user, municipality=membership.municipality, requested=True)


def test_the_database_refuses_an_active_membership_without_a_beginning():
    with pytest.raises(IntegrityError, match="accounts_active_membership_has_started"), transaction.atomic():
        MembershipFactory(started_on=None)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_the_same_moment_make_one_request():
    user, municipality = UserFactory(), MunicipalityFactory()
    made, failures = [], []
    start = threading.Barrier(4)

    def click():
        try:
            start.wait(timeout=10)
            mine = User.objects.get(pk=user.pk)
            made.append(membership_request(user=mine, municipality=municipality, position="Asesora").pk)
        except Exception as failure:
            failures.append(failure)
        finally:
            close_old_connections()
            connection.close()

    clicks = [threading.Thread(target=click) for _ in range(4)]
    for thread in clicks:
        thread.start()
    for thread in clicks:
        thread.join(timeout=30)
    assert failures == []
    assert len(made) == 4
    assert len(set(made)) == 1
    assert Membership.objects.get().changes.count() == 1
