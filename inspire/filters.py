"""The filters of the library: the same for its list, its map and what comes later."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from inspire.map_box import Box, read_box
from inspire.models import Solution
from inspire.querysets import SolutionQuerySet
from portal.catalog.search_text import MAX_LENGTH
from portal.core.language import language_name
from portal.places.models import Country
from portal.places.names import normalise_name
from portal.topics.labels import area_labels

LANGUAGES = ("es", "en", "pt", "fr")


def _language_choices() -> list[tuple[str, str]]:
    return [(code, language_name(code).capitalize()) for code in LANGUAGES]


def _area_choices() -> list[tuple[str, str]]:
    return [(slug, str(label)) for slug, label in area_labels().items()]


def _country_choices() -> list[tuple[str, str]]:
    """Return the countries that have something in the library, by name in the reader's language."""
    published = Solution.objects.published().filter(country=OuterRef("pk"))
    named = [(country.code, country.name) for country in Country.objects.filter(Exists(published))]
    return sorted(named, key=lambda choice: normalise_name(choice[1]))


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


class SolutionFilter(django_filters.FilterSet):
    """What a reader may ask the library for."""

    q = django_filters.CharFilter(
        label=_("Palabras"),
        method="filter_words",
        max_length=MAX_LENGTH,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    area = django_filters.ChoiceFilter(
        label=_("Área de gestión"), method="filter_area", choices=_area_choices, empty_label=_("Todas")
    )
    country = django_filters.ChoiceFilter(
        label=_("País"), field_name="country", choices=_country_choices, empty_label=_("Todos")
    )
    language = django_filters.ChoiceFilter(
        label=_("Idioma original"),
        field_name="language",
        choices=_language_choices,
        empty_label=_("Todos"),
    )
    positioned = django_filters.BooleanFilter(
        label=_("Sólo las que están en el mapa"), method="filter_positioned", widget=forms.CheckboxInput()
    )
    box = BoxFilter()

    class Meta:
        model = Solution
        fields: list[str] = []

    @property
    def found(self) -> SolutionQuerySet:
        """What the filters leave; nothing when one of them asks for what does not exist."""
        found: SolutionQuerySet = self.qs if self.is_valid() else self.queryset.none()
        return found

    @property
    def is_active(self) -> bool:
        """Whether the reader asked for less than everything."""
        return bool(self.form.errors) or any(self.form.cleaned_data.values())

    @property
    def chosen(self) -> dict[str, str]:
        """What the reader asked for, in words, by the name of the filter."""
        if not self.is_valid():
            return {}
        return {
            name: str(self._in_words(name, value)) for name, value in self.form.cleaned_data.items() if value
        }

    def _in_words(self, name: str, value: Any) -> str | Promise:
        if name == "q":
            return f"«{value}»"
        if name == "box":
            return _("Una parte del mapa")
        if name == "positioned":
            return _("En el mapa")
        return dict(self.form.fields[name].choices)[value]

    def filter_words(self, queryset: SolutionQuerySet, name: str, value: str) -> QuerySet:
        """Keep what the words are found in."""
        return queryset.matching(value)

    def filter_area(self, queryset: SolutionQuerySet, name: str, value: str) -> QuerySet:
        """Keep one policy area."""
        return queryset.in_area(value)

    def filter_positioned(self, queryset: SolutionQuerySet, name: str, value: bool | None) -> QuerySet:
        """Keep what is on the map, if that was asked for."""
        return queryset.on_map() if value else queryset
