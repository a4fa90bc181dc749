"""Moderators, reports and things racing, to test trust and safety with."""

import threading
from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import Permission
from django.db import connection

from portal.accounts.models import User
from portal.safety.models import Report
from portal.safety.services import report_send
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory


def moderator(**fields: Any) -> User:
    """Return somebody of the network's team who was given the task of deciding about reports."""
    user = UserFactory(staff=True, **fields)
    user.user_permissions.add(Permission.objects.get(codename="change_report"))
    return user


def a_report(*, person: User | None = None, reporter: User | None = None, **wanted: Any) -> Report:
    """Return an open report of a person's page."""
    person = person or listed()
    return report_send(
        reporter=reporter or listed(),
        kind="person",
        object_id=person.pk,
        category=wanted.pop("category", "harassment"),
        **wanted,
    )


def at_once(*steps: Callable[[], Any]) -> list[Any]:
    """Run steps at the same moment, each with a connection of its own; returns what each returned or raised."""
    barrier = threading.Barrier(len(steps))
    outcomes: list[Any] = [None] * len(steps)

    def run(number: int, step: Callable[[], Any]) -> None:
        try:
            barrier.wait(10)
            outcomes[number] = step()
        except Exception as problem:
            outcomes[number] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(steps)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    return outcomes
