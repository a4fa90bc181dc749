"""Who may see and do what about connections and introductions: the question and the queryset agree for every role."""

import pytest
from django.contrib.auth.models import AnonymousUser

from connect.audience import forget_connections
from connect.models import Connection, Introduction
from connect.permissions.connections import (
    can_answer_connection,
    can_answer_introduction,
    can_make_introduction,
    can_propose_introduction,
    can_request_connection,
    can_see_connection,
    can_see_introduction,
    can_withdraw_connection,
    common_connections,
)
from portal.accounts.models import Membership
from portal.safety.blocks import forget_blocks
from portal.safety.models import Block
from tests.connect.factories import connect_two, listed
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def people() -> dict:
    found = {
        name: listed(name.capitalize()) for name in ("asker", "asked", "introducer", "colleague", "left")
    }
    Membership.objects.filter(user=found["left"]).update(status="left")
    found |= {"staff": UserFactory(staff=True), "newcomer": UserFactory(), "visitor": AnonymousUser()}
    found["blocked"] = listed("Blocked")
    Block.objects.create(blocker=found["asked"], blocked=found["blocked"])
    for other in ("asker", "asked"):
        connect_two(found["introducer"], found[other])
    return found


def test_a_request_is_seen_by_the_two_and_acted_on_by_one_of_them_each(people) -> None:
    row = Connection.objects.create(requester=people["asker"], recipient=people["asked"])
    hidden = Connection.objects.create(requester=people["blocked"], recipient=people["asked"])
    suspended = Connection.objects.create(requester=listed(user_is_active=False), recipient=people["asked"])
    rows = {row, hidden, suspended}
    for name, user in people.items():
        visible = set(Connection.objects.visible_to(user)) & rows
        assert visible == {one for one in rows if can_see_connection(user, one)}, name
        assert bool(visible) == (name in {"asker", "asked"}), name
        assert bool(can_answer_connection(user, row)) == (name == "asked"), name
        assert bool(can_withdraw_connection(user, row)) == (name == "asker"), name
        assert not can_answer_connection(user, hidden)


@pytest.mark.parametrize("status", Introduction.Status.values)
@pytest.mark.parametrize("of_team", [False, True])
def test_an_introduction_is_seen_by_whom_it_concerns(people, status, of_team) -> None:
    row = Introduction.objects.create(
        asked_by=people["asker"],
        introducer=None if of_team else people["introducer"],
        first=people["asker"],
        second=people["asked"],
        note="x",
        status=status,
        first_accepted_at="2026-01-01T00:00Z",
        second_accepted_at="2026-01-01T00:00Z" if status == "made" else None,
    )
    seeing = {"asker"} | (set() if of_team else {"introducer"}) | (set() if status == "asked" else {"asked"})
    if of_team and status == "asked":
        seeing.add("staff")
    for name, user in people.items():
        visible = Introduction.objects.visible_to(user).filter(pk=row.pk).exists()
        assert visible == bool(can_see_introduction(user, row)) == (name in seeing), name
        assert bool(can_answer_introduction(user, row)) == (name in seeing & {"asker", "asked"}), name
        if status == "asked":
            makes = "staff" if of_team else "introducer"
            assert bool(can_make_introduction(user, row)) == (name == makes), name


def test_only_members_ask_and_only_whom_they_may_know(people) -> None:
    asked = people["asked"]
    allowed = {name for name, user in people.items() if can_request_connection(user, asked.pk)}
    # The introducer is connected with her already.
    assert allowed == {"asker", "colleague", "staff"}
    hiding = listed("Hiding", audience="nobody")
    assert not any(can_request_connection(user, hiding.pk) for user in people.values())


def test_whom_one_introduces_one_is_connected_with_or_of_the_team(people) -> None:
    pair = people["asker"].pk, people["asked"].pk
    allowed = {name for name, user in people.items() if can_propose_introduction(user, *pair)}
    assert allowed == {"introducer", "staff"}
    assert not can_propose_introduction(people["introducer"], pair[0], pair[0])


def test_common_connections_are_those_whom_both_share_and_none_else(people) -> None:
    asker, asked, introducer = people["asker"], people["asked"], people["introducer"]
    connect_two(asked, people["colleague"])
    assert common_connections(asker, asked.pk) == {introducer.pk}
    assert common_connections(people["left"], asked.pk) == frozenset()
    Block.objects.create(blocker=asked, blocked=introducer)
    for user in (asker, introducer):
        forget_connections(user)
        forget_blocks(user)
    assert common_connections(asker, asked.pk) == frozenset()
