"""The filters of the library: the same for its list, its map, its exports and its API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from inspire.facets import facets
from inspire.map_box import Box, read_box
from inspire.models import Solution
from inspire.querysets import SolutionQuerySet
from portal.catalog.search_text import MAX_LENGTH
from portal.facets.filters import MOST_VALUES, Chip, FacetedFilterSet, PeersFilter, TextFilter

__all__ = ["MOST_VALUES", "Chip", "SolutionFilter"]


class BoxField(forms.CharField):
    """A part of the map, as "west,south,east,north"; anything else is as good as none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Box | None:
        """Read the corners."""
        return read_box(str(value or ""))


class BoxFilter(django_filters.Filter):
    """Keeps what lies in a part of the map."""

    field_class = BoxField

    def filter(self, qs: QuerySet, value: Box | None) -> QuerySet:
        """Keep what lies there."""
        return qs.filter(value.condition()) if value else qs


class PositionedFilter(django_filters.BooleanFilter):
    """Keeps what is on the map, if that was asked for."""

    def filter(self, qs: SolutionQuerySet, value: bool | None) -> QuerySet:
        """Keep it; a no is as good as nothing."""
        return qs.on_map() if value else qs


class SolutionFilter(FacetedFilterSet):
    """What a reader may ask the library for: words, facets (one value or another, one facet and another), places."""

    facets = facets

    q = TextFilter(
        label=gettext_lazy("Palabras"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": MAX_LENGTH}),
    )
    like = PeersFilter(label=gettext_lazy("Municipios como el mío"))
    positioned = PositionedFilter(
        label=gettext_lazy("Están en el mapa"), widget=forms.CheckboxInput(attrs={"value": "true"})
    )
    box = BoxFilter()

    class Meta:
        model = Solution
        fields: list[str] = []

    def in_words(self, name: str, value: Any) -> str:
        """Say what was asked for in a filter that is no facet."""
        if name == "box":
            return _("Una parte del mapa")
        return _("Están en el mapa") if name == "positioned" else super().in_words(name, value)
