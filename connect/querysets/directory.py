"""Questions asked of the directory."""

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any, Self

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db import models
from django.db.models import F, FloatField, Func, IntegerField, Q, Value
from django.db.models.functions import Cast, Coalesce

from portal.catalog.querysets import CatalogQuery


class DirectoryEntryQuerySet(models.QuerySet):
    """Rows of the directory: one for a person and an audience, so that one audience is always asked for."""

    def for_audience(self, audience: str) -> Self:
        """Only what this audience may find."""
        return self.filter(audience=audience)

    def without_people(self, user_ids: Iterable[int]) -> Self:
        """Everybody but these people."""
        ids = list(user_ids)
        return self.exclude(user_id__in=ids) if ids else self.all()

    def of_municipalities(self, ids: Iterable[int]) -> Self:
        """Only people whose municipality, as the audience knows it, is one of these."""
        return self.filter(municipality_id__in=list(ids))

    def answering(self, facet: str, values: Iterable[str]) -> Self:
        """Only people who have at least one of these values of a facet (see `connect.directory.facets`)."""
        return self.filter(facet_keys__overlap=[f"{facet}:{value}" for value in values])

    def matching(self, text: str) -> Self:
        """Only people in whose row all of a reader's words are found, accents and the three languages aside."""
        return self.filter(search=CatalogQuery(text))

    def beginning(self, text: str) -> Self:
        """Only people found by a reader's words, the last of which may be no more than the beginning of a name."""
        found = Q(search=CatalogQuery(text))
        *whole, last = text.split() or [""]
        # Combining signs are no letters: what is left of "é" is "e", as the search column has it beside the name.
        begun = "".join(sign for sign in unicodedata.normalize("NFKD", last.lower()) if sign.isalnum())
        if begun:
            of_a_name = SearchQuery(f"{begun}:*A", config="simple", search_type="raw")
            rest = Q(search=CatalogQuery(" ".join(whole))) if whole else Q()
            found |= rest & Q(search=of_a_name)
        return self.filter(found)

    def ranked(self, text: str) -> Self:
        """Add `rank` to each row: how well a reader's words fit it. For a set that is small enough to be ranked."""
        rank = SearchRank(F("search"), CatalogQuery(text), normalization=1)
        # Twice as exact as the database's own ranks, which would not survive being written into a cursor.
        return self.annotate(rank=Cast(rank, FloatField()))

    def near(self, municipality_ids: Sequence[int]) -> Self:
        """Add `nearness` to each row: the place of its municipality among these, past the last for all others."""
        wanted = Value(list(municipality_ids), ArrayField(models.BigIntegerField()))
        place = Func(wanted, F("municipality_id"), function="array_position", output_field=IntegerField())
        return self.annotate(nearness=Coalesce(place, Value(len(municipality_ids) + 1)))

    def dated(self) -> Self:
        """Add `day` to each row: when she was active last, as no index knows it.

        A small set is sorted by it at once. By an index the database would go through the whole directory, the latest
        first, hoping to come across a few of the set soon.
        """
        return self.annotate(day=_unindexed("active_on", Value(0), " + ", models.DateField()))

    def named(self) -> Self:
        """Add `plain_name` to each row: the name as one sorts it, as no index knows it, for the same reason."""
        return self.annotate(plain_name=_unindexed("sort_name", Value(""), " || ", models.TextField()))


def _unindexed(field: str, nothing: Value, sign: str, output: models.Field) -> Any:
    return Func(F(field), nothing, template="(%(expressions)s)", arg_joiner=sign, output_field=output)
