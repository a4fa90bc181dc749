"""Conversations and posts as one reader may find them."""

from typing import Any, Self

from django.db import models
from django.db.models import Q

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level


class ThreadQuerySet(models.QuerySet):
    """Conversations, in the words of those who read them."""

    def visible_to(self, user: Any) -> Self:
        """Keep what a reader may read: what is public, for members everything, for the team what is hidden too."""
        if user.is_authenticated and user.is_staff:
            return self
        shown = self.filter(hidden_at__isnull=True)
        return shown if reading_level(user) in MEMBERS_LEVELS else shown.filter(visibility="public")

    def shown(self) -> Self:
        """Keep what was not taken away: lists show no more, to the team neither."""
        return self.filter(hidden_at__isnull=True)

    def about(self, kind: str, object_id: int) -> Self:
        """Keep what is about a thing of the catalogue."""
        return self.filter(about_kind=kind, about_id=object_id)


class PostQuerySet(models.QuerySet):
    """Posts of conversations that the reader may read."""

    def visible_to(self, user: Any) -> Self:
        """Keep what a reader may read: what everybody sees, and of her own what waits to be looked at."""
        if user.is_authenticated and user.is_staff:
            return self
        shown = Q(status="visible")
        if user.is_authenticated:
            shown |= Q(status="held", author_id=user.pk)
        return self.filter(shown)

    def in_order(self) -> Self:
        """Sort as they are read: each answer, and below it its comments."""
        return self.order_by("branch", "number")
