"""Reminders of events: planned with the event, moved with it, and sent once each."""

from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.models import Notification
from portal.notices.services import notice_deliver
from share.models import Event, EventReminder, Registration
from share.services.reminders import reminders_plan, reminders_sweep
from tests.portal.killed_processes import killed_at, wait_until
from tests.portal.notices_factories import NotificationFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
Status = Registration.Status


def planned(of) -> list[str]:
    return list(EventReminder.objects.filter(event=of).order_by("due_at").values_list("before", flat=True))


def move(of, **by) -> None:
    gap = timedelta(**by)
    Event.objects.filter(pk=of.pk).update(starts_at=of.starts_at + gap, ends_at=of.ends_at + gap)
    of.refresh_from_db()


def told() -> int:
    return Notification.objects.filter(kind="event-reminder").count()


def test_a_reminder_whose_moment_has_passed_is_not_planned():
    later = event(starts=timezone.now() + timedelta(days=10))
    tomorrow = event(starts=timezone.now() + timedelta(hours=30))
    soon = event(starts=timezone.now() + timedelta(minutes=40))
    draft = event(status="draft", published_at=None)
    reminders_plan()
    assert planned(later) == ["week", "day", "hour"]
    assert planned(tomorrow) == ["day", "hour"]
    assert planned(soon) == planned(draft) == []
    assert reminders_plan() == 0


def test_reminders_move_with_the_event_and_go_when_it_is_cancelled():
    workshop = event(starts=timezone.now() + timedelta(days=10))
    reminders_plan(event_id=workshop.pk)
    move(workshop, days=-5)
    reminders_plan(event_id=workshop.pk)
    assert planned(workshop) == ["day", "hour"]
    due = EventReminder.objects.get(event=workshop, before="day").due_at
    assert due == workshop.starts_at - timedelta(days=1)
    Event.objects.filter(pk=workshop.pk).update(status="cancelled", cancelled_at=timezone.now())
    reminders_plan(event_id=workshop.pk)
    assert planned(workshop) == []


def test_who_goes_and_who_is_interested_are_reminded_once_and_nobody_else():
    workshop = event(starts=timezone.now() + timedelta(days=2))
    going = registered(workshop, member(time_zone="Europe/Madrid"))
    registered(workshop, status=Status.INTERESTED)
    registered(workshop, status=Status.NOT_GOING)
    registered(workshop, member(is_active=False))
    registered(workshop, status=Status.WAITING, place=1)
    reminders_plan()
    assert reminders_sweep() == 0
    then = workshop.starts_at - timedelta(hours=23)
    assert reminders_sweep(now=then) == 1
    assert reminders_sweep(now=then) == 0
    assert told() == 2
    assert "hora de Madrid" in Notification.objects.get(user=going.user).text


SWEEP = """
from datetime import datetime
from share.services.reminders import reminders_sweep
reminders_sweep(now=datetime.fromisoformat("{}"))
"""


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_and_the_next_sends_it():
    workshop = event(starts=timezone.now() + timedelta(days=2))
    people = [registered(workshop).user for _person in range(3)]
    reminders_plan()
    then = workshop.starts_at - timedelta(hours=23)
    reminder = EventReminder.objects.get(event=workshop, before="day")
    fact = f"event:{workshop.pk}:reminder:day:{reminder.due_at:%Y%m%dT%H%M}"
    # The worker has written to the first when it has to wait for this row: there it is killed.
    killed_at(
        SWEEP.format(then.isoformat()),
        lambda: NotificationFactory(user=people[1], kind="event-reminder", fact=fact),
    )
    assert told() == 0
    # The database has to notice first that the dead worker's connection is gone.
    wait_until(lambda: reminders_sweep(now=then) == 1)
    assert told() == 3
    assert reminders_sweep(now=then) == 0


def test_one_that_is_too_late_is_dropped():
    workshop = event(starts=timezone.now() + timedelta(days=2))
    registered(workshop)
    reminders_plan()
    assert reminders_sweep(now=workshop.starts_at - timedelta(hours=10)) == 1
    assert told() == 0
    assert planned(workshop) == ["hour"]


def test_an_event_that_moved_is_announced_again():
    workshop = event(starts=timezone.now() + timedelta(days=2))
    registered(workshop)
    reminders_plan()
    reminders_sweep(now=workshop.starts_at - timedelta(hours=23))
    move(workshop, days=3)
    reminders_plan()
    reminders_sweep(now=workshop.starts_at - timedelta(hours=23))
    assert told() == 2


def test_a_hundred_are_reminded_in_as_many_queries_as_one(django_assert_max_num_queries):
    first, second = (event(starts=timezone.now() + timedelta(days=2, minutes=n)) for n in (0, 300))
    registered(first)
    for _person in range(6):
        registered(second)
    reminders_plan()
    with django_assert_max_num_queries(25) as one:
        assert reminders_sweep(now=first.starts_at - timedelta(hours=24)) == 1
    with django_assert_max_num_queries(len(one)):
        assert reminders_sweep(now=second.starts_at - timedelta(hours=24)) == 1


def test_the_e_mail_tells_the_link_to_who_goes_alone(mailoutbox):
    workshop = event(starts=timezone.now() + timedelta(days=2))
    going = registered(workshop)
    registered(workshop, status=Status.INTERESTED)
    reminders_plan()
    reminders_sweep(now=workshop.starts_at - timedelta(hours=23))
    for notice in Notification.objects.filter(kind="event-reminder"):
        notice_deliver(notification_id=notice.pk)
    with_link = [mail.to for mail in mailoutbox if workshop.link in mail.body]
    assert with_link == [[going.user.email]] and len(mailoutbox) == 2
