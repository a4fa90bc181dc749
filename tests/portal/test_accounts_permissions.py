"""Who may do what about memberships, role by role."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from portal.accounts import affiliation, permissions
from portal.accounts.models import Membership, User
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


class Town:
    """A municipality with everyone who could have to do with it, and the memberships that they look at."""

    def __init__(self):
        self.municipality = MunicipalityFactory(name="Villa Propia")
        other = MunicipalityFactory(name="Villa Ajena")
        here = {"municipality": self.municipality}
        self.member = MembershipFactory(**here)
        self.waiting = MembershipFactory(requested=True, **here)
        self.left = MembershipFactory(left=True, **here)
        self.coordinator = MembershipFactory(coordinator=True, **here)
        self.second_coordinator = MembershipFactory(coordinator=True, **here)
        self.memberships = {
            "waiting": self.waiting,
            "member": self.member,
            "coordinator": self.second_coordinator,
            "left": self.left,
        }
        self.people = {
            "visitor": AnonymousUser(),
            "nobody yet": UserFactory(),
            "the one who waits": self.waiting.user,
            "the member": self.member.user,
            "a colleague": MembershipFactory(**here).user,
            "a colleague from another municipality": MembershipFactory(municipality=other).user,
            "a member who left": self.left.user,
            "a coordinator who left": MembershipFactory(left=True, coordinator=True, **here).user,
            "coordinator": self.coordinator.user,
            "coordinator of another municipality": MembershipFactory(
                coordinator=True, municipality=other
            ).user,
            "staff": UserFactory(staff=True),
        }


@pytest.fixture
def town():
    return Town()


def allowed(town, rule):
    """Return, for each membership, who may."""
    return {
        name: {who for who, user in town.people.items() if rule(user, membership)}
        for name, membership in town.memberships.items()
    }


MANAGERS = {"coordinator", "staff"}


def test_a_membership_is_seen_by_its_person_coordinators_and_staff(town):
    assert allowed(town, permissions.can_see_membership) == {
        "waiting": MANAGERS | {"the one who waits"},
        "member": MANAGERS | {"the member"},
        "coordinator": MANAGERS,
        "left": MANAGERS | {"a member who left"},
    }


def test_what_lists_show_is_exactly_what_the_permission_allows(town):
    for who, user in town.people.items():
        listed = set(Membership.objects.visible_to(user))
        permitted = {row for row in Membership.objects.all() if permissions.can_see_membership(user, row)}
        assert listed == permitted, who


def test_what_is_managed_is_exactly_what_the_permission_allows(town):
    for who, user in town.people.items():
        listed = set(Membership.objects.managed_by(user))
        permitted = {
            row for row in Membership.objects.all() if permissions.can_manage_members(user, row.municipality)
        }
        assert listed == permitted, who


def test_only_waiting_requests_are_decided_and_only_by_managers(town):
    assert allowed(town, permissions.can_decide_membership) == {
        "waiting": MANAGERS,
        "member": set(),
        "coordinator": set(),
        "left": set(),
    }


def test_coordinators_end_members_but_not_each_other(town):
    assert allowed(town, permissions.can_end_membership) == {
        "waiting": {"the one who waits"},
        "member": MANAGERS | {"the member"},
        "coordinator": {"staff"},
        "left": set(),
    }
    assert permissions.can_end_membership(town.coordinator.user, town.coordinator)


def test_only_active_members_are_made_coordinators(town):
    assert allowed(town, permissions.can_make_coordinator) == {
        "waiting": set(),
        "member": MANAGERS,
        "coordinator": set(),
        "left": set(),
    }


def test_only_coordinators_and_staff_see_the_page_of_requests(town):
    may = {who for who, user in town.people.items() if permissions.can_see_membership_requests(user)}
    assert may == MANAGERS | {"coordinator of another municipality"}


def test_who_has_no_open_membership_there_may_ask_for_one(town):
    may = {
        who
        for who, user in town.people.items()
        if permissions.can_request_membership(user, town.municipality)
    }
    assert may == {
        "nobody yet",
        "a colleague from another municipality",
        "a member who left",
        "a coordinator who left",
        "coordinator of another municipality",
        "staff",
    }
    assert not permissions.can_request_membership(AnonymousUser())
    assert permissions.can_request_membership(town.member.user)


def test_every_refusal_says_why_in_a_whole_sentence(town):
    rules = [
        permissions.can_see_membership,
        permissions.can_decide_membership,
        permissions.can_end_membership,
        permissions.can_make_coordinator,
    ]
    for rule in rules:
        for user in town.people.values():
            for membership in town.memberships.values():
                decision = rule(user, membership)
                assert decision or str(decision.reason).endswith("."), rule
    with pytest.raises(PermissionDenied, match="ya no está pendiente"):
        permissions.can_decide_membership(town.people["staff"], town.member).require()


def test_an_account_is_erased_by_its_person_or_by_who_runs_the_installation():
    person, staff, superuser = UserFactory(), UserFactory(staff=True), UserFactory(superuser=True)
    assert permissions.can_erase_account(person, person)
    assert permissions.can_erase_account(superuser, person)
    assert not permissions.can_erase_account(staff, person)
    assert not permissions.can_erase_account(UserFactory(), person)
    assert not permissions.can_erase_account(AnonymousUser(), person)


def test_the_last_account_that_runs_the_installation_stays():
    only = UserFactory(superuser=True)
    refusal = permissions.can_erase_account(only, only)
    assert "única cuenta" in str(refusal.reason)
    UserFactory(superuser=True)
    assert permissions.can_erase_account(only, only)


def test_where_a_person_works_now(town):
    member, here = town.member.user, town.municipality
    assert affiliation.works_in(member, here)
    assert affiliation.works_in(member, here.pk)
    assert not affiliation.works_in(member, None)
    assert not affiliation.works_in(town.left.user, here)
    assert not affiliation.works_in(town.waiting.user, here)
    assert list(affiliation.active_municipalities(member)) == [here]
    assert affiliation.is_coordinator_of(town.coordinator.user, here)
    assert not affiliation.is_coordinator_of(member, here)
    assert affiliation.is_network_member(member)
    assert not affiliation.is_network_member(town.left.user)
    assert not affiliation.is_coordinator(town.people["a coordinator who left"])


def test_a_visitor_costs_no_query(town, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor = AnonymousUser()
        assert not affiliation.works_in(visitor, town.municipality)
        assert not affiliation.is_coordinator_of(visitor, town.municipality)
        assert list(affiliation.active_municipalities(visitor)) == []
        assert list(Membership.objects.visible_to(visitor)) == []


def test_a_request_asks_where_its_person_works_only_once(town, django_assert_num_queries):
    user = User.objects.get(pk=town.member.user_id)
    with django_assert_num_queries(1):
        for _ in range(3):
            affiliation.works_in(user, town.municipality)
            affiliation.is_coordinator_of(user, town.municipality)
