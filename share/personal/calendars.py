"""A person's own calendar: her copy of what is kept of it, and its erasure."""

from typing import Any

from portal.accounts.models import User
from share.models import CalendarFeed
from share.services.calendars import calendar_feed_drop


def export_calendars(user: User) -> list[dict[str, Any]]:
    """Return when she asked for an address of her own and when it was last read; the address itself is not kept."""
    return [
        {
            "made_at": feed.made_at.isoformat(),
            "read_on": feed.read_on.isoformat() if feed.read_on else None,
        }
        for feed in CalendarFeed.objects.filter(user=user)
    ]


def erase_calendars(user: User) -> None:
    """Let her address open nothing any more."""
    calendar_feed_drop(user=user)
