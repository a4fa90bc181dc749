"""Two at the same door, and one who cancels while she is let in."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection as database

from portal.accounts.models import User
from share.models import AttendanceChange, Registration, Seats
from share.services.attendance import (
    AttendanceConflict,
    attendance_enter,
    attendance_walk_in,
)
from share.services.registrations import RegistrationConflict, registration_set
from tests.share.afterwards import going_on
from tests.share.factories import member, registered

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps: Callable[[], object]) -> list[Exception]:
    """Take steps at the same moment, each with a connection of its own; returns what went wrong."""
    together, problems = Barrier(len(steps)), []

    def run(step: Callable[[], object]) -> None:
        try:
            together.wait()
            step()
        except Exception as problem:
            problems.append(problem)
        finally:
            database.close()

    threads = [Thread(target=run, args=[step]) for step in steps]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return problems


def fresh(user: User) -> User:
    return User.objects.get(pk=user.pk)


def test_two_organisers_who_let_the_same_person_in_let_her_in_once() -> None:
    organiser, other = member(), member()
    at = going_on(organiser)
    row = registered(at)
    entered: list[bool] = []

    def let_in(actor: User) -> None:
        found = attendance_enter(registration=Registration.objects.get(pk=row.pk), actor=fresh(actor))
        entered.append(found.was_in)

    assert at_once(*[lambda actor=actor: let_in(actor) for actor in (organiser, other) * 3]) == []
    assert sorted(entered) == [False, *[True] * 5]
    assert AttendanceChange.objects.count() == 1


def test_who_cancels_while_she_is_let_in_is_either_in_or_out() -> None:
    organiser = member()
    at = going_on(organiser, capacity=1)
    row = registered(at)
    problems = at_once(
        lambda: attendance_enter(registration=Registration.objects.get(pk=row.pk), actor=fresh(organiser)),
        lambda: registration_set(event=at, user=fresh(row.user), wanted="not_going"),
    )
    row.refresh_from_db()
    assert (row.status, row.attendance) in {("going", "present"), ("not_going", "unknown")}
    assert [type(problem) for problem in problems] == [
        RegistrationConflict if row.status == "going" else AttendanceConflict
    ]
    assert Seats.objects.get(event=at).taken == (row.status == "going")


def test_the_last_place_at_the_door_is_given_once() -> None:
    organiser = member()
    at = going_on(organiser, capacity=1)
    ana, luz = member(), member()
    problems = at_once(
        *[
            lambda user=user: attendance_walk_in(event=at, user=fresh(user), actor=fresh(organiser))
            for user in (ana, luz)
        ]
    )
    assert [type(problem) for problem in problems] == [AttendanceConflict]
    assert Registration.objects.filter(event=at, attendance="present").count() == 1
    assert Registration.objects.filter(event=at).count() == 1
