"""Organisers and people who register at the same moment, over real connections: nobody is lost between the two."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from threading import Event as Signal

import pytest
from django.db import connection, transaction

from portal.notices.models import Notification
from share.models import Event, Registration
from share.services.events import event_cancel, event_change
from share.services.registrations import registration_set
from share.services.series import following_cancel, series_rule_change, series_start
from share.tasks.organising import extend_one_series
from tests.share.factories import event, member

pytestmark = pytest.mark.django_db(transaction=True)


def both(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Do two things in threads, each with a connection of its own; what one of them raises is raised here."""

    def do(work: Callable[[], object]) -> None:
        try:
            work()
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        for done in [pool.submit(do, first), pool.submit(do, second)]:
            done.result(timeout=30)


def while_registering(at: Event, ana, step: Callable[[], object]) -> None:
    """Take a step while somebody registers and is not saved yet."""
    begun = Signal()

    def register() -> None:
        with transaction.atomic():
            registration_set(event=at, user=ana, wanted=Registration.Status.GOING)
            begun.set()
            time.sleep(0.4)

    def organise() -> None:
        assert begun.wait(timeout=20)
        step()

    both(register, organise)


def test_whoever_registers_while_it_is_cancelled_or_moved_is_told():
    ana, organiser = member(), member()
    for kind, step in (
        ("event-cancelled", lambda at: event_cancel(event=at, actor=organiser, reason="Llueve.")),
        ("event-changed", lambda at: event_change(event=at, actor=organiser, fields={"venue": "El vivero"})),
    ):
        at = event(organiser=organiser)
        while_registering(at, ana, lambda at=at, step=step: step(at))
        assert Notification.objects.filter(user=ana, kind=kind).count() == 1


def test_nothing_is_taken_away_for_which_somebody_registers_at_that_moment():
    ana, organiser = member(), member()
    first = event(organiser=organiser)
    series = series_start(event=first, actor=organiser, rule="FREQ=WEEKLY;COUNT=3")
    last = Event.objects.latest("starts_at")
    rule = "FREQ=MONTHLY;COUNT=2"
    while_registering(last, ana, lambda: series_rule_change(event=first, actor=organiser, rule=rule))
    assert Registration.objects.get(user=ana).event == last
    assert Event.objects.get(pk=last.pk).series == series


def test_two_organisers_who_change_the_rule_at_once_wait_for_each_other():
    organiser = member()
    for _attempt in range(3):
        first = event(organiser=organiser)
        series = series_start(event=first, actor=organiser, rule="FREQ=WEEKLY;COUNT=6")
        second = Event.objects.filter(series=series).order_by("starts_at")[1]
        start = Barrier(2)

        def change(at: Event, rule: str, start: Barrier = start) -> None:
            start.wait(timeout=20)
            series_rule_change(event=at, actor=organiser, rule=rule)

        both(
            lambda first=first, change=change: change(first, "FREQ=WEEKLY;INTERVAL=1;COUNT=4"),
            lambda second=second, change=change: change(second, "FREQ=WEEKLY;INTERVAL=1;COUNT=5"),
        )
        days = list(Event.objects.filter(series=series).values_list("occurrence_on", flat=True))
        assert len(days) == len(set(days))


def test_nobody_makes_more_of_a_series_while_all_that_follow_are_cancelled():
    organiser = member()
    first = event(organiser=organiser)
    series = series_start(event=first, actor=organiser, rule="FREQ=WEEKLY;COUNT=30")
    both(
        lambda: extend_one_series(series.pk),
        lambda: following_cancel(event=first, actor=organiser, reason="No se hace."),
    )
    assert set(Event.objects.filter(series=series).values_list("status", flat=True)) == {"cancelled"}
