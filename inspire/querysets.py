"""Questions asked of the library of solutions."""

from collections.abc import Iterable
from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import F, FloatField, Func, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, Coalesce

from portal.catalog.models import Entry
from portal.catalog.querysets import CatalogQuery

KIND = "solution"
# What a list shows; the long texts stay in the database.
_LISTED = (
    "slug",
    "title",
    "summary",
    "language",
    "translations",
    "country",
    "place_name",
    "latitude",
    "position_precision",
    "level",
    "stage",
    "start_year",
    "facet_keys",
    "status",
    "published_at",
    "is_sample",
    "country__name_es",
    "country__name_en",
    "country__name_pt",
)


class SolutionQuerySet(models.QuerySet):
    """Solutions."""

    def published(self) -> Self:
        """Only what is in the library."""
        return self.filter(status="published")

    def visible_to(self, user: Any) -> Self:
        """What a person may read: everything for the network's staff, what is published for everyone else."""
        if user.is_authenticated and user.is_active and user.is_staff:
            return self.all()
        return self.published()

    def in_area(self, *slugs: str) -> Self:
        """Only solutions of at least one of these policy areas."""
        return self.filter(
            pk__in=self._links("areas").filter(policyarea__slug__in=slugs).values("solution_id")
        )

    def in_country(self, code: str) -> Self:
        """Only solutions of one country."""
        return self.filter(country_id=code)

    def answering(self, facet: str, values: Iterable[str]) -> Self:
        """Only solutions that have at least one of these values of a facet (see `inspire.facets`)."""
        return self.filter(facet_keys__overlap=[f"{facet}:{value}" for value in values])

    def on_map(self) -> Self:
        """Only solutions whose position is known."""
        return self.filter(latitude__isnull=False)

    def matching(self, text: str) -> Self:
        """Only published solutions that a reader's words are found in, in any of their languages."""
        return self.filter(pk__in=Entry.objects.of_kind(KIND).matching(text).order_by().values("object_id"))

    def ranked(self, text: str) -> Self:
        """Add `rank` to each row: how well a reader's words fit it. For a set that is small enough to be ranked."""
        entry = Entry.objects.of_kind(KIND).filter(object_id=OuterRef("pk"))
        rank = SearchRank(F("search"), CatalogQuery(text), normalization=1)
        # Twice as exact as the database's own ranks, which would not survive being written into a cursor.
        return self.annotate(rank=Subquery(entry.values(rank=Cast(rank, FloatField()))))

    def dated(self) -> Self:
        """Add `date` to each row: when it was published, as no index knows it.

        A small set is sorted by it at once. By an index the database would go through the whole library, the newest
        first, hoping to come across a few of the set soon.
        """
        return self.annotate(date=Coalesce("published_at", "created_at"))

    def named_places(self, language: str) -> Self:
        """Add `country_name` and `place` to each row, as one sorts them: in lower case, without accents."""
        return self.annotate(country_name=_plain(f"country__name_{language}"), place=_plain("place_name"))

    def placed(self) -> Self:
        """Add `place` to each row, as one sorts it and as an index knows it, behind the country's code."""
        return self.annotate(place=_plain("place_name"))

    def newest(self) -> Self:
        """The latest published first."""
        return self.order_by("-published_at", "-id")

    def for_list(self) -> Self:
        """Load only what a list shows, with the country and the areas of all rows at once."""
        return self.select_related("country").prefetch_related("areas").only(*_LISTED)

    def for_page(self) -> Self:
        """Load what the page of one solution shows."""
        return self.select_related("country", "municipality").prefetch_related("areas", "topics")

    def with_slugs(self) -> Self:
        """Add `area_slugs`, `topic_slugs` and `account_ids` to each row: what the catalogue keeps of them."""
        return self.annotate(
            area_slugs=self._slugs_of("areas"),
            topic_slugs=self._slugs_of("topics"),
            account_ids=self._account_ids(),
        )

    def _account_ids(self) -> ArraySubquery:
        person: Any = self.model._meta.get_field("people").related_model
        people: models.QuerySet = person._default_manager.all()
        known = people.filter(solution=OuterRef("pk"), user__isnull=False)
        return ArraySubquery(known.order_by("user_id").values("user_id").distinct())

    def _slugs_of(self, related: str) -> ArraySubquery:
        target = {"areas": "policyarea", "topics": "topic"}[related]
        linked = self._links(related).filter(solution=OuterRef("pk"))
        return ArraySubquery(linked.order_by(f"{target}__order", target).values(f"{target}__slug"))

    def _links(self, related: str) -> models.QuerySet:
        """Return the rows that link solutions with areas or topics."""
        links: models.QuerySet = getattr(self.model, related).through.objects.all()
        return links


def _plain(field: str) -> Func:
    """Return a text as one sorts it; the database itself would put Ávila behind Zaragoza."""
    return Func(F(field), function="catalog_plain", output_field=TextField())
