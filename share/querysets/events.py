"""Encounters as one reader may find them."""

from typing import Any, Self

from django.db import models
from django.db.models import FilteredRelation, Q
from django.utils import timezone

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level


class EventQuerySet(models.QuerySet):
    """Events, in the words of those who look for them."""

    def announced(self) -> Self:
        """Keep what was published and not taken away, cancelled ones too: who planned to go has to read it."""
        return self.exclude(status="draft").filter(hidden_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """Keep what a reader may read: what is announced to her, and what she looks after."""
        if user.is_authenticated and user.is_staff:
            return self
        announced = Q(hidden_at__isnull=True) & ~Q(status="draft")
        if reading_level(user) not in MEMBERS_LEVELS:
            announced &= Q(visibility="public")
        if not user.is_authenticated or user.pk is None:
            return self.filter(announced)
        # At most one row each: a person organises an event once.
        mine = FilteredRelation("organisers", condition=Q(organisers__user_id=user.pk))
        return self.annotate(organised_by_reader=mine).filter(
            announced | Q(organised_by_reader__isnull=False)
        )

    def upcoming(self) -> Self:
        """Keep what has not ended."""
        return self.filter(ends_at__gt=timezone.now())

    def past(self) -> Self:
        """Keep what has ended."""
        return self.filter(ends_at__lte=timezone.now())
