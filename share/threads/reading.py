"""Conversations as one reader finds them: which, how many, what each further choice would leave, what is new to her."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.http import HttpRequest

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from portal.core.paging import KeysetPage
from portal.facets.addends import addends_summed
from portal.facets.counts import Counted, Tally, counted, tally_rows
from share.models import ListCount, Thread
from share.querysets.threads import ThreadQuerySet
from share.threads.filters import ThreadFilter, View
from share.threads.orders import Sorting, read_order

MOST_PINNED = 5
# Nobody counts further than that.
MOST_NEW = 99
# Of each conversation that she reads, no more posts are looked at than are counted.
_NEW = """
    SELECT reader.thread_id, reader.is_following, (
        SELECT count(*) FROM (
            SELECT 1 FROM share_post AS post
            WHERE post.thread_id = reader.thread_id AND post.number > reader.read_number AND post.status = 'visible'
                AND post.author_id IS DISTINCT FROM reader.user_id
            LIMIT %s) AS news)
    FROM share_threadreader AS reader WHERE reader.user_id = %s AND reader.thread_id = ANY(%s)
"""


@dataclass(frozen=True)
class Marks:
    """What a person has to do with a conversation of a list: how much is new to her, and whether she follows it."""

    new: int = 0
    is_following: bool = False

    @property
    def is_many(self) -> bool:
        """Whether there is more than is counted."""
        return self.new > MOST_NEW


class FoundThreads:
    """What a request asks for of what its reader may find: a set, its counts and its order.

    Args:
        request: of a page or of the API; its `user` is the reader.
        asked: the parameters.
    """

    def __init__(self, request: HttpRequest | Any, asked: Mapping[str, Any]) -> None:
        self.reader = request.user
        listed: ThreadQuerySet = Thread.objects.visible_to(self.reader).shown()
        self.filters = ThreadFilter(asked, queryset=listed, request=request)
        self.text: str = self.filters.asked.get("q", "")
        self.view: View = self.filters.view
        self.counts: Counted = counted(self.filters, whole=whole_tally(self.reader), tally=_tallies)
        self.sorting: Sorting = read_order(
            str(asked.get("orden", "")),
            view=self.view,
            total=self.counts.total,
            is_filtered=self.filters.is_active,
        )

    @property
    def threads(self) -> ThreadQuerySet:
        """The set itself; what stands pinned above the unfiltered list does not stand in it a second time."""
        found: ThreadQuerySet = self.filters.found
        return found if self.filters.is_active else found.exclude(is_pinned=True)

    def page(self, cursor: str) -> KeysetPage[Thread]:
        """Return one page of it."""
        return self.sorting.page(self.threads, cursor) if self.counts.total else KeysetPage([], "", "")

    def pinned(self) -> list[Thread]:
        """Return what the team keeps on top, where nothing less than everything is asked for."""
        if self.filters.is_active:
            return []
        found: ThreadQuerySet = self.filters.queryset
        return list(found.filter(is_pinned=True).for_list().order_by("-last_post_at", "-id")[:MOST_PINNED])


def whole_tally(reader: Any) -> Tally:
    """Return the kept counts of everything that a reader of this level may find."""
    audience = "members" if reading_level(reader) in MEMBERS_LEVELS else "public"
    return Tally(addends_summed(ListCount, beginning=f"{audience}|"))


def marks_of(reader: Any, thread_ids: Collection[int]) -> dict[int, Marks]:
    """Return what a person has to do with conversations, by their keys; one query, none for a visitor."""
    if not reader.is_authenticated or reader.pk is None or not thread_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_NEW, [MOST_NEW + 1, reader.pk, list(thread_ids)])
        return {key: Marks(new, is_following) for key, is_following, new in cursor.fetchall()}


def _tallies(sets: Sequence[ThreadQuerySet]) -> list[Tally]:
    keys = "unnest(found.facet_keys || ARRAY['all'])"
    return tally_rows([found.values_list("facet_keys") for found in sets], keys)
