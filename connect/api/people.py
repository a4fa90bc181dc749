"""People for partner systems: what their page shows to whoever asks, and never an e-mail address."""

from typing import Any
from uuid import UUID

from django.http import HttpResponseBase
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import viewsets
from rest_framework.exceptions import NotFound
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.utils.urls import replace_query_param

from connect.api.serializers import PersonPageSerializer, PersonSerializer
from connect.directory.reading import Order, Sorting, counted, findable_by, read_order
from connect.filters import DirectoryFilter
from connect.models import DirectoryEntry
from connect.people.finding import shown_people, shown_person
from portal.core.api.conditional import conditional
from portal.core.api.pages import PAGES, page_size
from portal.core.paging import Keyset
from portal.facets.peers import read_peers

_FILTERS = [
    OpenApiParameter(name, many=name in DirectoryFilter.facets) for name in DirectoryFilter.base_filters
]
_ORDER = [
    OpenApiParameter("orden", enum=[str(order) for order in Order]),
    OpenApiParameter("desde", description="The municipality to compare with, for orden=similares."),
]


class PersonViewSet(viewsets.GenericViewSet):
    """The directory of people with the filters of its page, and what each of them lets the reader see."""

    queryset = DirectoryEntry.objects.none()
    serializer_class = PersonSerializer
    permission_classes = [AllowAny]
    filter_backends: list[type] = []
    pagination_class = None
    lookup_field = "public_id"
    lookup_value_converter = "uuid"

    @extend_schema(parameters=[*_FILTERS, *_ORDER, *PAGES], responses=PersonPageSerializer)
    def list(self, request: Request) -> HttpResponseBase:
        """List whom the reader may find, a page at a time."""
        filters = DirectoryFilter(request.query_params, queryset=findable_by(request.user))
        total = counted(filters, request.user).total
        sorting = self._sorting(request, filters, total)
        cursor = request.query_params.get("cursor", "")
        if cursor and not Keyset(sorting.fields).reads(sorting.rows(filters.found), cursor):
            raise NotFound(
                _("Ese cursor no es de este listado. Empezá sin «cursor» y seguí las direcciones «next».")
            )
        page = sorting.page(filters.found, cursor, size=page_size(request))
        people = shown_people(request.user, [row.user_id for row in page.rows])
        shown = [people[row.user_id] for row in page.rows if row.user_id in people]
        answer = {
            "count": total.number,
            "count_is_least": total.is_least,
            "next": _address(request, page.next_cursor),
            "previous": _address(request, page.previous_cursor),
            "results": self.get_serializer(shown, many=True).data,
        }
        return conditional(request, answer)

    def retrieve(self, request: Request, public_id: UUID) -> HttpResponseBase:
        """Tell what the reader may see of one person."""
        return conditional(request, self.get_serializer(shown_person(request.user, public_id)).data)

    def _sorting(self, request: Request, filters: DirectoryFilter, total: Any) -> Sorting:
        asked = request.query_params.get("orden", "")
        peers = read_peers(request.query_params.get("desde", "")) if asked == Order.SIMILAR else None
        return read_order(asked, text=filters.asked.get("q", ""), total=total, peers=peers)


def _address(request: Request, cursor: str) -> str | None:
    return replace_query_param(request.build_absolute_uri(), "cursor", cursor) if cursor else None
