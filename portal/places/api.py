"""Countries and municipalities for partner systems; public data, read only."""

from rest_framework import serializers, viewsets
from rest_framework.pagination import CursorPagination
from rest_framework.permissions import AllowAny

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


class ByCode(CursorPagination):
    """Countries in the order of their codes."""

    ordering = "code"
    page_size = 300


class ById(CursorPagination):
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
    filter_backends: list[type] = []


class MunicipalityViewSet(viewsets.ReadOnlyModelViewSet):
    """Municipalities, by country, region, name, official code or population."""

    queryset = Municipality.objects.prefetch_related("codes")
    serializer_class = MunicipalitySerializer
    permission_classes = [AllowAny]
    pagination_class = ById
    filterset_class = MunicipalityFilter
