"""A page of the library for the API: by key, so that the last is as quick as the first."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from inspire.counts import ALL, Count, count, whole_tally
from inspire.exporting.batches import whole
from inspire.filters import SolutionFilter
from inspire.models import Solution
from inspire.orders import key_page_of, read_order

SIZE = 50
MOST = 200


class SolutionPage:
    """The rows that a request asks for, and what the answer says around them.

    Raises:
        NotFound: its cursor is none of ours.
    """

    def __init__(self, request: Request) -> None:
        self._request = request
        filters = SolutionFilter(request.query_params, queryset=Solution.objects.published())
        self.count: Count = count(filters.found) if filters.is_active else whole_tally().count(ALL)
        words = filters.asked.get("q", "")
        order = read_order(request.query_params.get("orden", ""), words, self.count)
        cursor = request.query_params.get("cursor", "")
        page = key_page_of(filters.found, order, words, cursor, size=_size(request))
        if page is None:
            raise NotFound(
                _("Ese cursor no es de este listado. Empezá sin «cursor» y seguí las direcciones «next».")
            )
        self.rows = _loaded([row.pk for row in page.rows])
        self._next, self._previous = page.next_cursor, page.previous_cursor

    def around(self) -> dict[str, Any]:
        """Return the count and the neighbours' addresses."""
        return {
            "count": self.count.number,
            "count_is_least": self.count.is_least,
            "next": self._address(self._next),
            "previous": self._address(self._previous),
        }

    def _address(self, cursor: str) -> str | None:
        return replace_query_param(self._request.build_absolute_uri(), "cursor", cursor) if cursor else None


def _size(request: Request) -> int:
    asked = request.query_params.get("page_size", "")
    return min(max(int(asked), 1), MOST) if asked.isascii() and asked.isdigit() and len(asked) < 10 else SIZE


def _loaded(ids: Iterable[int]) -> list[Solution]:
    """Load rows whole in the order of their ids: sorting moves keys only."""
    ids = list(ids)
    rows = {row.pk: row for row in whole(Solution.objects.published().filter(pk__in=ids))}
    return [rows[pk] for pk in ids if pk in rows]
