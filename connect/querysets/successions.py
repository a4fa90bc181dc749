"""Questions asked of successions."""

from typing import Any, Self

from django.db import models

from portal.accounts.models import Membership


class SuccessionQuerySet(models.QuerySet):
    """Successions."""

    def visible_to(self, user: Any) -> Self:
        """Those of the municipalities that a person coordinates, and all of them for the network's team."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        if user.is_staff:
            return self.all()
        coordinated = Membership.objects.coordinators().filter(user_id=user.pk).values("municipality_id")
        return self.filter(membership__municipality_id__in=coordinated)

    def open(self) -> Self:
        """Only those that wait for a decision."""
        return self.filter(status="open")

    def of(self, municipality_id: int) -> Self:
        """Only those of one municipality."""
        return self.filter(membership__municipality_id=municipality_id)

    def with_people(self) -> Self:
        """Bring along who left which municipality, who decided, and who follows."""
        return self.select_related("membership__user", "membership__municipality", "successor", "decided_by")
