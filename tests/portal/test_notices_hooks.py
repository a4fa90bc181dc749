"""What people are told about requests to belong to a municipality."""

import pytest

from portal.accounts.models import Membership
from portal.accounts.personal_data import erasures
from portal.core.events import announce, membership_decided, membership_requested
from portal.notices.models import Notification
from tests.portal.notices_factories import MemberFactory, a_person

ACTIVE, REQUESTED = Membership.Status.ACTIVE, Membership.Status.REQUESTED
COORDINATOR = Membership.Role.COORDINATOR


@pytest.fixture
def tell(db, django_capture_on_commit_callbacks):
    """Announce an event as if its transaction had committed."""

    def send(event, **payload) -> list[Notification]:
        with django_capture_on_commit_callbacks(execute=True):
            announce(event, **payload)
        return list(Notification.objects.order_by("id"))

    return send


def test_the_municipality_s_coordinators_are_told_of_a_request(tell):
    request = MemberFactory(status=REQUESTED)
    coordinator = MemberFactory(municipality=request.municipality, role=COORDINATOR)
    MemberFactory(municipality=request.municipality)
    MemberFactory(role=COORDINATOR)
    MemberFactory(municipality=request.municipality, role=COORDINATOR, status=Membership.Status.LEFT)
    a_person(is_staff=True)
    [notice] = tell(membership_requested, membership_id=request.pk)
    assert notice.user == coordinator.user
    assert str(request.user) in notice.text and str(request.municipality) in notice.text
    assert notice.email_status == Notification.EmailStatus.PENDING


def test_without_a_coordinator_staff_are_told(tell):
    request = MemberFactory(status=REQUESTED)
    staff = a_person(is_staff=True)
    a_person(is_staff=True, is_active=False)
    [notice] = tell(membership_requested, membership_id=request.pk)
    assert notice.user == staff


def test_a_request_that_was_decided_at_once_disturbs_nobody(tell):
    a_person(is_staff=True)
    assert tell(membership_requested, membership_id=MemberFactory(status=ACTIVE).pk) == []
    assert tell(membership_requested, membership_id=123_456) == []


@pytest.mark.parametrize(
    ("status", "said"), [("active", "Ya formás parte de"), ("declined", "no fue aprobado")]
)
def test_the_person_is_told_what_was_decided(tell, status, said):
    membership = MemberFactory(status=status)
    [notice] = tell(membership_decided, membership_id=membership.pk, status=status, actor_id=1)
    assert notice.user == membership.user
    assert said in notice.text and str(membership.municipality) in notice.text


def test_the_notices_lead_to_pages_of_the_portal(tell, client):
    request = MemberFactory(status=REQUESTED)
    staff = a_person(is_staff=True)
    [notice] = tell(membership_requested, membership_id=request.pk)
    client.force_login(staff)
    assert client.get(notice.get_absolute_url(), follow=True).status_code == 200


def test_when_a_person_is_erased_nobody_keeps_a_notice_with_her_name(tell):
    request, other = MemberFactory(status=REQUESTED), MemberFactory(status=REQUESTED)
    a_person(is_staff=True)
    tell(membership_requested, membership_id=request.pk)
    tell(membership_requested, membership_id=other.pk)
    erasures.get("notices").erase(request.user)
    assert [str(other.user) in notice.text for notice in Notification.objects.all()] == [True]
