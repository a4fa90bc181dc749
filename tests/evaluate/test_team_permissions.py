"""Who leads an evaluation: assigns, signs, reopens, publishes; and the permission agrees with its list."""

import pytest
from django.contrib.auth.models import AnonymousUser

from evaluate.models import Evaluation
from evaluate.permissions import (
    can_assign_sections,
    can_lead_evaluation,
    can_publish_result,
    can_reopen_evaluation,
    can_submit_evaluation,
    can_withdraw_result,
)
from evaluate.services.publishing import result_publish
from evaluate.services.team import leaders
from tests.evaluate.factories import personal_evaluation
from tests.evaluate.team import Team, anew, team
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
ROLES = (
    "visitor",
    "coordinator",
    "member",
    "elsewhere",
    "coordinator elsewhere",
    "left",
    "led before",
    "staff",
)


@pytest.fixture
def ours() -> Team:
    return team()


@pytest.fixture
def people(ours):
    town = ours.town
    return {
        "visitor": AnonymousUser(),
        "coordinator": ours.coordinator,
        "member": ours.ana,
        "elsewhere": MembershipFactory().user,
        "coordinator elsewhere": MembershipFactory(coordinator=True).user,
        "left": MembershipFactory(municipality=town, left=True).user,
        "led before": MembershipFactory(municipality=town, left=True, coordinator=True).user,
        "staff": UserFactory(staff=True),
    }


def led(user, evaluation: Evaluation) -> bool:
    return Evaluation.objects.led_by(user).filter(pk=evaluation.pk).exists()


@pytest.mark.parametrize("role", ROLES)
def test_only_the_towns_coordinators_lead_while_it_is_open(role, people, ours):
    user, evaluation = people[role], ours.evaluation
    may = role == "coordinator"
    assert bool(can_lead_evaluation(user, evaluation)) is may is led(user, evaluation)
    assert bool(can_assign_sections(user, evaluation)) is may
    assert bool(can_submit_evaluation(user, evaluation)) is may
    assert not can_reopen_evaluation(user, evaluation)
    assert not can_publish_result(user, evaluation)
    assert not can_withdraw_result(user, evaluation)


@pytest.mark.parametrize("role", ROLES)
def test_only_the_towns_coordinators_lead_once_it_is_signed(role, people, ours):
    user, evaluation = people[role], ours.sign()
    may = role == "coordinator"
    assert bool(can_reopen_evaluation(user, evaluation)) is may
    publishable = Evaluation.objects.led_by(user).publishable().filter(pk=evaluation.pk).exists()
    assert bool(can_publish_result(user, evaluation)) is may is publishable
    assert not can_assign_sections(user, evaluation)
    assert not can_submit_evaluation(user, evaluation)
    assert not can_withdraw_result(user, evaluation)
    result_publish(evaluation=evaluation, user=ours.coordinator)
    assert bool(can_withdraw_result(user, evaluation)) is may
    assert not can_publish_result(user, evaluation)


@pytest.mark.parametrize("role", ROLES)
def test_where_nobody_coordinates_whoever_works_there_leads(role, people, ours):
    ours.town.memberships.filter(role="coordinator").update(role="member")
    user = people[role]
    user = user if role == "visitor" else anew(user)
    may = role in {"coordinator", "member"}
    assert bool(can_lead_evaluation(user, ours.evaluation)) is may is led(user, ours.evaluation)
    assert bool(can_submit_evaluation(user, ours.evaluation)) is may


@pytest.mark.parametrize("role", ["visitor", "owner", "staff", "colleague"])
def test_a_self_check_has_no_team_and_only_its_owner_finishes_it(role, ours, people):
    check = personal_evaluation(ours.evaluation.version, user=ours.ana)
    user = {"owner": ours.ana, "colleague": ours.coordinator}.get(role) or people[role]
    assert bool(can_submit_evaluation(user, check)) is (role == "owner")
    assert not can_lead_evaluation(user, check)
    assert not led(user, check)
    for question in (can_assign_sections, can_reopen_evaluation, can_publish_result, can_withdraw_result):
        decision = question(user, check)
        assert not decision
        assert str(decision.reason)


def test_a_coordinator_who_left_leads_no_more(ours):
    ours.coordinator.memberships.update(status="left")
    assert not can_lead_evaluation(anew(ours.coordinator), ours.evaluation)
    assert not led(anew(ours.coordinator), ours.evaluation)
    assert can_lead_evaluation(anew(ours.ana), ours.evaluation)


def test_a_coordinator_who_can_no_longer_sign_in_leaves_nobody_stuck(ours):
    ours.coordinator.is_active = False
    ours.coordinator.save()
    assert can_lead_evaluation(anew(ours.ana), ours.evaluation)
    assert led(anew(ours.ana), ours.evaluation)
    assert ours.ana in leaders(ours.evaluation)
