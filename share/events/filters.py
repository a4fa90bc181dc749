"""The filters of encounters: the same for the list, the month, the exports and the API."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.catalog.search_text import MAX_LENGTH
from portal.core.registry import Registry
from portal.facets.facet import YES, Facet
from portal.facets.filters import FacetedFilterSet, TextFilter
from share.events.facets import facets
from share.models import Event
from share.querysets.events import EventQuerySet


class MineFilter(django_filters.ChoiceFilter):
    """Keeps what the reader has to do with, if that was asked for."""

    def filter(self, qs: EventQuerySet, value: str) -> QuerySet:
        """Keep it; a visitor has to do with nothing."""
        return qs.of_person(self.parent.request.user) if value == YES else qs


class EventFilter(FacetedFilterSet):
    """What a reader may ask encounters for; made with the request, which says who she is."""

    facets: ClassVar[Registry[Facet]] = facets

    q = TextFilter(
        label=gettext_lazy("Palabras"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": MAX_LENGTH}),
    )
    mine = MineFilter(choices=[(YES, YES)], widget=forms.HiddenInput)

    class Meta:
        model = Event
        fields: list[str] = []

    @property
    def is_personal(self) -> bool:
        """Whether what is found depends on who asks."""
        return "mine" in self.asked

    def in_words(self, name: str, value: Any) -> str:
        """Say what was asked for in a filter that is no facet."""
        return _("Los míos") if name == "mine" else super().in_words(name, value)
