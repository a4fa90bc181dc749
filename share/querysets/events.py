"""Encounters as one reader may find them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Self

from django.contrib.postgres.search import SearchRank
from django.db import models
from django.db.models import F, FilteredRelation, FloatField, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce
from django.utils import timezone

from portal.accounts.affiliation import affiliation
from portal.catalog.models import Entry
from portal.catalog.querysets import CatalogQuery
from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level
from share.times import LONGEST

KIND = "event"
# What somebody may have said of an event that makes it hers.
_HERS = ("going", "interested", "waiting", "offered")
# What a list shows; the long texts stay in the database.
_LISTED = (
    "kind",
    "title",
    "summary",
    "language",
    "status",
    "visibility",
    "start_date",
    "start_time",
    "end_date",
    "end_time",
    "time_zone",
    "starts_at",
    "ends_at",
    "venue",
    "address",
    "facet_keys",
    "areas",
    "topics",
    "has_recording",
    "has_minutes",
    "is_sample",
    "published_at",
    "municipality__name",
    "municipality__region_name",
    "municipality__country",
)


class EventQuerySet(models.QuerySet):
    """Events, in the words of those who look for them."""

    def announced(self) -> Self:
        """Keep what was published and not taken away, cancelled ones too: who planned to go has to read it."""
        return self.exclude(status="draft").filter(hidden_at__isnull=True)

    def listed_for(self, user: Any) -> Self:
        """Keep what lists show a reader: what is announced to her; drafts are no part of any list."""
        found = self.announced()
        return found if reading_level(user) in MEMBERS_LEVELS else found.filter(visibility="public")

    def visible_to(self, user: Any) -> Self:
        """Keep what a reader may read: what is announced to her, and what she looks after.

        That is, as `can_change_event` has it: while she is of the network, by name or as coordinator of the
        municipality that invites.
        """
        if user.is_authenticated and user.is_staff:
            return self
        announced = Q(hidden_at__isnull=True) & ~Q(status="draft")
        if reading_level(user) not in MEMBERS_LEVELS:
            return self.filter(announced, visibility="public")
        if not user.is_authenticated or user.pk is None:
            return self.filter(announced)
        # At most one row each: a person organises an event once.
        mine = FilteredRelation("organisers", condition=Q(organisers__user_id=user.pk))
        hers = Q(organised_by_reader__isnull=False)
        towns = [key for key, role in affiliation(user).items() if role == "coordinator"]
        if towns:
            hers |= Q(municipality__in=towns)
        return self.annotate(organised_by_reader=mine).filter(announced | hers)

    def upcoming(self) -> Self:
        """Keep what has not ended."""
        now = timezone.now()
        # Nothing that began earlier still goes on; the index is read from there.
        return self.filter(ends_at__gt=now, starts_at__gt=now - LONGEST)

    def past(self) -> Self:
        """Keep what has ended."""
        now = timezone.now()
        return self.filter(ends_at__lte=now, starts_at__lt=now)

    def beginning_between(self, first: date, last: date) -> Self:
        """Keep what begins on one of these days, each by its own clock."""
        # No clock differs by more than a day from that of the index, which knows moments.
        begin = datetime.combine(first, time.min, UTC) - timedelta(days=1)
        end = datetime.combine(last, time.max, UTC) + timedelta(days=1)
        return self.filter(
            starts_at__gte=begin, starts_at__lte=end, start_date__gte=first, start_date__lte=last
        )

    def answering(self, facet: str, values: Iterable[str]) -> Self:
        """Keep what has at least one of these values of a facet (see `share.events.facets`)."""
        return self.filter(facet_keys__overlap=[f"{facet}:{value}" for value in values])

    def matching(self, text: str) -> Self:
        """Keep what a reader's words are found in."""
        return self.filter(pk__in=Entry.objects.of_kind(KIND).matching(text).order_by().values("object_id"))

    def ranked(self, text: str) -> Self:
        """Add `rank` to each row: how well a reader's words fit it. For a set that is small enough to be ranked."""
        entry = Entry.objects.of_kind(KIND).filter(object_id=OuterRef("pk"))
        rank = SearchRank(F("search"), CatalogQuery(text), normalization=1)
        # Twice as exact as the database's own ranks, which would not survive being written into a cursor.
        return self.annotate(rank=Subquery(entry.values(rank=Cast(rank, FloatField()))))

    def timed(self) -> Self:
        """Add `moment` to each row: when it begins, as no index knows it; a small set is sorted by it at once."""
        return self.annotate(moment=Coalesce("starts_at", "ends_at"))

    def dated(self) -> Self:
        """Add `news_at` to each row: when it was announced, as no index knows it."""
        return self.annotate(news_at=Coalesce("published_at", "created_at"))

    def of_person(self, user: Any) -> Self:
        """Keep what a person has to do with: what she organises, and what she said she goes to or minds."""
        if not user.is_authenticated or user.pk is None:
            return self.none()
        return self.filter(
            Q(pk__in=self._links("registrations", user, status__in=_HERS))
            | Q(pk__in=self._links("organisers", user))
        )

    def for_list(self) -> Self:
        """Load only what a list shows."""
        return self.select_related("municipality").only(*_LISTED)

    def _links(self, related: str, user: Any, **kept: Any) -> models.QuerySet:
        """Return the ids of events that a person's rows of a related model are about."""
        model: Any = self.model._meta.get_field(related).related_model
        rows: models.QuerySet = model._default_manager.filter(user_id=user.pk, **kept)
        return rows.values("event_id")
