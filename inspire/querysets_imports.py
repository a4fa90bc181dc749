"""Questions asked of the files that staff bring."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce


class ImportBatchQuerySet(models.QuerySet):
    """Imports."""

    def visible_to(self, user: Any) -> Self:
        """Staff who may change solutions see all of them, others none. Twin of `can_import_solutions`."""
        may = user.is_authenticated and user.is_active and user.is_staff
        return self.all() if may and user.has_perm("inspire.change_solution") else self.none()

    def working(self) -> Self:
        """Only those that a worker has, or should have."""
        return self.filter(status__in=["checking", "applying", "undoing"])

    def standing_still(self, *, since: datetime) -> Self:
        """Only those with which nothing was done since then, and nothing is to be done."""
        still = self.exclude(status__in=["checking", "applying", "undoing"])
        return still.annotate(still_since=Coalesce("finished_at", "created_at")).filter(still_since__lt=since)

    def left_behind(self, *, since: datetime) -> Self:
        """Only those of which no worker was heard since then, in the order in which they came."""
        heard = self.working().annotate(heard_at=Coalesce("heartbeat_at", "queued_at"))
        return heard.filter(Q(heard_at__lt=since), Q(queued_at__lt=since)).order_by("id")
