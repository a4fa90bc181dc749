"""How much one account may send: a flood stops, and two requests cannot both take the last one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.core.registry import UnknownId
from portal.safety.limits import SendingLimit, sending_limits
from portal.safety.models import Allowance
from portal.safety.services import LimitReached, allowance_take
from portal.safety.tasks import forget_allowances
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.safety_factories import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def limit():
    """Declare a limit for the length of a test."""
    rule = SendingLimit(
        "test-things", most=10, most_when_new=3, window=timedelta(days=365), message="Ya fue mucho."
    )
    sending_limits.register(rule)
    yield rule
    sending_limits._items.pop(rule.id)


def known_user() -> User:
    user = MembershipFactory().user
    User.objects.filter(pk=user.pk).update(date_joined=timezone.now() - timedelta(days=30))
    return User.objects.get(pk=user.pk)


def taken(user: User, times: int) -> int:
    done = 0
    for _time in range(times):
        try:
            allowance_take(user=user, limit="test-things")
        except LimitReached as reached:
            assert str(reached) == "Ya fue mucho."
        else:
            done += 1
    return done


def test_a_flood_of_two_hundred_from_one_account_stops_at_the_limit():
    user = known_user()
    assert taken(user, 200) == 10
    assert Allowance.objects.get().used == 10


def test_new_accounts_and_those_of_no_municipality_may_send_less():
    old_without_town = UserFactory()
    User.objects.filter(pk=old_without_town.pk).update(date_joined=timezone.now() - timedelta(days=30))
    assert taken(MembershipFactory().user, 5) == 3
    assert taken(User.objects.get(pk=old_without_town.pk), 5) == 3
    assert taken(UserFactory(staff=True), 5) == 5


def test_one_account_does_not_use_up_what_another_may_send():
    first, second = known_user(), known_user()
    taken(first, 20)
    assert taken(second, 1) == 1


def test_a_limit_that_nobody_registered_is_a_fault():
    with pytest.raises(UnknownId):
        allowance_take(user=UserFactory(), limit="unknown")


@pytest.mark.django_db(transaction=True)
def test_of_requests_racing_for_the_last_one_a_single_one_gets_it():
    user = known_user()
    taken(user, 9)
    outcomes = at_once(*[lambda: allowance_take(user=User.objects.get(pk=user.pk), limit="test-things")] * 3)
    assert sorted(map(str, outcomes)) == ["10", "Ya fue mucho.", "Ya fue mucho."]
    assert Allowance.objects.get().used == 10


def test_windows_older_than_a_week_are_forgotten():
    user = UserFactory()
    now = timezone.now()
    for days in (1, 6, 8, 400):
        Allowance.objects.create(
            user=user, limit="test-things", window_start=now - timedelta(days=days), used=1
        )
    assert forget_allowances() == 2
    assert Allowance.objects.filter(window_start__lt=now - timedelta(days=7)).count() == 0
