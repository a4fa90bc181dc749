"""Registrations, in the words of those who count on them."""

from typing import Any, Self

from django.db import models

from portal.catalog.reading_level import MEMBERS_LEVELS, reading_level


class RegistrationQuerySet(models.QuerySet):
    """What people said about events, and their places."""

    def of(self, user: Any) -> Self:
        """Keep a person's own; none for a visitor."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def of_readable(self, user: Any) -> Self:
        """Keep those of events that a person may still read: what is for the network's members is not for who left."""
        shown = self.filter(event__hidden_at__isnull=True).exclude(event__status="draft")
        return shown if reading_level(user) in MEMBERS_LEVELS else shown.filter(event__visibility="public")

    def going(self) -> Self:
        """Keep who has a place for good."""
        return self.filter(status="going")

    def holding_a_place(self) -> Self:
        """Keep whoever takes a place: for good, or until an offer ends."""
        return self.filter(status__in=["going", "offered"])

    def waiting(self) -> Self:
        """Keep the waiting list, in its order."""
        return self.filter(status="waiting").order_by("place")
