"""Time zones in calendars: the right local time from the VTIMEZONE alone, before and after each change of clocks."""

import io
from datetime import UTC, datetime, timedelta
from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from dateutil.tz import tzical

from share.calendars.zones import zone_text

at = datetime.fromisoformat
SANTIAGO, MADRID, ASUNCION = "America/Santiago", "Europe/Madrid", "America/Asuncion"
BUENOS_AIRES = "America/Argentina/Buenos_Aires"


def by_its_text(zone: str, wall: datetime, first_year: int = 0) -> datetime:
    """Return the moment of a wall clock as whoever reads the VTIMEZONE and nothing else works it out."""
    text = zone_text(zone, first_year or wall.year, wall.year)
    return wall.replace(tzinfo=tzical(io.StringIO(text)).get(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "wall", "utc_hour"),
    [
        # Chile puts its clocks back on 5 April 2026 and forward on 6 September, at midnight.
        (SANTIAGO, at("2026-04-04T19:00"), 22),
        (SANTIAGO, at("2026-04-05T19:00"), 23),
        (SANTIAGO, at("2026-09-05T19:00"), 23),
        (SANTIAGO, at("2026-09-06T01:00"), 4),
        (SANTIAGO, at("2026-09-06T19:00"), 22),
        # Paraguay stays at -03 since October 2024; the winter before was at -04.
        (ASUNCION, at("2024-07-01T12:00"), 16),
        (ASUNCION, at("2024-10-06T01:00"), 4),
        (ASUNCION, at("2025-07-01T12:00"), 15),
        (ASUNCION, at("2026-07-01T12:00"), 15),
        # Spain on 29 March and 25 October 2026; the first hour of summer time is right too.
        (MADRID, at("2026-03-28T10:00"), 9),
        (MADRID, at("2026-03-29T03:00"), 1),
        (MADRID, at("2026-03-29T10:00"), 8),
        (MADRID, at("2026-10-24T10:00"), 8),
        (MADRID, at("2026-10-25T10:00"), 9),
        # Argentina has no summer time.
        (BUENOS_AIRES, at("2026-01-10T10:00"), 13),
        (BUENOS_AIRES, at("2026-07-10T10:00"), 13),
    ],
)
def test_the_text_of_a_zone_alone_tells_the_right_moment(zone, wall, utc_hour):
    assert by_its_text(zone, wall).hour == utc_hour


def test_a_feed_that_begins_before_paraguay_changed_its_rule_is_right_on_both_sides():
    assert by_its_text(ASUNCION, at("2026-07-01T12:00"), first_year=2024).hour == 15


@pytest.mark.parametrize("zone", [SANTIAGO, MADRID])
def test_where_clocks_change_every_year_a_rule_says_so_for_the_years_to_come(zone):
    text = zone_text(zone, 2026, 2026)
    assert text.count("RRULE:FREQ=YEARLY") == 2 and "RDATE" not in text
    for year in range(2027, 2037):
        for month in (1, 7):
            wall = at(f"{year}-{month:02}-15T12:00")
            expected = wall.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            read = wall.replace(tzinfo=tzical(io.StringIO(text)).get(zone)).astimezone(UTC)
            assert read == expected


def test_a_zone_without_summer_time_says_one_thing_only():
    for zone in (BUENOS_AIRES, ASUNCION):
        assert zone_text(zone, 2026, 2027).count("BEGIN:STANDARD") == 1
        assert "DAYLIGHT" not in zone_text(zone, 2026, 2027)


def test_universal_time_needs_no_explanation():
    assert zone_text("UTC", 2026, 2026) == ""


@pytest.mark.parametrize(
    "zone",
    # Rules that RFC 5545 writes in an unusual way or not at all, and zones that broke their rule.
    [
        "Africa/Cairo", "Africa/Casablanca", "America/Havana", "America/Mexico_City", "America/Nuuk",
        "America/Sao_Paulo", "Asia/Gaza", "Asia/Jerusalem", "Australia/Lord_Howe", "Europe/Dublin",
        "Pacific/Easter", "Antarctica/Troll",
    ],
)  # fmt: skip
def test_other_zones_agree_with_the_zone_data_too(zone):
    read = tzical(io.StringIO(zone_text(zone, 2021, 2027))).get(zone)
    with files("tzdata.zoneinfo").joinpath(*zone.split("/")).open("rb") as data:
        known = ZoneInfo.from_file(data)
    wall = at("2021-01-01T00:30")
    while wall < at("2029-01-01T00:00"):
        wall += timedelta(days=5, hours=7)
        assert wall.replace(tzinfo=read).utcoffset() == wall.replace(tzinfo=known).utcoffset(), wall
