"""What a reader may ask a set of things for: words, facets, and municipalities like one."""

import hashlib
from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from portal.catalog.search_text import MAX_LENGTH
from portal.core.registry import Registry
from portal.facets.facet import Facet
from portal.facets.peers import Peers, read_peers

# More than anybody chooses from a list, and little enough to be asked of the database.
MOST_VALUES = 30
LONGEST_VALUE = 120


@dataclass(frozen=True)
class Chip:
    """One thing that the reader asked for, which can be taken off again.

    Args:
        name: of the parameter.
        value: the one of its values that this is about; empty when the parameter has only one.
    """

    name: str
    value: str
    text: str


class TextField(forms.CharField):
    """What somebody typed, cut where nobody types on."""

    def to_python(self, value: Any) -> str:
        """Cut the text, without the signs that a database refuses."""
        return (super().to_python(value) or "").replace("\x00", "")[:MAX_LENGTH].strip()


class ValuesField(forms.MultipleChoiceField):
    """Values of a facet, known or not: what is not known finds nothing."""

    def to_python(self, value: Any) -> list[str]:
        """Keep as many as anybody chooses, each once."""
        given = [value] if isinstance(value, str) else value or []
        plain = (str(one).replace("\x00", "")[:LONGEST_VALUE].strip() for one in given[:MOST_VALUES])
        return list(dict.fromkeys(filter(None, plain)))

    def validate(self, value: list[str]) -> None:
        """Refuse nothing."""


class PeersField(forms.CharField):
    """The id of a municipality, for solutions of municipalities like it."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> Peers | None:
        """Find the municipality and its peers."""
        return read_peers(str(value or ""))


class TextFilter(django_filters.Filter):
    """Keeps what the words are found in."""

    field_class = TextField

    def filter(self, qs: Any, value: str) -> QuerySet:
        """Keep it, in every language."""
        return qs.matching(value) if value else qs


class FacetFilter(django_filters.Filter):
    """Keeps what has at least one of the chosen values."""

    field_class = ValuesField

    def filter(self, qs: Any, value: list[str]) -> QuerySet:
        """Keep it."""
        return qs.answering(self.field_name, value) if value else qs


class PeersFilter(django_filters.Filter):
    """Keeps what is of municipalities like one."""

    field_class = PeersField

    def filter(self, qs: Any, value: Peers | None) -> QuerySet:
        """Keep it; nothing where there is no such municipality."""
        return qs if value is None else qs.filter(municipality_id__in=value.ids)


class FacetedFilterSet(django_filters.FilterSet):
    """A filter set with one filter for each facet, whose queryset knows `matching` and `answering`."""

    facets: ClassVar[Registry[Facet]]

    @classmethod
    def get_filters(cls) -> "OrderedDict[str, django_filters.Filter]":
        """Return the declared filters and one for each facet."""
        declared: OrderedDict[str, django_filters.Filter] = super().get_filters()
        known = getattr(cls, "facets", ())
        of_facets = {facet.id: FacetFilter(field_name=facet.id, label=facet.label) for facet in known}
        return OrderedDict(declared | of_facets)

    @property
    def found(self) -> Any:
        """What the filters leave."""
        return self.found_without("")

    def found_without(self, name: str) -> Any:
        """Return what all filters but one leave: what a choice in that one is made from."""
        found: Any = self.queryset.all()
        for asked, value in self.asked.items():
            found = found if asked == name else self.filters[asked].filter(found, value)
        return found

    @property
    def asked(self) -> dict[str, Any]:
        """What the reader asked for, as the database is asked, by the name of the filter."""
        self.form.is_valid()
        return {name: value for name, value in self.form.cleaned_data.items() if value}

    @property
    def is_active(self) -> bool:
        """Whether the reader asked for less than everything."""
        return bool(self.asked)

    @property
    def fingerprint(self) -> str:
        """What is the same for two readers who ask for the same, for things that are kept for both."""
        asked = sorted((name, repr(value)) for name, value in self.asked.items())
        return hashlib.sha256(repr(asked).encode()).hexdigest()

    @property
    def chosen(self) -> dict[str, str]:
        """What the reader asked for, in words, by the name of the filter."""
        words: dict[str, list[str]] = {}
        for chip in self.chips:
            words.setdefault(chip.name, []).append(chip.text)
        return {name: ", ".join(texts) for name, texts in words.items()}

    @property
    def chips(self) -> list[Chip]:
        """What the reader asked for, in words, each value for itself."""
        return [chip for name, value in self.asked.items() for chip in self._chips_of(name, value)]

    def chosen_of(self, facet: Facet) -> list[str]:
        """Return the values of a facet that the reader chose."""
        values: list[str] = self.asked.get(facet.id, [])
        return values

    def in_words(self, name: str, value: Any) -> str:
        """Say what was asked for in a filter that is no facet."""
        if name == "like":
            return (
                _("Municipios como %(name)s") % {"name": value.name}
                if value.name
                else _("Un municipio que no está en el portal")
            )
        return f"«{value}»"

    def _chips_of(self, name: str, value: Any) -> Iterator[Chip]:
        if name not in self.facets:
            yield Chip(name, "", self.in_words(name, value))
            return
        labels = self.facets.get(name).labels(value)
        for one in value:
            yield Chip(name, one, labels.get(one, one))
