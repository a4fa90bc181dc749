"""Municipalities of the network as readers find them, and how many of their people and things a reader finds."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db.models import Count, Exists, F, Func, IntegerField, OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.functions import Coalesce

from connect.audience import reader_circle
from connect.models import DirectoryEntry
from connect.visibility import Circle
from portal.accounts.models import Membership
from portal.catalog.kinds import EntryKind, entry_kinds
from portal.catalog.models import Entry
from portal.catalog.querysets import EntryQuerySet
from portal.places.models import Municipality
from portal.places.names import normalise_name
from portal.places.population_bands import BANDS, BOUNDS
from portal.places.querysets import MunicipalityQuerySet
from portal.safety.blocks import kept_apart_from

# The function of the portal whose kinds are people and towns themselves, and not what a town has to show.
FUNCTION = "connect"
TOPIC_FIELDS = {"offers": "offer_topics", "seeks": "seek_topics"}


class TownQuerySet(MunicipalityQuerySet):
    """Municipalities, asked what the network's list is asked."""

    def of_network(self, reader: Any) -> Self:
        """Only those where somebody with an account works, or of which the reader finds something here."""
        working = Membership.objects.active().filter(municipality=OuterRef("pk"))
        things = Entry.objects.visible_to(reader).filter(municipality=OuterRef("pk"))
        return self.filter(Q(Exists(working)) | Q(Exists(things)))

    def matching(self, text: str) -> Self:
        """Only those in whose name or province each of the words is found, accents and capitals aside."""
        plain_region = Func(F("region_name"), function="catalog_plain", output_field=TextField())
        found = self.alias(plain_region=plain_region)
        for word in normalise_name(text).split():
            found = found.filter(Q(normalised_name__contains=word) | Q(plain_region__contains=word))
        return found

    def answering(self, facet: str, values: list[str]) -> Self:
        """Only those that have at least one of a facet's values."""
        if facet == "country":
            return self.filter(country_id__in=values)
        if facet == "province":
            return self.filter(_any_of(Q(country_id=key[:2], region_code=key[3:]) for key in values))
        if facet == "population":
            return self.filter(_any_of(map(_in_band, values)))
        return self.filter(**{f"town_profile__{TOPIC_FIELDS[facet]}__overlap": values})

    def counted_for(self, reader: Any) -> Self:
        """Add `people` and `things` to each row: how many of them the reader finds there."""
        people = known_memberships(reader).filter(municipality=OuterRef("pk"))
        things = town_things(reader).filter(municipality=OuterRef("pk"))
        return self.annotate(people=_count_of(people), things=_count_of(things))


def network_towns(reader: Any) -> TownQuerySet:
    """Return the municipalities of the network, as a reader may find them."""
    return TownQuerySet(Municipality).of_network(reader)


def known_memberships(reader: Any) -> QuerySet[Membership]:
    """Return the memberships of those who let readers of this circle know where they work; no one kept apart."""
    audience = DirectoryEntry.Audience.PUBLIC
    if reader_circle(reader) >= Circle.MEMBER:
        audience = DirectoryEntry.Audience.MEMBERS
    return memberships_shown_to(audience).exclude(user_id__in=kept_apart_from(reader))


def memberships_shown_to(audience: str) -> QuerySet[Membership]:
    """Return the memberships of those in the directory of an audience that may see where they work."""
    # A row without a municipality hides where she works.
    listed = DirectoryEntry.objects.filter(
        user_id=OuterRef("user_id"), audience=audience, municipality__isnull=False
    )
    return Membership.objects.active().filter(Exists(listed))


def town_things(reader: Any) -> EntryQuerySet:
    """Return what a reader finds in the catalogue of what towns have to show: neither people nor towns."""
    found: EntryQuerySet = Entry.objects.visible_to(reader)
    return found.of_kind(*(kind.id for kind in thing_kinds()))


def thing_kinds() -> list[EntryKind]:
    """Return the kinds of things that a town may have to show."""
    return [kind for kind in entry_kinds if kind.is_thing]


def _count_of(rows: QuerySet) -> Coalesce:
    number = rows.order_by().values("municipality_id").annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(number, output_field=IntegerField()), 0)


def _any_of(conditions: Iterable[Q]) -> Q:
    return reduce(or_, conditions, Q(pk__in=[]))


def _in_band(value: str) -> Q:
    """Return the condition of a band of population; nothing where there is no such band."""
    if value not in {str(band) for band in BANDS}:
        return Q(pk__in=[])
    band = int(value)
    condition = Q(population__isnull=False)
    if band > 0:
        condition &= Q(population__gte=BOUNDS[band - 1])
    return condition & Q(population__lt=BOUNDS[band]) if band < len(BOUNDS) else condition
