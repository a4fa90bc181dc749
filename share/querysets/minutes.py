"""Decisions of encounters, in the words of those who follow them up."""

from datetime import date
from typing import Any, Self

from django.db import models


class AgreementQuerySet(models.QuerySet):
    """What was decided, by whom it is done and until when."""

    def announced(self) -> Self:
        """Keep what stands in minutes that were published, of events that are there to be read."""
        return self.filter(
            minutes__published_at__isnull=False, minutes__event__hidden_at__isnull=True
        ).exclude(minutes__event__status="draft")

    def pending(self) -> Self:
        """Keep what is still to be done."""
        return self.filter(status="open")

    def of(self, user: Any) -> Self:
        """Keep what a person has to do; nothing for a visitor."""
        return self.filter(responsible_user_id=user.pk) if user.is_authenticated else self.none()

    def due_between(self, first: date, last: date) -> Self:
        """Keep what is due on these days, both included."""
        return self.filter(due_on__range=(first, last))
