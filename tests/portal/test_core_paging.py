import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Length
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.catalog.models import Entry
from portal.core.paging import Keyset
from portal.notices.models import Notification
from tests.portal.catalog_factories import EntryFactory
from tests.portal.notices_factories import a_person

NEWEST = Keyset(("-published_at", "-id"), size=3)
START = datetime(2026, 1, 1, tzinfo=UTC)
DAY = START.isoformat()
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.datetimes().map(str)
JSON = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner))


def encoded(text: str | bytes) -> str:
    raw = text if isinstance(text, bytes) else text.encode()
    return base64.urlsafe_b64encode(raw).decode().rstrip("=")


def cursor_of(*parts: Any) -> str:
    return encoded(json.dumps(parts))


CURSORS = st.one_of(
    st.text(),
    st.binary().map(encoded),
    JSON.map(json.dumps).map(encoded),
    st.lists(SCALARS, min_size=2, max_size=3).map(lambda parts: cursor_of(0, *parts)),
    st.tuples(st.sampled_from([0, 1]), st.datetimes().map(lambda at: f"{at.isoformat()}+00:00"), SCALARS).map(
        lambda parts: cursor_of(*parts)
    ),
)


def walk(keyset: Keyset, rows) -> list[list[int]]:
    """Follow "next" from the first page to the last."""
    pages, cursor = [], ""
    while True:
        page = keyset.page(rows, cursor)
        pages.append([row.pk for row in page.rows])
        if not page.next_cursor:
            return pages
        cursor = page.next_cursor


class WalkingPages(TestCase):
    @settings(max_examples=25)
    @given(st.lists(st.integers(0, 3), max_size=14), st.integers(1, 5))
    def test_every_row_is_met_once_and_in_order_whatever_the_ties(self, hours: list[int], size: int) -> None:
        Entry.objects.all().delete()
        for number, hour in enumerate(hours):
            EntryFactory(object_id=number, published_at=START + timedelta(hours=hour))
        met = [
            pk for page in walk(Keyset(("-published_at", "-id"), size), Entry.objects.all()) for pk in page
        ]
        assert met == list(Entry.objects.newest().values_list("pk", flat=True))


class AnyCursor(TestCase):
    @settings(deadline=None)
    @given(CURSORS)
    def test_no_cursor_raises(self, cursor: str) -> None:
        for keyset in (NEWEST, Keyset(("title", "-id")), Keyset(("-area_count", "country__name_es", "id"))):
            rows = Entry.objects.annotate(area_count=Length("kind"))
            assert keyset.page(rows, cursor).rows == []


@pytest.fixture
def ten_entries(db) -> list[int]:
    return [EntryFactory(published_at=START + timedelta(hours=number // 2)).pk for number in range(10)]


def test_back_leads_to_the_page_one_came_from(ten_entries: list[int]) -> None:
    first = NEWEST.page(Entry.objects.all())
    second = NEWEST.page(Entry.objects.all(), first.next_cursor)
    back = NEWEST.page(Entry.objects.all(), second.previous_cursor)
    assert [row.pk for row in back.rows] == [row.pk for row in first.rows]
    assert not back.previous_cursor
    assert first.previous_cursor == ""


@pytest.mark.parametrize("cursor", ["x", "%%%", "W10", "eyJhIjoxfQ", "WzAsbnVsbCxudWxsXQ", "é"])
def test_an_unreadable_cursor_leads_to_the_first_page(ten_entries: list[int], cursor: str) -> None:
    page = NEWEST.page(Entry.objects.all(), cursor)
    assert [row.pk for row in page.rows] == [row.pk for row in NEWEST.page(Entry.objects.all()).rows]


@pytest.mark.parametrize(
    ("field", "part"),
    [
        ("published_at", float("nan")),
        ("published_at", 5),
        ("published_at", True),
        ("published_at", "x"),
        ("published_at", "9999-99-99"),
        ("published_at", "2026-02-30T00:00:00+00:00"),
        ("published_at", "2026-01-01T00:00:00"),
        ("published_at", "2026-01-01"),
        ("published_at", "0001-01-01T00:00:00+14:00"),
        ("published_at", "9999-12-31T23:59:59-12:00"),
        ("published_at", "\0"),
        ("object_id", "x"),
        ("object_id", "3"),
        ("object_id", 3.5),
        ("object_id", True),
        ("object_id", float("nan")),
        ("object_id", float("inf")),
        ("object_id", [1]),
        ("object_id", {"a": 1}),
        ("object_id", None),
        ("latitude", float("nan")),
        ("latitude", float("inf")),
        ("title", "a\0b"),
        ("title", "\ud800"),
        ("title", 3),
    ],
)
def test_a_cursor_of_values_that_no_page_writes_leads_to_the_first_page(
    ten_entries: list[int], field: str, part: Any
) -> None:
    keyset = Keyset((field, "id"), size=3)
    rows = Entry.objects.exclude(**{f"{field}__isnull": True})
    page = keyset.page(rows, cursor_of(0, part, ten_entries[2]))
    assert page == keyset.page(rows)


@pytest.mark.parametrize(
    "text",
    ["[" * 20_000, "9" * 5000, '[2,"x",1]', '{"a":1,"b":2,"c":3}', '"abc"', "5", b"\xff\xfe", f'[0,"{DAY}"]'],
)
def test_a_cursor_of_another_shape_leads_to_the_first_page(ten_entries: list[int], text: str | bytes) -> None:
    assert NEWEST.page(Entry.objects.all(), encoded(text)) == NEWEST.page(Entry.objects.all())


def test_a_number_beyond_those_of_the_database_is_past_the_last_row(ten_entries: list[int]) -> None:
    assert Keyset(("id",)).page(Entry.objects.all(), cursor_of(0, 10**30)).rows == []


def test_a_key_may_be_annotated_or_of_a_related_row(db: None) -> None:
    person = a_person()
    made = [
        Notification.objects.create(
            user=person, kind="x", text="x", fact=str(number), url="/", read_at=read_at
        )
        for number, read_at in enumerate([START, None, START, None])
    ]
    unread_first = [made[number].pk for number in (3, 1, 2, 0)]
    met = walk(Keyset(("is_read", "user__email", "-id"), size=1), Notification.objects.with_is_read())
    assert [pk for page in met for pk in page] == unread_first


def test_a_page_is_one_query(ten_entries: list[int]) -> None:
    with CaptureQueriesContext(connection) as captured:
        NEWEST.page(Entry.objects.all())
    assert len(captured) == 1
