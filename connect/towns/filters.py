"""What the list of municipalities can be narrowed down by, how much each choice leaves, and its orders."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Case, F, IntegerField, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from connect.towns.reading import TownQuerySet
from portal.catalog.search_text import MAX_LENGTH
from portal.core.paging import Keyset
from portal.core.registry import Registry
from portal.facets import labels
from portal.facets.counts import Counted, Tally, counted, tally_rows
from portal.facets.facet import Facet, by_number
from portal.facets.filters import FacetedFilterSet, TextFilter
from portal.places.models import Municipality
from portal.places.population_bands import BOUNDS
from portal.places.services.similar_municipalities import Match, similar_municipalities

MOST_PEERS = 100
PAGE_SIZE = 24
_LONGEST_NUMBER = 18

town_facets: Registry[Facet] = Registry("facets of municipalities")
for _facet in (
    Facet("country", _("País"), labels.of_countries, 10, is_open=True),
    Facet("province", _("Provincia o región"), labels.of_provinces, 20),
    Facet("population", _("Tamaño del municipio"), labels.of_populations, 30, by_number),
    Facet("offers", _("Puede compartir sobre"), labels.of_topics, 40, is_open=True),
    Facet("seeks", _("Está buscando sobre"), labels.of_topics, 50),
):
    town_facets.register(_facet)

# Every key that a row answers to; made of constants alone.
_BANDS = ", ".join(map(str, BOUNDS))
_KEYS = f"""unnest(
    ARRAY['all', 'country:' || found.country_id]
    || CASE WHEN found.region_code <> '' THEN ARRAY['province:' || found.country_id || '-' || found.region_code] END
    || CASE WHEN found.population IS NOT NULL THEN
        ARRAY['population:' || width_bucket(found.population, ARRAY[{_BANDS}])] END
    || ARRAY(SELECT 'offers:' || slug FROM unnest(found.offered) AS slug)
    || ARRAY(SELECT 'seeks:' || slug FROM unnest(found.sought) AS slug))"""  # noqa: S608 constants of ours alone


class TownPeers:
    """The municipalities of the network that are like one, the most alike first, each with the reasons."""

    def __init__(self, town: Municipality, towns: TownQuerySet) -> None:
        self.name = town.name
        self.matches: dict[int, Match] = {
            match.municipality.pk: match
            for match in similar_municipalities(town, limit=MOST_PEERS, among=towns)
        }


class TownPeersField(forms.CharField):
    """The id of a municipality, for those like it; the towns to choose from are set by the filter."""

    widget = forms.HiddenInput
    towns: TownQuerySet

    def clean(self, value: Any) -> TownPeers | None:
        """Find the municipality and those like it; nothing where no such one is known."""
        text = str(value or "").strip()
        if not (text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER):
            return None
        town = Municipality.objects.select_related("country").filter(pk=int(text)).first()
        return TownPeers(town, self.towns) if town else None


class TownPeersFilter(django_filters.Filter):
    """Keeps the municipalities that are like one."""

    field_class = TownPeersField

    def filter(self, qs: TownQuerySet, value: TownPeers | None) -> QuerySet:
        """Keep them."""
        return qs if value is None else qs.filter(pk__in=value.matches)


class TownFilter(FacetedFilterSet):
    """What a reader may ask the list of municipalities for."""

    facets: ClassVar[Registry[Facet]] = town_facets

    q = TextFilter(
        label=_("Nombre o provincia"),
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off", "maxlength": MAX_LENGTH}),
    )
    like = TownPeersFilter(label=_("Municipios como el mío"))

    class Meta:
        model = Municipality
        fields: list[str] = []

    def get_form_class(self) -> type[forms.Form]:
        """Let the field of peers know among which towns to look."""
        form: type[forms.Form] = super().get_form_class()
        form.base_fields["like"].towns = self.queryset  # type: ignore[attr-defined]
        return form

    @property
    def peers(self) -> TownPeers | None:
        """The municipalities like the one that was asked for."""
        return self.asked.get("like")


class Order(StrEnum):
    """By what the list is sorted; the values are those of the parameter `orden`."""

    NAME = "nombre"
    PEOPLE = "personas"
    THINGS = "publicaciones"
    SIMILARITY = "parecido"


_FIELDS = {
    Order.NAME: ("normalised_name", "id"),
    Order.PEOPLE: ("-people", "-id"),
    Order.THINGS: ("-things", "-id"),
    Order.SIMILARITY: ("distance", "id"),
}


def read_order(asked: str, filters: TownFilter) -> Order:
    """Read what the address says: without a municipality to be like, nothing is similar, and then it is the usual."""
    usual = Order.SIMILARITY if filters.peers else Order.NAME
    order = Order(asked) if asked in set(Order) else usual
    return usual if order is Order.SIMILARITY else order


def keyset_of(order: Order, *, size: int = PAGE_SIZE) -> Keyset:
    """Return how the list is paged in an order."""
    return Keyset(_FIELDS[order], size=size)


def sorted_rows(filters: TownFilter, order: Order, reader: Any) -> TownQuerySet:
    """Return what the filters leave, with what an order goes by and a card says."""
    rows: TownQuerySet = filters.found.counted_for(reader).select_related("country", "town_profile")
    if order is Order.SIMILARITY and filters.peers:
        places = [When(pk=key, then=Value(place)) for place, key in enumerate(filters.peers.matches)]
        rows = rows.annotate(distance=Case(*places, default=Value(len(places)), output_field=IntegerField()))
    return rows


def counts_of(filters: TownFilter) -> Counted:
    """Return how many towns the filters leave, and how many each further choice would; few thousand in all."""
    whole = _tallies([filters.queryset])[0]
    return counted(filters, whole=whole, tally=_tallies)


def _tallies(sets: Sequence[QuerySet]) -> list[Tally]:
    topics = {"offered": F("town_profile__offer_topics"), "sought": F("town_profile__seek_topics")}
    columns = ("country_id", "region_code", "population", *topics)
    return tally_rows([rows.annotate(**topics).values_list(*columns) for rows in sets], _KEYS)
