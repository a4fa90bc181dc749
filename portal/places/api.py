"""Countries and municipalities for partner systems; public data, read only."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Field
from rest_framework import serializers, viewsets
from rest_framework.exceptions import NotFound
from rest_framework.pagination import Cursor, CursorPagination
from rest_framework.permissions import AllowAny
from rest_framework.request import Request

from portal.places.filters import MunicipalityFilter
from portal.places.models import Country, Municipality, MunicipalityCode


class CountrySerializer(serializers.ModelSerializer):
    """A country's code and names."""

    class Meta:
        model = Country
        fields = ["code", "name_es", "name_en", "name_pt", "continent"]


class MunicipalityCodeSerializer(serializers.ModelSerializer):
    """The code of one source."""

    class Meta:
        model = MunicipalityCode
        fields = ["source", "code"]


class MunicipalitySerializer(serializers.ModelSerializer):
    """What the portal knows of a municipality, with the codes by which others know it."""

    country = serializers.CharField(source="country_id")
    codes = MunicipalityCodeSerializer(many=True, read_only=True)

    class Meta:
        model = Municipality
        fields = [
            "id", "name", "country", "region_code", "region_name", "department", "category", "latitude", "longitude",
            "population", "population_year", "website", "codes",
        ]  # fmt: skip


class CheckedCursorPagination(CursorPagination):
    """Pages in the order of one field, where a cursor with a value that the field cannot have is not found."""

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        """Return the page that the request's cursor points at."""
        self.field: Field = queryset.model._meta.get_field(self.ordering)
        return super().paginate_queryset(queryset, request, view)

    def decode_cursor(self, request: Request) -> Cursor | None:
        """Read the cursor.

        Raises:
            NotFound: it is none of ours.
        """
        cursor = super().decode_cursor(request)
        if cursor is not None and cursor.position is not None and not self._is_key(str(cursor.position)):
            raise NotFound(self.invalid_cursor_message)
        return cursor

    def _is_key(self, position: str) -> bool:
        try:
            self.field.to_python(position)
        except ValidationError:
            return False
        # A number cannot hold a NUL; a text could, and the database takes none.
        return "\0" not in position


class ByCode(CheckedCursorPagination):
    """Countries in the order of their codes."""

    ordering = "code"
    page_size = 300


class ById(CheckedCursorPagination):
    """Municipalities in an order that imports do not shuffle, so that a partner can read them all."""

    ordering = "id"
    page_size = 100
    page_size_query_param = "page_size"
    max_page_size = 500


class CountryViewSet(viewsets.ReadOnlyModelViewSet):
    """Countries."""

    queryset = Country.objects.all()
    serializer_class = CountrySerializer
    permission_classes = [AllowAny]
    pagination_class = ByCode
    lookup_value_regex = "[A-Za-z]{2}"
    filter_backends: list[type] = []


class MunicipalityViewSet(viewsets.ReadOnlyModelViewSet):
    """Municipalities, by country, region, name, official code or population."""

    queryset = Municipality.objects.prefetch_related("codes")
    serializer_class = MunicipalitySerializer
    permission_classes = [AllowAny]
    pagination_class = ById
    filterset_class = MunicipalityFilter
