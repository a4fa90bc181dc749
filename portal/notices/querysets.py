"""Questions asked of notices."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models import BooleanField, Count, ExpressionWrapper, Q
from django.db.models.functions import Coalesce


class NotificationQuerySet(models.QuerySet):
    """Notices."""

    def visible_to(self, user: Any) -> Self:
        """A person's own notices in the portal, those that another one speaks for too."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(user=user, is_in_portal=True)

    def unread(self) -> Self:
        """Those not read yet."""
        return self.filter(read_at__isnull=True)

    def heads(self) -> Self:
        """Those that are a line of their own: alone, or the newest of their group."""
        return self.filter(is_folded=False)

    def told_by(self, head: Any) -> Self:
        """The facts that one line stands for: itself and what it folded away, back to the line before it."""
        if not head.group:
            return self.filter(pk=head.pk)
        group = self.filter(kind=head.kind, group=head.group)
        before = group.heads().filter(pk__lt=head.pk).order_by("-pk").values_list("pk", flat=True)[:1]
        newer = group.filter(pk__lte=head.pk)
        return newer.filter(pk__gt=Coalesce(models.Subquery(before), 0))

    def counted_by_kind(self) -> models.QuerySet:
        """How many there are of each kind, and how many of them are unread."""
        unread = Count("pk", filter=Q(read_at__isnull=True))
        return self.values("kind").annotate(total=Count("pk"), unread=unread).order_by("kind")

    def with_is_read(self) -> Self:
        """Say of each whether it was read, to put the unread first."""
        was_read = ExpressionWrapper(Q(read_at__isnull=False), output_field=BooleanField())
        return self.annotate(is_read=was_read)

    def naming(self, people: Iterable[int]) -> Self:
        """Those whose text holds the name of one of these people, by the keys of their accounts."""
        return self.filter(named__overlap=list(people))

    def to_send(self) -> Self:
        """Those whose e-mail waits."""
        return self.filter(email_status="pending")

    def due(self, now: datetime) -> Self:
        """Those whose e-mail should be tried now."""
        return self.to_send().filter(email_due_at__lte=now)
