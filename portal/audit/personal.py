"""What the trail tells about a person: the copy she can have of it."""

from typing import Any

from portal.accounts.models import User
from portal.audit.models import AuditEvent


def export_trail(user: User) -> list[dict[str, Any]]:
    """Return what a person did, when and from where."""
    return [
        {
            "at": event.at.isoformat(timespec="seconds"),
            "action": event.action,
            "on": f"{event.target_type} {event.target_id}",
            "from": event.address,
        }
        for event in AuditEvent.objects.filter(actor_id=user.pk).order_by("id").iterator()
    ]
