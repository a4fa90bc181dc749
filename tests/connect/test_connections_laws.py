"""Whatever two people do, and however often: at most one open connection, and a history that leads to what is."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from connect.models import Connection
from connect.services.connections import (
    ConnectionConflict,
    connection_accept,
    connection_decline,
    connection_end,
    connection_request,
    connection_withdraw,
    connections_part,
)
from portal.accounts.models import User
from tests.portal.accounts_factories import UserFactory

STEPS = st.lists(
    st.tuples(
        st.sampled_from(["ask", "accept", "decline", "withdraw", "end", "part", "wait"]), st.booleans()
    ),
    max_size=12,
)
ALLOWED = {
    ("", "requested"),
    ("requested", "accepted"),
    ("requested", "declined"),
    ("requested", "withdrawn"),
    ("declined", "accepted"),
    ("declined", "withdrawn"),
    ("accepted", "ended"),
}


class Histories(TestCase):
    """Random histories of two people."""

    @given(steps=STEPS)
    @settings(max_examples=20, deadline=None)
    def test_a_pair_has_one_open_connection_and_a_history_that_leads_to_it(self, steps) -> None:
        ana, luis = UserFactory(staff=True), UserFactory(staff=True)
        for step, is_luis in steps:
            one, other = (luis, ana) if is_luis else (ana, luis)
            take(step, one, other)
            assert Connection.objects.open().count() <= 1
        for row in Connection.objects.all():
            changes = list(row.changes.values_list("from_status", "to_status"))
            assert set(changes) <= ALLOWED
            assert [was for was, _now in changes] == ["", *(now for _was, now in changes[:-1])]
            assert changes[-1][1] == row.status
            # Whoever asked reads the same of a refusal and of silence.
            assert (row in Connection.objects.sent_by(row.requester)) == (
                row.status in {"requested", "declined"} and row in Connection.objects.recently_asked()
            )


def take(step: str, one: User, other: User) -> None:
    """Let one of the two do something, whether it fits or not."""
    if step == "ask":
        refused(connection_request, requester=one, recipient=other)
    elif step == "end":
        connection_end(one=one, other_id=other.pk)
    elif step == "part":
        connections_part(blocker_id=one.pk, blocked_id=other.pk)
    elif step == "wait":
        Connection.objects.update(created_at=timezone.now() - timedelta(days=91))
    else:
        side = {"withdraw": {"requester": one}}.get(step, {"recipient": one})
        row = Connection.objects.filter(**side).order_by("-pk").first()
        service = {
            "accept": connection_accept,
            "decline": connection_decline,
            "withdraw": connection_withdraw,
        }
        if row is not None:
            refused(service[step], connection=row, actor=one)


def refused(service, **arguments) -> None:
    """Take a step that may not fit any more."""
    try:
        service(**arguments)
    except ConnectionConflict as conflict:
        assert str(conflict)


pytestmark = pytest.mark.django_db
