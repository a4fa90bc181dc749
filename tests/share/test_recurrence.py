"""Rules by which events repeat: read carefully, expanded within bounds."""

from datetime import date, timedelta
from itertools import pairwise
from time import perf_counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from share.recurrence import DAYS, RuleRefused, days_between, rule_read

ZONE = "America/Argentina/Buenos_Aires"
TUESDAY = date(2026, 12, 8)
FAR = date(2036, 1, 1)


def read(text: str, first: date = TUESDAY):
    """Return a rule as it was understood."""
    return rule_read(text, first=first, time_zone=ZONE)


@pytest.mark.parametrize(
    ("text", "first", "second"),
    [
        ("FREQ=WEEKLY;BYDAY=TU,TH", TUESDAY, date(2026, 12, 10)),
        ("rrule:freq=monthly;byday=2tu;count=6", TUESDAY, date(2027, 1, 12)),
        ("FREQ=MONTHLY;BYDAY=-1TH;UNTIL=20271231", date(2026, 12, 31), date(2027, 1, 28)),
        ("FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", date(2026, 12, 31), date(2027, 1, 29)),
        ("FREQ=MONTHLY", date(2027, 1, 31), date(2027, 3, 31)),
        ("FREQ=YEARLY", TUESDAY, date(2027, 12, 8)),
        ("FREQ=WEEKLY;UNTIL=20261216T020000Z", TUESDAY, date(2026, 12, 15)),
    ],
)
def test_what_people_repeat_by_is_understood(text, first, second):
    """And a rule that is written down again means the same."""
    rule = read(text, first)
    assert days_between(rule, first=first, after=None, until=FAR, most=2) == [first, second]
    assert read(str(rule), first) == rule


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "hola",
            "FREQ=SECONDLY",
            "FREQ=HOURLY;COUNT=3",
            "FREQ=WEEKLY;FREQ=DAILY",
            "FREQ=WEEKLY;BYDAY=XX",
        ),
        *(
            "FREQ=DAILY;COUNT=1000000000",
            "FREQ=DAILY;COUNT=0",
            "FREQ=DAILY;COUNT=-1",
            "FREQ=DAILY;INTERVAL=0",
        ),
        *(
            "FREQ=DAILY;INTERVAL=100000000000000000000",
            "FREQ=DAILY;UNTIL=20200101",
            "FREQ=DAILY;UNTIL=99999999",
        ),
        *(
            "FREQ=DAILY;UNTIL=00010101T000000Z",
            "FREQ=DAILY;BYHOUR=1,2,3",
            "FREQ=WEEKLY;COUNT=2;UNTIL=20270101",
        ),
        *(
            "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
            "FREQ=WEEKLY;BYDAY=MO",
        ),
        *(
            "FREQ=WEEKLY;BYDAY=2TU",
            "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1",
            "FREQ=WEEKLY;WKST=SU",
            "FREQ=DAILY;" * 99,
        ),
        *("FREQ=WEEKLY\r\nEXDATE:20270101", "FREQ=YEARLY;BYWEEKNO=53", "FREQ=YEARLY;BYYEARDAY=366"),
    ],
)
def test_a_hostile_or_empty_rule_is_refused_at_once(text):
    """With a sentence, not by waiting for the year 9999."""
    begun = perf_counter()
    with pytest.raises(RuleRefused) as refused:
        read(text)
    assert str(refused.value)
    assert perf_counter() - begun < 1


def test_a_rule_that_hardly_ever_happens_is_expanded_within_bounds():
    """Every 97th day that is a 29th of February."""
    begun = perf_counter()
    leap = date(2028, 2, 29)
    for text in (
        "FREQ=DAILY;INTERVAL=97;BYMONTH=2;BYMONTHDAY=29",
        "FREQ=YEARLY;INTERVAL=99;BYMONTH=2;BYMONTHDAY=29",
    ):
        assert days_between(read(text, leap), first=leap, after=None, until=FAR, most=60) == [leap]
    assert perf_counter() - begun < 1


@st.composite
def rules(draw):
    """Return a rule that its first day meets, and that day."""
    first = draw(st.dates(date(2026, 1, 1), date(2027, 12, 31)))
    parts = {
        "DAILY": "FREQ=DAILY",
        "WEEKLY": f"FREQ=WEEKLY;BYDAY={','.join({DAYS[first.weekday()], draw(st.sampled_from(DAYS))})}",
        "MONTHLY": "FREQ=MONTHLY",
        "NTH": f"FREQ=MONTHLY;BYDAY={(first.day - 1) // 7 + 1}{DAYS[first.weekday()]}",
    }
    text = parts[draw(st.sampled_from(sorted(parts)))] + f";INTERVAL={draw(st.integers(1, 4))}"
    if draw(st.booleans()):
        text += f";COUNT={draw(st.integers(1, 40))}"
    return text, first


@settings(max_examples=60, deadline=None)
@given(rules(), st.integers(1, 300), st.integers(1, 20))
def test_days_increase_and_going_on_from_any_of_them_equals_expanding_at_once(rule, step, most):
    """The law of the nightly sweep."""
    text, first = rule
    read_rule = read(text, first)
    end = first + timedelta(days=700)
    whole = days_between(read_rule, first=first, after=None, until=end, most=1000)
    assert whole[0] == first
    assert all(one < other for one, other in pairwise(whole))
    found: list[date] = []
    after, horizon = None, first
    while horizon < end:
        horizon = min(horizon + timedelta(days=step), end)
        while some := days_between(read_rule, first=first, after=after, until=horizon, most=most):
            found += some
            after = some[-1]
    assert found == whole
