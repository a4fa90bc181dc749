"""What people are told of their registrations is told after the lock, once, whatever happens to whoever tells it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.notices.models import Notification
from share.models import Event, Registration, RegistrationChange
from share.services.events import event_change
from share.services.registration_notices import steps_tell
from share.services.registrations import registration_set
from share.tasks import registrations as tasks
from tests.portal.killed_processes import killed_at, wait_until
from tests.portal.notices_factories import NotificationFactory
from tests.share.factories import event, member

pytestmark = pytest.mark.django_db
Status = Registration.Status
TELL = "from share.services.registration_notices import steps_tell\nsteps_tell()"


def told(user) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def left() -> int:
    return RegistrationChange.objects.filter(waits_to_be_told=True).count()


def going(workshop: Event, **person) -> Registration:
    return registration_set(event=workshop, user=member(**person), wanted=Status.GOING)


def test_whoever_registers_holds_the_lock_for_a_few_statements_and_is_told_afterwards():
    workshop, ana, eva = event(capacity=5), member(), member()
    with CaptureQueriesContext(connection) as asked:
        registration_set(event=workshop, user=ana, wanted=Status.GOING)
    statements = [query["sql"] for query in asked if "SAVEPOINT" not in query["sql"]]
    locked = next(place for place, sql in enumerate(statements) if "FOR UPDATE" in sql)
    assert len(statements) - locked <= 5
    assert not any("notices_" in sql for sql in statements)
    going(workshop)
    registration_set(event=workshop, user=eva, wanted=Status.GOING)
    assert told(ana) == []
    assert (steps_tell(), steps_tell(), left()) == (3, 0, 0)
    assert told(ana) == told(eva) == ["event-registered"]


def test_telling_costs_the_same_for_one_and_for_many():
    def queries(number: int) -> int:
        workshop = event()
        for _person in range(number):
            going(workshop)
        with CaptureQueriesContext(connection) as asked:
            assert tasks.tell_steps() == number
        return len(asked)

    assert queries(1) == queries(12)


def test_a_step_that_was_followed_by_another_before_anybody_was_told_is_no_news():
    workshop, ana = event(), member()
    registration_set(event=workshop, user=ana, wanted=Status.GOING)
    registration_set(event=workshop, user=ana, wanted=Status.NOT_GOING)
    assert steps_tell() == 2
    assert told(ana) == []


def test_nobody_is_told_that_she_has_a_place_once_the_event_was_cancelled():
    workshop = event()
    mine = going(workshop)
    Event.objects.filter(pk=workshop.pk).update(status="cancelled", cancelled_at=timezone.now())
    assert steps_tell() == 1
    assert told(mine.user) == []


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_nobody_untold_and_nobody_told_twice():
    workshop = event()
    mine = [going(workshop) for _person in range(3)]
    facts = [f"registration:{row.pk}:{row.changes.get().pk}" for row in mine]
    killed_at(TELL, lambda: NotificationFactory(user=mine[1].user, kind="event-registered", fact=facts[1]))
    assert (left(), Notification.objects.count()) == (3, 0)
    # The database has to notice first that the dead worker's connection is gone.
    wait_until(lambda: tasks.tell_steps() == 3)
    assert sorted(Notification.objects.values_list("fact", flat=True)) == sorted(facts)
    assert (tasks.tell_steps(), left()) == (0, 0)


def test_whoever_cancels_on_the_page_has_it_taken_out_of_her_calendar(django_capture_on_commit_callbacks):
    workshop, ana = event(), member()
    mine = registration_set(event=workshop, user=ana, wanted=Status.GOING)
    Registration.objects.filter(pk=mine.pk).update(calendar_sequence=0)
    with django_capture_on_commit_callbacks(execute=True):
        registration_set(event=workshop, user=ana, wanted=Status.NOT_GOING)
    assert told(ana) == ["event-left"]


def test_places_that_are_added_with_new_dates_are_offered_by_the_new_dates():
    organiser = member()
    workshop = event(organiser=organiser, capacity=1, time_zone="UTC")
    going(workshop)
    waits = going(workshop)
    soon = (timezone.now() + timedelta(hours=10)).replace(second=0, microsecond=0)
    ends = soon + timedelta(hours=1)
    fields = {
        "start_date": soon.date(),
        "start_time": soon.time(),
        "end_date": ends.date(),
        "end_time": ends.time(),
    }
    event_change(event=workshop, actor=organiser, fields=fields, capacity=2)
    waits.refresh_from_db()
    assert waits.status == Status.OFFERED
    # Half of the time that is left until the new beginning, and not of what there was before.
    assert waits.offer_expires_at <= timezone.now() + timedelta(hours=5)
