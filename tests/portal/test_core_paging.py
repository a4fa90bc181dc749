from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from portal.catalog.models import Entry
from portal.core.paging import Keyset
from tests.portal.catalog_factories import EntryFactory

NEWEST = Keyset(("-published_at", "-id"), size=3)
START = datetime(2026, 1, 1, tzinfo=UTC)


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


def test_a_page_is_one_query(ten_entries: list[int]) -> None:
    with CaptureQueriesContext(connection) as captured:
        NEWEST.page(Entry.objects.all())
    assert len(captured) == 1
