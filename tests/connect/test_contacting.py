"""May she be written to?"""

from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from connect.messaging.contacting import (
    NEEDS_TOWN,
    NOT_HERSELF,
    NOT_NOW,
    SIGN_IN_FIRST,
    can_contact,
    contact_decisions,
)
from connect.models import Profile
from portal.accounts.models import Membership, User
from portal.accounts.services import account_erase
from portal.safety.blocks import forget_blocks
from portal.safety.models import Block, Suspension
from tests.connect.factories import connect_two, listed
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db
PAUSED = Profile.Availability.PAUSED


def fresh(user: User) -> User:
    """Return a person as the next request loads her."""
    return User.objects.get(pk=user.pk)


def test_who_works_in_a_municipality_may_write_to_whoever_is_in_the_directory() -> None:
    assert can_contact(listed(), listed().pk)


def test_the_networks_team_may_write_too() -> None:
    assert can_contact(UserFactory(staff=True), listed().pk)


def test_a_visitor_signs_in_first_whoever_it_is() -> None:
    decisions = contact_decisions(AnonymousUser(), [listed().pk, 0])
    assert {str(decision.reason) for decision in decisions.values()} == {str(SIGN_IN_FIRST)}


def test_who_works_nowhere_is_told_what_is_missing_and_nothing_about_the_person() -> None:
    gone = listed(user_is_active=False)
    member_who_left = listed()
    Membership.objects.filter(user=member_who_left).update(
        status=Membership.Status.LEFT, ended_on=timezone.localdate()
    )
    for reader in (UserFactory(), fresh(member_who_left)):
        decisions = contact_decisions(reader, [listed(audience="public").pk, gone.pk, 0])
        assert {decision.reason for decision in decisions.values()} == {NEEDS_TOWN}


def test_who_works_nowhere_still_writes_to_her_connections() -> None:
    reader, friend = UserFactory(), listed()
    connect_two(reader, friend)
    assert can_contact(reader, friend.pk)


def test_nobody_writes_to_herself() -> None:
    person = listed()
    assert can_contact(person, person.pk).reason == NOT_HERSELF


def test_blocked_left_suspended_erased_paused_hidden_and_never_there_are_one_sentence() -> None:
    reader = listed()
    blocked, blocking, left, suspended, erased = (listed() for _number in range(5))
    Block.objects.create(blocker=reader, blocked=blocked)
    Block.objects.create(blocker=blocking, blocked=reader)
    Membership.objects.filter(user=left).update(status=Membership.Status.LEFT, ended_on=timezone.localdate())
    Suspension.objects.create(user=suspended, reason="Publicidad")
    account_erase(user=erased, actor=erased)
    others = [
        listed(availability=PAUSED),
        listed(audience="connections"),
        UserFactory(),
        blocked,
        blocking,
        left,
        suspended,
        erased,
    ]
    forget_blocks(reader)
    decisions = contact_decisions(reader, [*(person.pk for person in others), 0])
    assert {decision.reason for decision in decisions.values()} == {NOT_NOW}
    assert not any(decisions.values())


def test_a_pause_keeps_away_everybody_but_connections() -> None:
    paused, friend, stranger = listed(availability=PAUSED), listed(), listed()
    connect_two(paused, friend)
    assert can_contact(friend, paused.pk)
    assert not can_contact(stranger, paused.pk)
    assert not can_contact(UserFactory(staff=True), paused.pk)


def test_a_pause_is_over_after_its_last_day() -> None:
    today = timezone.localdate()
    reader = listed()
    until_today = listed(availability=PAUSED, paused_until=today)
    until_yesterday = listed(availability=PAUSED, paused_until=today - timedelta(days=1))
    assert not can_contact(reader, until_today.pk)
    assert can_contact(reader, until_yesterday.pk)


def test_a_hidden_pause_counts_all_the_same() -> None:
    paused = listed(availability=PAUSED, visibility={"availability": "nobody"})
    assert can_contact(listed(), paused.pk).reason == NOT_NOW


def test_asking_for_many_costs_as_much_as_for_one(django_assert_max_num_queries) -> None:
    reader = listed()
    people = [listed().pk for _number in range(5)]
    with django_assert_max_num_queries(7):
        contact_decisions(fresh(reader), people)
