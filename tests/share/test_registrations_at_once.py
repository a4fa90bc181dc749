"""Many at once, over real connections: nobody loses a place, nobody gets two, nobody is overtaken."""

import random
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Barrier

import pytest
from django.db import connection

from portal.accounts.models import User
from portal.notices.models import Notification
from share.models import Event, Registration, RegistrationChange
from share.services.offers import offers_sweep
from share.services.registration_notices import steps_tell
from share.services.registrations import offer_accept, offer_decline, registration_set
from share.services.seats import SeatsConflict, seats_change
from tests.share.factories import event, member
from tests.share.registration_history import assert_fair

pytestmark = pytest.mark.django_db(transaction=True)
Status = Registration.Status
AT_ONCE = 20


def at_once(works: Iterable[Callable[[], object]]) -> None:
    """Do it in threads, each with a connection of its own; what one of them raises is raised here."""
    start = Barrier(AT_ONCE)

    def do(mine: list[Callable[[], object]]) -> None:
        try:
            start.wait(timeout=20)
            for work in mine:
                work()
        finally:
            connection.close()

    works = list(works)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(do, works[start::AT_ONCE]) for start in range(AT_ONCE)]:
            done.result()


def going(workshop: Event, user: User) -> Callable[[], object]:
    return lambda: registration_set(event=workshop, user=user, wanted=Status.GOING)


def wishes(workshop: Event, people: list[User], chance: random.Random) -> list[Callable[[], object]]:
    """200 wishes: everybody registers, and then anything."""

    def wish(user: User) -> Callable[[], object]:
        kind = chance.choice(("go", "go", "leave", "leave", "accept", "decline"))
        if kind == "accept":
            return lambda: offer_accept(event=workshop, user=user)
        if kind == "decline":
            return lambda: offer_decline(event=workshop, user=user)
        wanted = Status.GOING if kind == "go" else Status.NOT_GOING
        return lambda: registration_set(event=workshop, user=user, wanted=wanted)

    return [going(workshop, user) for user in people] + [
        wish(chance.choice(people)) for _wish in range(200 - len(people))
    ]


def test_200_registrations_and_cancellations_at_once_again_and_again():
    people = [member() for _person in range(60)]
    for seed in (1, 2, 3):
        workshop = event(capacity=15)
        at_once(wishes(workshop, people, random.Random(seed)))
        assert_fair(workshop)
        assert Registration.objects.filter(event=workshop).count() == 60


def test_as_many_places_are_given_as_there_are_and_each_number_once():
    people = [member() for _person in range(80)]
    workshop = event(capacity=30)
    at_once(going(workshop, user) for user in people)
    assert_fair(workshop)
    found = Registration.objects.filter(event=workshop)
    assert (found.going().count(), found.waiting().count()) == (30, 50)
    assert sorted(found.waiting().values_list("place", flat=True)) == list(range(1, 51))


def test_two_tabs_of_one_person_are_one_registration_and_one_notice():
    ana = member()
    workshop = event(capacity=5)
    at_once(going(workshop, User.objects.get(pk=ana.pk)) for _tab in range(AT_ONCE))
    assert RegistrationChange.objects.filter(registration__user=ana).count() == 1
    # Several workers at once tell her once, too.
    at_once([steps_tell] * AT_ONCE)
    assert Notification.objects.filter(user=ana).count() == 1


def test_places_are_added_and_taken_away_while_people_come_and_go_and_workers_sweep():
    people = [member() for _person in range(30)]
    workshop = event(capacity=5)
    chance = random.Random(7)

    def change(capacity: int) -> None:
        with suppress(SeatsConflict):
            seats_change(event=workshop, capacity=capacity)

    works = wishes(workshop, people, chance)[:120]
    works += [lambda number=number: change(number) for number in (6, 9, 4, 12, 8)]
    works += [offers_sweep] * 5
    chance.shuffle(works)
    at_once(works)
    assert_fair(workshop, capacities=(12,))
