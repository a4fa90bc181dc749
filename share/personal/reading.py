"""What a person has read and follows in conversations: her copy of it, and its erasure."""

from typing import Any

from portal.accounts.models import User
from share.models import ThreadReader


def export_reading(user: User) -> list[dict[str, Any]]:
    """Return which conversations a person has read and follows."""
    rows = ThreadReader.objects.filter(user=user).select_related("thread").order_by("id")
    return [
        {
            "thread": row.thread.title,
            "is_following": row.is_following,
            "is_muted": row.is_muted,
            "read_number": row.read_number,
            "read_at": row.read_at.isoformat(timespec="seconds") if row.read_at else None,
        }
        for row in rows
    ]


def erase_reading(user: User) -> None:
    """Forget what she has read and follows."""
    ThreadReader.objects.filter(user=user).delete()
