"""Places in the admin, where RIL's staff look one up and correct it."""

from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from portal.core.admin_announcing import AnnouncingAdmin
from portal.core.admin_paging import CappedPaginator
from portal.core.events import municipalities_changed
from portal.places.models import Country, Municipality, MunicipalityCode
from portal.places.names import normalise_name


class MunicipalityCodeInline(admin.TabularInline):
    """The codes that sources give a municipality."""

    model = MunicipalityCode
    extra = 0


class SourceFilter(admin.SimpleListFilter):
    """Narrows the list to the municipalities that a source knows."""

    title = _("fuente del código")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        """Offer the sources there are."""
        sources = MunicipalityCode.objects.order_by("source").values_list("source", flat=True).distinct()
        return [(source, source) for source in sources]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        """Keep those that the chosen source knows; one may have several codes of it."""
        return queryset.filter(codes__source=self.value()).distinct() if self.value() else None


class PositionFilter(admin.EmptyFieldListFilter):
    """Narrows the list to the municipalities with, or without, a position on the map."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = _("ubicación en el mapa")


@admin.register(Country)
class CountryAdmin(admin.ModelAdmin):
    """Countries, to look one up."""

    list_display = ["code", "name_es", "name_en", "name_pt", "continent"]
    list_display_links = ["code", "name_es"]
    list_filter = ["continent"]
    search_fields = ["code", "name_es", "name_en", "name_pt"]


@admin.register(Municipality)
class MunicipalityAdmin(AnnouncingAdmin):
    """Municipalities with the codes of their sources."""

    event = municipalities_changed
    list_display = ["name", "region_name", "country", "category", "population", "population_year"]
    list_filter = [
        SourceFilter,
        ("country", admin.RelatedOnlyFieldListFilter),
        "category",
        ("latitude", PositionFilter),
    ]
    list_select_related = ["country"]
    list_per_page = 50
    paginator = CappedPaginator
    show_full_result_count = False
    search_fields = ["normalised_name", "codes__code"]
    search_help_text = _("Nombre, con o sin acentos, o código oficial.")
    autocomplete_fields = ["country"]
    # As imports do: a small town's site often has no certificate.
    formfield_overrides = {models.URLField: {"assume_scheme": "http"}}
    readonly_fields = ["created_at", "updated_at"]
    inlines = [MunicipalityCodeInline]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet, search_term: str
    ) -> tuple[QuerySet, bool]:
        """Look for the name as it is kept for search, so that accents do not matter."""
        return super().get_search_results(request, queryset, normalise_name(search_term))
