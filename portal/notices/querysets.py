"""Questions asked of notices."""

from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q


class NotificationQuerySet(models.QuerySet):
    """Notices."""

    def visible_to(self, user: Any) -> Self:
        """A person's own notices in the portal."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user, is_in_portal=True)

    def unread(self) -> Self:
        """Those not read yet."""
        return self.filter(read_at__isnull=True)

    def with_is_read(self) -> Self:
        """Say of each whether it was read, to put the unread first."""
        was_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
        return self.annotate(is_read=was_read)

    def to_send(self) -> Self:
        """Those whose e-mail waits."""
        return self.filter(email_status="pending")

    def due(self, now: datetime) -> Self:
        """Those whose e-mail should be tried now."""
        return self.to_send().filter(email_due_at__lte=now)
