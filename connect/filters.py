"""The filters of the directory: the same for its page, its files and its API."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connect.directory.facets import facets
from connect.models import DirectoryEntry
from portal.accounts.models import Membership
from portal.catalog.search_text import MAX_LENGTH
from portal.facets.filters import FacetedFilterSet, PeersFilter, TextFilter
from portal.facets.peers import Peers, read_town


class TownField(forms.CharField):
    """The id of a municipality."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Peers | None:
        """Find the municipality."""
        return read_town(str(value or ""))


class TownFilter(django_filters.Filter):
    """Keeps who works in one municipality."""

    field_class = TownField

    def filter(self, qs: QuerySet, value: Peers | None) -> QuerySet:
        """Keep them, whichever of several works they have there; nobody where there is no such municipality."""
        if value is None:
            return qs
        working = Membership.objects.active().filter(municipality_id__in=value.ids)
        # A row without a municipality hides where she works.
        return qs.filter(municipality__isnull=False, user_id__in=working.values("user_id"))


class DirectoryFilter(FacetedFilterSet):
    """What a reader may ask the directory for: words, facets (one value or another, one facet and another), towns.

    Its queryset is always `connect.directory.reading.findable_by(reader)`.
    """

    facets = facets

    q = TextFilter(
        label=gettext_lazy("Palabras"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": MAX_LENGTH}),
    )
    like = PeersFilter(label=gettext_lazy("Municipios como el mío"))
    municipality = TownFilter(label=gettext_lazy("Municipio"))

    class Meta:
        model = DirectoryEntry
        fields: list[str] = []

    def in_words(self, name: str, value: Any) -> str:
        """Say what was asked for in a filter that is no facet."""
        if name == "municipality":
            return str(value.name) or _("Un municipio que no está en el portal")
        return super().in_words(name, value)
