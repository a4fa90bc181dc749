"""The filters of conversations: the same for the list, its files and the API."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.catalog.models import Entry
from portal.catalog.search_text import MAX_LENGTH
from portal.core.registry import Registry
from portal.facets.facet import Facet
from portal.facets.filters import FacetedFilterSet, TextFilter
from share.models import Thread
from share.querysets.threads import ThreadQuerySet
from share.threads.facets import facets

_is_kind = re.compile(r"[a-z][a-z0-9_-]{0,39}", re.ASCII).fullmatch
_is_number = re.compile(r"[0-9]{1,18}", re.ASCII).fullmatch


class View(StrEnum):
    """Which conversations a person looks at; the values are those of the parameter `vista`."""

    ALL = ""
    UNANSWERED = "sin-responder"
    MINE = "mias"
    FOLLOWING = "siguiendo"
    UNREAD = "sin-leer"

    @property
    def is_personal(self) -> bool:
        """Whether it is another one for each person."""
        return self in (View.MINE, View.FOLLOWING, View.UNREAD)


class ViewField(forms.CharField):
    """A view by its name; anything else is the whole list."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> View:
        """Read it."""
        return View(value) if value in set(View) else View.ALL


class ViewFilter(django_filters.Filter):
    """Keeps what belongs to a view of the list."""

    field_class = ViewField

    def filter(self, qs: ThreadQuerySet, value: View) -> QuerySet:
        """Keep it; nobody who is not signed in has conversations of her own."""
        reader = self.parent.request.user
        if value == View.UNANSWERED:
            return qs.unanswered()
        if value == View.MINE:
            return qs.taken_part_in_by(reader)
        if value == View.FOLLOWING:
            return qs.followed_by(reader)
        return qs.unread_by(reader) if value == View.UNREAD else qs


@dataclass(frozen=True)
class About:
    """A thing of the catalogue, as an address names it ("solution:7")."""

    kind: str
    object_id: int


class AboutField(forms.CharField):
    """A thing of the catalogue by its kind and number; anything else is as good as none."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> About | None:
        """Read it."""
        kind, _colon, number = str(value or "").partition(":")
        return About(kind, int(number)) if _is_kind(kind) and _is_number(number) else None


class AboutFilter(django_filters.Filter):
    """Keeps conversations about one thing."""

    field_class = AboutField

    def filter(self, qs: ThreadQuerySet, value: About | None) -> QuerySet:
        """Keep them."""
        return qs.about(value.kind, value.object_id) if value else qs


class ThreadFilter(FacetedFilterSet):
    """What a reader may ask conversations for; made with the request, which says who she is."""

    facets: ClassVar[Registry[Facet]] = facets

    q = TextFilter(
        label=gettext_lazy("Palabras"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": MAX_LENGTH}),
    )
    vista = ViewFilter()
    sobre = AboutFilter()

    class Meta:
        model = Thread
        fields: list[str] = []

    def in_words(self, name: str, value: Any) -> str:
        """Say what was asked for in a filter that is no facet; a thing by the name that a conversation gives it."""
        if name == "sobre":
            found = Entry.objects.visible_to(self.request.user)
            title = found.filter(kind=value.kind, object_id=value.object_id).values_list("title", flat=True)
            return _("Sobre «%(title)s»") % {"title": title.first() or value.object_id}
        return super().in_words(name, value)

    @property
    def view(self) -> View:
        """Which view of the list is asked for."""
        found: View = self.asked.get("vista", View.ALL)
        return found
