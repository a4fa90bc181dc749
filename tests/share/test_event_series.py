"""Encounters that repeat: each an event of its own, at the same hour of its place's clock."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.utils import timezone

from portal.catalog.models import Entry
from portal.notices.models import Notification
from share.models import Event, EventSeries, RegistrationQuestion, Session, Speaker
from share.services.events import (
    event_cancel,
    event_change,
    event_create,
    event_publish,
    session_save,
    speaker_save,
)
from share.services.events.repeating import MOST_AHEAD, MOST_AT_ONCE, series_extend
from share.services.seats import SeatsConflict
from share.services.series import (
    DayIsTheRules,
    draft_rule_change,
    following_cancel,
    following_change,
    series_end,
    series_rule_change,
    series_start,
    series_sweep,
)
from share.tasks.organising import extend_one_series
from share.times import clock_at
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
SANTIAGO = "America/Santiago"


def weekly(rule: str = "FREQ=WEEKLY;COUNT=5", **wanted):
    """Return a published event and those that follow it, each week."""
    organiser = member()
    first = event(organiser=organiser, **wanted)
    series = series_start(event=first, actor=organiser, rule=rule)
    # What a worker does once it is saved.
    extend_one_series(series.pk)
    return organiser, list(Event.objects.filter(series__isnull=False).order_by("starts_at"))


def test_ten_o_clock_stays_ten_o_clock_when_the_clock_is_put_forward():
    """In Santiago, in the first days of September."""
    today = timezone.now().date()
    first_day = date(today.year + 1, 8, 20)
    starts = datetime(first_day.year, 8, 20, 14, tzinfo=UTC)
    _organiser, events = weekly("FREQ=WEEKLY;COUNT=6", starts=starts, time_zone=SANTIAGO)
    assert len(events) == 6
    assert {clock_at(one.starts_at, SANTIAGO).time() for one in events} == {time(10)}
    assert {one.starts_at.hour for one in events} == {13, 14}
    assert {clock_at(one.ends_at, SANTIAGO).time() for one in events} == {time(12)}


def test_each_has_what_the_first_has_and_places_of_its_own():
    """Sessions, speakers, questions, areas and organisers; who registered for one did not for others."""
    organiser = member()
    first = event(organiser=organiser, capacity=7, areas=["ambiente"])
    session = session_save(event=first, actor=organiser, begins_after=10, minutes=20, title="Qué es")
    speaker_save(event=first, actor=organiser, name="Ana Paz", role="Vivero", session=session)
    RegistrationQuestion.objects.create(event=first, text="¿Qué llevás?")
    registered(first)
    series_start(event=first, actor=organiser, rule="FREQ=WEEKLY;COUNT=3")
    second = Event.objects.exclude(pk=first.pk).earliest("starts_at")
    assert second.start_date == first.start_date + timedelta(days=7)
    assert (second.seats.capacity, second.seats.taken, second.areas) == (7, 0, ["ambiente"])
    assert list(second.organisers.values_list("user_id", flat=True)) == [organiser.pk]
    assert Speaker.objects.get(event=second).session == Session.objects.get(event=second)
    assert second.questions.get().text == "¿Qué llevás?"
    assert second.public_id != first.public_id
    assert Entry.objects.filter(kind="event", object_id=second.pk).exists()


def test_a_draft_repeats_once_it_is_published():
    """Until then there is one event to write."""
    organiser = member()
    day = (timezone.now() + timedelta(days=9)).date()
    fields = {
        **{"kind": "meeting", "title": "Mesa de compras", "time_zone": SANTIAGO, "venue": "Salón"},
        **{"start_date": day, "start_time": time(9), "end_date": day, "end_time": time(10)},
    }
    draft = event_create(actor=organiser, fields=fields)
    draft_rule_change(event=draft, actor=organiser, rule="FREQ=WEEKLY;COUNT=3")
    draft_rule_change(event=draft, actor=organiser, rule="FREQ=WEEKLY;COUNT=4")
    assert Event.objects.count() == 1
    assert EventSeries.objects.count() == 1
    event_publish(event=draft, actor=organiser)
    assert Event.objects.filter(status="published").count() == 4


def test_an_endless_series_is_made_sixty_ahead_and_the_nightly_sweep_equals_making_them_at_once():
    """Whatever the nights on which it runs."""
    _organiser, events = weekly("FREQ=DAILY")
    assert len(events) == MOST_AHEAD
    series = events[0].series
    assert series_sweep() == 0
    for days in (1, 5, 40):
        series_extend(series=series, today=timezone.now().date() + timedelta(days=10 + days))
    days = list(series.events.order_by("occurrence_on").values_list("occurrence_on", flat=True))
    assert days == [events[0].start_date + timedelta(days=n) for n in range(len(days))]
    # Forty of the sixty lay behind by then.
    assert len(days) == MOST_AHEAD + 40


def test_whoever_begins_a_long_series_does_not_wait_for_all_of_it():
    """The first are there at once, and a worker makes the rest."""
    organiser = member()
    first = event(organiser=organiser)
    series = series_start(event=first, actor=organiser, rule="FREQ=WEEKLY;COUNT=20")
    assert series.events.count() == 1 + MOST_AT_ONCE
    assert extend_one_series(series.pk) == 19 - MOST_AT_ONCE
    assert extend_one_series(series.pk) == 0


def test_a_year_ahead_is_made_and_no_more():
    """Of one a month."""
    _organiser, events = weekly("FREQ=MONTHLY;BYMONTHDAY=1", starts=_first_of_next_month())
    assert len(events) in (12, 13)
    assert events[-1].start_date <= timezone.now().date() + timedelta(days=366)


def _first_of_next_month() -> datetime:
    then = timezone.now().date().replace(day=28) + timedelta(days=10)
    return datetime(then.year, then.month, 1, 15, tzinfo=UTC)


def test_changing_only_this_one_leaves_the_others_and_what_follows_alone():
    """The next that is made is like those that were not changed."""
    organiser, events = weekly()
    event_change(event=events[-1], actor=organiser, fields={"title": "Cierre con visita"})
    titles = list(Event.objects.order_by("starts_at").values_list("title", flat=True))
    assert titles[:-1] == ["Compostaje en ciudades chicas"] * 4
    EventSeries.objects.update(rule="FREQ=WEEKLY;COUNT=6", made_until=events[-1].occurrence_on)
    (made,) = series_extend(series=events[0].series)
    assert made.title == "Compostaje en ciudades chicas"


def test_changing_this_and_following_skips_what_was_changed_alone_and_tells_each_person_once():
    """One line for who goes to several."""
    organiser, events = weekly()
    event_change(event=events[3], actor=organiser, fields={"venue": "Plaza"})
    person = registered(events[2]).user
    registered(events[4], person)
    following_change(event=events[1], actor=organiser, fields={"start_time": time(7), "title": "Temprano"})
    fresh = list(Event.objects.order_by("starts_at"))
    assert [one.title == "Temprano" for one in fresh] == [False, True, True, False, True]
    assert [one.sequence for one in fresh] == [0, 1, 1, 1, 1]
    assert {one.start_time for one in fresh if one.title == "Temprano"} == {time(7)}
    told = Notification.objects.filter(user=person, kind="event-changed", is_folded=False)
    assert [one.number for one in told] == [2]


def test_the_day_of_what_follows_is_not_changed_by_hand():
    """The rule says it."""
    organiser, events = weekly()
    with pytest.raises(DayIsTheRules):
        following_change(
            event=events[1], actor=organiser, fields={"start_date": events[1].start_date + timedelta(days=1)}
        )


def test_places_of_what_follows_are_not_lowered_under_the_registered_of_any():
    """Nothing changes, and the message says on which day."""
    organiser, events = weekly(capacity=9)
    for _one in range(2):
        registered(events[3])
    with pytest.raises(SeatsConflict, match=r"\d+ de \w+: .*2 personas"):
        following_change(event=events[1], actor=organiser, fields={"title": "Otro"}, capacity=1)


def test_cancelling_this_and_following_ends_the_series_and_keeps_what_was_before():
    """One notice to who goes to several."""
    organiser, events = weekly()
    person = registered(events[2]).user
    registered(events[3], person)
    following_cancel(event=events[2], actor=organiser, reason="Se terminó el programa")
    statuses = list(Event.objects.order_by("starts_at").values_list("status", flat=True))
    assert statuses == ["published"] * 2 + ["cancelled"] * 3
    assert series_sweep() == 0
    assert Notification.objects.filter(user=person, kind="event-cancelled").exists()


def test_what_is_made_next_is_not_copied_from_what_was_cancelled():
    """One may not take place, and the others go on."""
    organiser, events = weekly()
    event_cancel(event=events[-1], actor=organiser, reason="Feriado")
    EventSeries.objects.update(rule="FREQ=WEEKLY;COUNT=6")
    EventSeries.objects.update(made_until=events[-1].occurrence_on)
    (made,) = series_extend(series=events[0].series)
    assert made.status == "published"


def test_another_rule_takes_away_only_what_nobody_registered_for():
    """The rest is named, and somebody decides."""
    organiser, events = weekly()
    registered(events[2])
    changed = series_rule_change(event=events[1], actor=organiser, rule="FREQ=WEEKLY;INTERVAL=2;COUNT=3")
    assert (changed.removed, [one.pk for one in changed.kept]) == (1, [events[2].pk])
    days = list(Event.objects.filter(occurrence_on__isnull=False).order_by("occurrence_on"))
    start = events[1].start_date
    assert [one.start_date for one in days] == [
        events[0].start_date,
        *(start + timedelta(days=14 * n) for n in range(3)),
    ]
    assert Event.objects.filter(pk=events[2].pk, status="published", is_changed_alone=True).exists()
    assert not Entry.objects.filter(kind="event", object_id=events[4].pk).exists()


def test_a_series_that_is_ended_goes_on_no_more_and_loses_nothing():
    """Those that are there stay."""
    _organiser, events = weekly("FREQ=DAILY")
    series_end(series=events[0].series)
    assert series_extend(series=events[0].series, today=timezone.now().date() + timedelta(days=100)) == []
    assert Event.objects.count() == MOST_AHEAD
