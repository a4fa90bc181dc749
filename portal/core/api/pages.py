"""A page of a list for the API: by key, so that the last is as quick as the first."""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from portal.core.paging import Keyset

SIZE = 50
MOST = 200
Row = TypeVar("Row", bound=Model)
PAGES = [
    OpenApiParameter("cursor", description="From the addresses in next and previous."),
    OpenApiParameter("page_size", OpenApiTypes.INT, description=f"{SIZE} unless given, at most {MOST}."),
]


class ApiPage(Generic[Row]):
    """The rows that a request asks for, and the addresses of their neighbours.

    Raises:
        NotFound: its cursor is none of ours.
    """

    def __init__(self, request: Request, rows: QuerySet[Row], *fields: str) -> None:
        self._request = request
        keyset = Keyset(fields, size=page_size(request))
        cursor = request.query_params.get("cursor", "")
        if cursor and not keyset.reads(rows, cursor):
            raise NotFound(
                _("Ese cursor no es de este listado. Empezá sin «cursor» y seguí las direcciones «next».")
            )
        page = keyset.page(rows, cursor)
        self.rows = page.rows
        self._next, self._previous = page.next_cursor, page.previous_cursor

    def answer(self, shown: Callable[[Row], Any]) -> dict[str, Any]:
        """Return the page as the API tells it, each row told by a function."""
        return {
            "next": self._address(self._next),
            "previous": self._address(self._previous),
            "results": [shown(row) for row in self.rows],
        }

    def _address(self, cursor: str) -> str | None:
        return replace_query_param(self._request.build_absolute_uri(), "cursor", cursor) if cursor else None


def page_size(request: Request) -> int:
    """Return how many rows a request asks for, within what is allowed."""
    asked = request.query_params.get("page_size", "")
    return min(max(int(asked), 1), MOST) if asked.isascii() and asked.isdigit() and len(asked) < 10 else SIZE
