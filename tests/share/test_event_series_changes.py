"""Changing what repeats when it is not as the rule made it: moved, over, changed alone, or left by an earlier rule."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from share.models import Event, Material, Minutes
from share.services.events import event_change
from share.services.series import (
    following_cancel,
    following_change,
    series_rule_change,
    series_start,
)
from share.tasks.organising import extend_one_series
from share.times import NoSuchTime, TimeRefused, moment
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
SANTIAGO = "America/Santiago"


def series(rule: str, **wanted: Any) -> tuple[Any, list[Event]]:
    """Return who organises a series, and its events."""
    organiser = member()
    first = event(organiser=organiser, **wanted)
    begun = series_start(event=first, actor=organiser, rule=rule)
    extend_one_series(begun.pk)
    return organiser, list(Event.objects.filter(series=begun).order_by("starts_at"))


def left_by_the_rule(organiser: Any, events: list[Event]) -> Event:
    """Return one that another rule does not know, and that stays because somebody registered for it."""
    registered(events[2])
    series_rule_change(event=events[0], actor=organiser, rule="FREQ=MONTHLY;COUNT=4")
    left = Event.objects.get(pk=events[2].pk)
    assert left.occurrence_on is None
    return left


def test_what_another_rule_left_is_changed_and_cancelled_with_those_that_follow_it() -> None:
    """It is no day of the rule; its own day says which follow."""
    organiser, events = series("FREQ=WEEKLY;COUNT=5")
    left = left_by_the_rule(organiser, events)
    following_change(event=left, actor=organiser, fields={"title": "Otro nombre"})
    after = Event.objects.filter(start_date__gt=left.start_date)
    assert set(after.values_list("title", flat=True)) == {"Otro nombre"}
    assert Event.objects.get(pk=events[0].pk).title != "Otro nombre"
    cancelled = following_cancel(event=left, actor=organiser, reason="No hay salón.")
    assert {one.pk for one in cancelled} == {left.pk, *after.values_list("pk", flat=True)}


def test_what_another_rule_left_may_begin_a_rule_of_its_own() -> None:
    """From its day on."""
    organiser, events = series("FREQ=WEEKLY;COUNT=5")
    left = left_by_the_rule(organiser, events)
    series_rule_change(event=left, actor=organiser, rule="FREQ=DAILY;COUNT=3")
    days = Event.objects.filter(start_date__gte=left.start_date).order_by("start_date")
    assert [one.start_date for one in days] == [left.start_date + timedelta(days=n) for n in range(3)]


def test_another_rule_takes_away_nothing_that_took_place_or_holds_something_of_its_own() -> None:
    """Minutes of the past, materials, and words that were written for one alone."""
    organiser, events = series("FREQ=WEEKLY;COUNT=6")
    weeks = timedelta(days=21)
    for one in events:
        one.start_date, one.end_date = one.start_date - weeks, one.end_date - weeks
        one.starts_at, one.ends_at = one.starts_at - weeks, one.ends_at - weeks
        Event.objects.filter(pk=one.pk).update(occurrence_on=None)
    for one in events:
        one.occurrence_on = one.start_date
        one.save()
    past, read, own, plain = events[1], events[3], events[4], events[5]
    assert past.ends_at < timezone.now() < read.starts_at
    Minutes.objects.create(event=past, text="Se acordó compostar.", published_at=timezone.now())
    Material.objects.create(event=read, title="Guía", url="https://example.org/guia")
    event_change(event=own, actor=organiser, fields={"summary": "Con una invitada."})
    changed = series_rule_change(event=events[0], actor=organiser, rule="FREQ=DAILY;INTERVAL=30;COUNT=3")
    assert Minutes.objects.get().event == past
    assert [one.pk for one in changed.kept] == [read.pk, own.pk]
    assert not Event.objects.filter(pk=plain.pk).exists()


def test_another_rule_from_an_old_event_on_keeps_the_days_that_both_rules_have() -> None:
    """Of a daily series that began long ago; nobody who registered finds a second event that day."""
    organiser = member()
    first = event(organiser=organiser, starts=timezone.now() - timedelta(days=100))
    begun = series_start(event=first, actor=organiser, rule="FREQ=DAILY")
    extend_one_series(begun.pk)
    coming = Event.objects.upcoming().filter(starts_at__gt=timezone.now()).order_by("starts_at")[5]
    registered(coming)
    changed = series_rule_change(event=first, actor=organiser, rule="FREQ=DAILY;COUNT=150")
    assert changed.kept == ()
    assert Event.objects.get(start_date=coming.start_date).pk == coming.pk


def test_a_rule_may_begin_on_a_day_to_which_one_was_moved_where_another_was_before() -> None:
    """The two of that day stay, and only one is the rule's."""
    organiser, events = series("FREQ=WEEKLY;COUNT=4")
    first, second = events[0], events[1]
    event_change(
        event=second,
        actor=organiser,
        fields={"start_date": first.start_date, "end_date": first.end_date, "start_time": time(0, 5)},
    )
    series_rule_change(
        event=Event.objects.get(pk=second.pk), actor=organiser, rule="FREQ=WEEKLY;INTERVAL=2;COUNT=2"
    )
    found = Event.objects.filter(start_date=first.start_date).order_by("pk")
    assert [one.occurrence_on for one in found] == [None, first.start_date]


def skipped_night() -> date:
    """Return the next day on which there is no half past midnight in Santiago."""
    today = timezone.now().date()
    day = date(today.year + (today.month > 7), 9, 1)
    while True:
        try:
            moment(day, time(0, 30), SANTIAGO)
        except NoSuchTime:
            return day
        day += timedelta(days=1)


def test_an_hour_that_one_of_those_that_follow_does_not_have_is_said_beside_the_field(client) -> None:
    """Nothing is changed by halves."""
    first_day = skipped_night() - timedelta(days=14)
    starts = datetime(first_day.year, first_day.month, first_day.day, 15, tzinfo=UTC)
    organiser, events = series("FREQ=WEEKLY;COUNT=4", starts=starts, time_zone=SANTIAGO)
    with pytest.raises(TimeRefused, match="el reloj se adelanta"):
        following_change(event=events[0], actor=organiser, fields={"start_time": time(0, 30)})
    client.force_login(organiser)
    address = reverse("share:event-edit", args=[events[0].pk])
    shown = client.get(address).context["form"]
    typed = {
        name: field.value() if field.value() is not None else ""
        for name, field in ((f.name, f) for f in shown)
    }
    typed |= {"start_time": "00:30", "end_time": "12:00", "scope": "following"}
    answer = client.post(address, typed)
    assert answer.status_code == 200
    assert "el reloj se adelanta" in str(answer.context["form"].errors["start_time"])
    assert not Event.objects.filter(start_time=time(0, 30)).exists()
