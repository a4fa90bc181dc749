"""Registrations, in the words of those who count on them."""

from typing import Any, Self

from django.db import models


class RegistrationQuerySet(models.QuerySet):
    """What people said about events, and their places."""

    def of(self, user: Any) -> Self:
        """Keep a person's own; none for a visitor."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def going(self) -> Self:
        """Keep who has a place for good."""
        return self.filter(status="going")

    def holding_a_place(self) -> Self:
        """Keep whoever takes a place: for good, or until an offer ends."""
        return self.filter(status__in=["going", "offered"])

    def waiting(self) -> Self:
        """Keep the waiting list, in its order."""
        return self.filter(status="waiting").order_by("place")
