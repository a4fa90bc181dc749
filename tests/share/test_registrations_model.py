"""Any sequence of what people, organisers and time do leaves what a plain list would leave."""

from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.accounts.models import User
from share.models import Event, Registration, Seats
from share.personal.registrations import erase_registrations
from share.services.offers import offers_sweep
from share.services.registrations import offer_accept, offer_decline, registration_set
from share.services.seats import SeatsConflict, seats_change
from tests.share.factories import event, member
from tests.share.registration_history import assert_fair

PEOPLE = 6
WISHES = ("going", "going", "going", "not_going", "interested")
_person = st.integers(0, PEOPLE - 1)
_step = st.one_of(
    st.tuples(st.just("say"), _person, st.sampled_from(WISHES)),
    st.tuples(st.sampled_from(("accept", "decline", "lapse", "erase")), _person, st.none()),
    st.tuples(st.just("capacity"), st.none(), st.one_of(st.integers(0, 4), st.none())),
)


@dataclass
class Plain:
    """The rules, on lists."""

    capacity: int | None
    said: dict[int, str] = field(default_factory=dict)
    line: list[int] = field(default_factory=list)

    @property
    def taken(self) -> int:
        return sum(one in ("going", "offered") for one in self.said.values())

    @property
    def has_room(self) -> bool:
        return self.capacity is None or self.taken < self.capacity

    def settle(self) -> None:
        while self.line and self.has_room:
            self.said[self.line.pop(0)] = "going" if self.capacity is None else "offered"

    def say(self, who: int, wanted: str) -> None:
        now = self.said.get(who)
        if wanted == "going":
            if now == "offered":
                self.said[who] = "going"
            elif now not in ("going", "waiting"):
                self.said[who] = "going" if self.has_room and not self.line else "waiting"
                if self.said[who] == "waiting":
                    self.line.append(who)
        elif now != wanted:
            self.away(who, wanted)

    def away(self, who: int, to: str | None) -> None:
        if who in self.line:
            self.line.remove(who)
        if to is None:
            self.said.pop(who, None)
        else:
            self.said[who] = to
        self.settle()

    def step(self, what: str, who: int | None, value: object) -> None:
        if what == "say":
            self.say(who, value)
        elif what == "erase":
            self.away(who, None)
        elif what == "capacity":
            if value is None or value >= self.taken:
                self.capacity = value
                if value is None:
                    self.said = {key: "going" if one == "offered" else one for key, one in self.said.items()}
                self.settle()
        elif self.said.get(who) == "offered":
            if what == "accept":
                self.said[who] = "going"
            else:
                self.away(who, "not_going" if what == "decline" else "lapsed")


def do(workshop: Event, people: list[User], what: str, who: int | None, value: object) -> None:
    """The same with the services."""
    user = people[who] if who is not None else None
    if what == "say":
        registration_set(event=workshop, user=user, wanted=value)
    elif what == "accept":
        offer_accept(event=workshop, user=user)
    elif what == "decline":
        offer_decline(event=workshop, user=user)
    elif what == "erase":
        erase_registrations(user)
    elif what == "lapse":
        over = timezone.now() - timedelta(minutes=1)
        Registration.objects.filter(event=workshop, user=user, status="offered").update(offer_expires_at=over)
        offers_sweep()
    else:
        with suppress(SeatsConflict):
            seats_change(event=workshop, capacity=value)


@pytest.fixture
def people(db) -> list[User]:
    return [member() for _person in range(PEOPLE)]


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(capacity=st.one_of(st.integers(0, 3), st.none()), steps=st.lists(_step, min_size=8, max_size=25))
def test_any_sequence_ends_as_on_a_list(people, capacity, steps):
    workshop, plain = event(capacity=capacity), Plain(capacity)
    for step in steps:
        do(workshop, people, *step)
        plain.step(*step)
        rows = Registration.objects.filter(event=workshop)
        assert {people.index(row.user): row.status for row in rows.select_related("user")} == plain.said, step
        assert [people.index(row.user) for row in rows.waiting()] == plain.line, step
        assert Seats.objects.get(event=workshop).capacity == plain.capacity
    assert_fair(workshop, capacities=(None,))
    erase_all(workshop)


def erase_all(workshop: Event) -> None:
    """Leave nothing for the sweeps of the next example."""
    workshop.delete()
