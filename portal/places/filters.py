"""Narrowing lists of places down."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.places.models import Municipality


class MunicipalityFilter(django_filters.FilterSet):
    """Municipalities by country, region, name and official code."""

    country = django_filters.CharFilter(
        field_name="country_id", lookup_expr="exact", label=_("código ISO del país")
    )
    region_code = django_filters.CharFilter(label=_("código de provincia o región"))
    q = django_filters.CharFilter(method="by_name", label=_("primeras letras del nombre"))
    source = django_filters.CharFilter(method="by_source", label=_("fuente que lo conoce"))
    code = django_filters.CharFilter(method="by_code", label=_("código oficial, con su fuente"))
    min_population = django_filters.NumberFilter(
        field_name="population", lookup_expr="gte", label=_("población mínima")
    )
    max_population = django_filters.NumberFilter(
        field_name="population", lookup_expr="lte", label=_("población máxima")
    )

    class Meta:
        model = Municipality
        fields: list[str] = []

    def by_name(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those whose name begins so."""
        return rows.named_like(value)  # type: ignore[attr-defined]

    def by_source(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that a source knows, each once though it may have two codes."""
        return rows.known_to(value)  # type: ignore[attr-defined]

    def by_code(self, rows: QuerySet, name: str, value: str) -> QuerySet:
        """Keep those that the source given beside (or any) knows by this code."""
        return rows.coded(value, str(self.data.get("source", "")))  # type: ignore[attr-defined]
