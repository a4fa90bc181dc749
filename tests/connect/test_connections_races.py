"""Two people, or two clicks, at the same moment."""

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import connection as database

from connect.models import Connection, ConnectionChange, Introduction
from connect.services.connections import connection_accept, connection_decline, connection_request
from connect.services.introductions import introduction_accept, introduction_propose
from portal.accounts.models import User
from portal.notices.models import Notification
from tests.connect.factories import connected, listed

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*steps: Callable[[], object]) -> list[object]:
    """Take steps at the same moment, each with a database connection of its own; returns what went wrong."""
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


def test_two_people_who_ask_each_other_at_once_are_connected() -> None:
    ana, luis = listed("Ana Ruiz"), listed("Luis Paz")
    problems = at_once(
        lambda: connection_request(requester=fresh(ana), recipient=fresh(luis), note="Hola"),
        lambda: connection_request(requester=fresh(luis), recipient=fresh(ana), note="Hola"),
    )
    assert problems == []
    row = Connection.objects.get()
    assert row.status == "accepted"
    assert list(row.changes.values_list("to_status", flat=True)) == ["requested", "accepted"]
    assert Notification.objects.count() == 1


def test_a_double_click_asks_once() -> None:
    ana, luis = listed("Ana Ruiz"), listed("Luis Paz")
    problems = at_once(
        *[lambda: connection_request(requester=fresh(ana), recipient=fresh(luis)) for _click in range(2)]
    )
    assert problems == []
    assert Connection.objects.count() == ConnectionChange.objects.count() == 1


def test_yes_and_no_at_once_leave_one_answer_and_a_history_that_agrees() -> None:
    ana, luis = listed("Ana Ruiz"), listed("Luis Paz")
    made = connection_request(requester=ana, recipient=luis)
    at_once(
        lambda: connection_accept(connection=made, actor=fresh(luis)),
        lambda: connection_decline(connection=made, actor=fresh(luis)),
    )
    made.refresh_from_db()
    assert made.status in {"accepted", "declined"}
    assert list(made.changes.values_list("to_status", flat=True)) == ["requested", made.status]


def test_two_who_accept_an_introduction_at_once_are_connected_once() -> None:
    carla = listed("Carla Bru")
    ana, luis = (connected(carla, listed(name)) for name in ("Ana Ruiz", "Luis Paz"))
    made = introduction_propose(introducer=carla, first=ana, second=luis, note="x")
    problems = at_once(
        lambda: introduction_accept(introduction=made, user=fresh(ana)),
        lambda: introduction_accept(introduction=made, user=fresh(luis)),
    )
    assert problems == []
    assert Introduction.objects.get().status == "made"
    assert Connection.objects.between(ana.pk, luis.pk).get().status == "accepted"
