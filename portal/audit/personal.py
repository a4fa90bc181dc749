"""What the trail tells about a person: the copy she can have of it."""

from collections.abc import Iterator
from typing import Any

from portal.accounts.models import User
from portal.audit.models import AuditEvent


def export_trail(user: User) -> Iterator[dict[str, Any]]:
    """Return what a person did, when and from where, one by one: of years of work it is long."""
    for event in AuditEvent.objects.filter(actor_id=user.pk).order_by("id").iterator():
        yield {
            "at": event.at.isoformat(timespec="seconds"),
            "action": event.action,
            "on": f"{event.target_type} {event.target_id}",
            "from": event.address,
        }
