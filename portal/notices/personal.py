"""What notices tell about a person: their export and their erasure."""

from typing import Any

from portal.accounts.models import Membership, User
from portal.notices.models import NoticePreference, Notification
from portal.notices.services.memberships import REQUESTED, requested_fact


def export_notices(user: User) -> list[dict[str, Any]]:
    """Return what a person was told, and when she read it."""
    return [
        {
            "kind": notice.kind,
            "text": notice.text,
            "created_at": notice.created_at.isoformat(timespec="seconds"),
            "read_at": notice.read_at.isoformat(timespec="seconds") if notice.read_at else None,
            "emailed_at": notice.emailed_at.isoformat(timespec="seconds") if notice.emailed_at else None,
        }
        for notice in Notification.objects.filter(user=user).order_by("id")
    ]


def export_preferences(user: User) -> list[dict[str, Any]]:
    """Return how a person chose to be told."""
    return [
        {"kind": wish.kind, "in_portal": wish.in_portal, "email": wish.email}
        for wish in NoticePreference.objects.filter(user=user).order_by("kind")
    ]


def erase_notices(user: User) -> None:
    """Delete what a person was told, how she wanted it, and what others were told with her name in it."""
    Notification.objects.filter(user=user).delete()
    NoticePreference.objects.filter(user=user).delete()
    asked = Membership.objects.filter(user=user).values_list("pk", flat=True)
    Notification.objects.filter(kind=REQUESTED, fact__in=[requested_fact(pk) for pk in asked]).delete()
