"""What a place's clock shows, and the moments that follow: with the rules of the package, not of the machine."""

import zoneinfo
from datetime import UTC, date, datetime, time

import pytest
import tzdata

from share.times import NoSuchTime, TimeRefused, clock_at, latest_year, moment, moments, shown_twice

ASUNCION, SANTIAGO, MADRID = "America/Asuncion", "America/Santiago", "Europe/Madrid"
BUENOS_AIRES = "America/Argentina/Buenos_Aires"


def test_rules_come_from_the_package_and_know_that_paraguay_stays_at_three_hours():
    """The clock in Asunción is put back no more since October 2024, whatever the machine knows."""
    assert zoneinfo.TZPATH == ()
    assert tzdata.IANA_VERSION >= "2024b"
    assert moment(date(2027, 7, 1), time(10), ASUNCION) == datetime(2027, 7, 1, 13, tzinfo=UTC)
    assert moment(date(2027, 1, 1), time(10), ASUNCION) == datetime(2027, 1, 1, 13, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "zone", "hour"),
    [
        (date(2027, 1, 15), SANTIAGO, 13),
        (date(2027, 7, 15), SANTIAGO, 14),
        (date(2027, 1, 15), MADRID, 9),
        (date(2027, 7, 15), MADRID, 8),
        (date(2027, 1, 15), BUENOS_AIRES, 13),
        (date(2027, 7, 15), BUENOS_AIRES, 13),
    ],
)
def test_ten_o_clock_is_the_moment_at_which_that_clock_shows_it(day, zone, hour):
    """Chile and Spain put their clocks forward and back, Argentina does not."""
    assert moment(day, time(10), zone) == datetime(day.year, day.month, day.day, hour, tzinfo=UTC)
    assert clock_at(moment(day, time(10), zone), zone).time() == time(10)


def test_a_time_that_the_clock_jumps_over_is_refused_and_another_proposed():
    """In Santiago 2027-09-05 begins at one o'clock."""
    with pytest.raises(NoSuchTime) as refused:
        moment(date(2027, 9, 5), time(0, 30), SANTIAGO)
    assert refused.value.field == "start_time"
    assert "no hay 00:30 en Santiago" in str(refused.value)
    assert "01:30" in str(refused.value)


def test_of_a_time_that_is_shown_twice_the_first_is_meant_and_said():
    """In Santiago the clock shows 23:30 twice on 2027-04-03."""
    found = moments(
        start_date=date(2027, 4, 3),
        start_time=time(23, 30),
        end_date=date(2027, 4, 4),
        end_time=time(1),
        time_zone=SANTIAGO,
    )
    assert found.starts_at == datetime(2027, 4, 4, 2, 30, tzinfo=UTC)
    assert found.twice == ("start_time",)
    assert not shown_twice(date(2027, 4, 3), time(10), SANTIAGO)
    assert not shown_twice(date(2027, 9, 5), time(0, 30), SANTIAGO)


@pytest.mark.parametrize(
    ("start", "end", "field"),
    [
        ((date(2027, 3, 1), time(10)), (date(2027, 3, 1), time(9)), "end_time"),
        ((date(2027, 3, 1), time(10)), (date(2027, 3, 1), time(10)), "end_time"),
        ((date(2027, 3, 2), time(10)), (date(2027, 3, 1), time(11)), "end_date"),
        ((date(1, 1, 1), time(0)), (date(2027, 3, 1), time(11)), "start_date"),
        ((date(2027, 3, 1), time(10)), (date(9999, 12, 31), time(23, 59)), "end_date"),
        ((date(2027, 3, 1), time(10)), (date(2028, 3, 9), time(10)), "end_date"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field_at_fault(start, end, field):
    """It ends before it starts, takes years, or lies where no event is."""
    with pytest.raises(TimeRefused) as refused:
        moments(
            start_date=start[0], start_time=start[1], end_date=end[0], end_time=end[1], time_zone=BUENOS_AIRES
        )
    assert refused.value.field == field


def test_years_go_ten_ahead():
    """A slip of the finger in the year is met by the form."""
    with pytest.raises(TimeRefused, match=str(latest_year())):
        moments(
            start_date=date(latest_year() + 1, 3, 1),
            start_time=time(10),
            end_date=date(latest_year() + 1, 3, 1),
            end_time=time(11),
            time_zone=BUENOS_AIRES,
        )
