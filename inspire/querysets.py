"""Questions asked of the library of solutions."""

from typing import Any, Self

from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, OuterRef, Q

from portal.catalog.models import Entry

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
    "start_year",
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

    def on_map(self) -> Self:
        """Only solutions whose position is known."""
        return self.filter(latitude__isnull=False)

    def matching(self, text: str) -> Self:
        """Only published solutions that a reader's words are found in, in any of their languages."""
        return self.filter(pk__in=Entry.objects.of_kind(KIND).matching(text).order_by().values("object_id"))

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
        """Add `area_slugs` and `topic_slugs` to each row: what the catalogue keeps of areas and topics."""
        return self.annotate(area_slugs=self._slugs_of("areas"), topic_slugs=self._slugs_of("topics"))

    def _slugs_of(self, related: str) -> ArraySubquery:
        target = {"areas": "policyarea", "topics": "topic"}[related]
        linked = self._links(related).filter(solution=OuterRef("pk"))
        return ArraySubquery(linked.order_by(f"{target}__order", target).values(f"{target}__slug"))

    def _links(self, related: str) -> models.QuerySet:
        """Return the rows that link solutions with areas or topics."""
        links: models.QuerySet = getattr(self.model, related).through.objects.all()
        return links

    def counts(self) -> tuple[int, int]:
        """How many there are, and how many of them have a position, in one look at the table."""
        found = self.order_by().aggregate(
            all=Count("pk"), positioned=Count("pk", filter=Q(latitude__isnull=False))
        )
        return found["all"], found["positioned"]
