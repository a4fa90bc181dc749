"""When an e-mail may go, in the hours of the person who gets it."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.notices.timing import Hours, zone_named

BUENOS_AIRES, NEW_YORK = "America/Argentina/Buenos_Aires", "America/New_York"
# Two years, to the minute.
moments = st.integers(0, 2 * 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
clocks = st.builds(time, st.integers(0, 23), st.sampled_from([0, 15, 30, 45]))


def at(text: str, zone: str = BUENOS_AIRES) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("mode", "weekday", "now", "due"),
    [
        ("now", 0, "2026-11-22T12:00", "2026-11-22T12:00"),
        ("daily", 0, "2026-11-22T07:59", "2026-11-22T08:00"),
        ("daily", 0, "2026-11-22T08:00", "2026-11-23T08:00"),
        ("daily", 0, "2026-12-31T23:00", "2027-01-01T08:00"),
        ("weekly", 0, "2026-11-22T12:00", "2026-11-23T08:00"),
        ("weekly", 6, "2026-11-22T07:00", "2026-11-22T08:00"),
        ("weekly", 6, "2026-11-22T08:00", "2026-11-29T08:00"),
        ("weekly", 5, "2026-11-22T08:00", "2026-11-28T08:00"),
    ],
)
def test_digests_come_on_the_next_local_morning(mode, weekday, now, due):
    assert Hours(BUENOS_AIRES, weekday=weekday).due(mode, at(now)) == at(due)


def test_each_person_s_morning_is_where_she_is():
    now = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
    assert Hours(BUENOS_AIRES).due("daily", now) == datetime(2026, 11, 22, 11, tzinfo=UTC)
    assert Hours("Europe/Madrid").due("daily", now) == datetime(2026, 11, 23, 7, tzinfo=UTC)


def test_the_morning_stays_at_eight_when_clocks_change():
    assert Hours(NEW_YORK).due("daily", at("2026-03-07T12:00", NEW_YORK)) == at("2026-03-08T08:00", NEW_YORK)
    assert Hours(NEW_YORK).due("daily", at("2026-10-31T12:00", NEW_YORK)) == at("2026-11-01T08:00", NEW_YORK)


@pytest.mark.parametrize(
    ("quiet", "now", "due"),
    [
        ((22, 7), "2026-11-22T21:59", "2026-11-22T21:59"),
        ((22, 7), "2026-11-22T22:00", "2026-11-23T07:00"),
        ((22, 7), "2026-11-23T03:00", "2026-11-23T07:00"),
        ((22, 7), "2026-11-23T07:00", "2026-11-23T07:00"),
        ((13, 16), "2026-11-22T14:30", "2026-11-22T16:00"),
        ((13, 16), "2026-11-22T16:00", "2026-11-22T16:00"),
        ((13, 16), "2026-11-22T12:59", "2026-11-22T12:59"),
        ((9, 9), "2026-11-22T09:00", "2026-11-22T09:00"),
    ],
)
def test_an_e_mail_waits_for_the_end_of_quiet_hours(quiet, now, due):
    hours = Hours(BUENOS_AIRES, time(quiet[0]), time(quiet[1]))
    assert hours.due("now", at(now)) == at(due)


def test_a_digest_respects_quiet_hours_too():
    hours = Hours(BUENOS_AIRES, time(20), time(10))
    assert hours.due("daily", at("2026-11-22T12:00")) == at("2026-11-23T10:00")


def test_quiet_hours_end_at_a_time_that_exists_and_do_not_end_twice():
    # Half past two does not exist that night; half past one comes twice in the other.
    spring = Hours(NEW_YORK, time(22), time(2, 30)).due("now", at("2026-03-08T01:45", NEW_YORK))
    assert spring == at("2026-03-08T03:30", NEW_YORK)
    second = datetime(2026, 11, 1, 1, 10, tzinfo=ZoneInfo(NEW_YORK), fold=1).astimezone(UTC)
    autumn = Hours(NEW_YORK, time(22), time(1, 30)).due("now", second)
    assert autumn == datetime(2026, 11, 1, 6, 30, tzinfo=UTC)


@pytest.mark.parametrize("name", ["", "Nowhere/Town", "../../etc/passwd", "America", "\x00", "ñ"])
def test_a_zone_that_nobody_knows_is_the_portal_s(name):
    assert zone_named(name) == ZoneInfo(BUENOS_AIRES)


@given(
    now=moments,
    quiet_from=clocks,
    quiet_until=clocks,
    weekday=st.integers(0, 6),
    mode=st.sampled_from(["now", "daily", "weekly"]),
    zone=st.sampled_from([BUENOS_AIRES, NEW_YORK, "Europe/Madrid", "Australia/Lord_Howe"]),
)
def test_no_e_mail_goes_before_it_was_written_nor_in_quiet_hours_nor_much_too_late(
    now, quiet_from, quiet_until, weekday, mode, zone
):
    hours = Hours(zone, quiet_from, quiet_until, weekday)
    due = hours.due(mode, now)
    assert due >= now
    assert hours.out_of_quiet(due) == due
    assert (due - now).days <= {"now": 1, "daily": 2, "weekly": 8}[mode]
