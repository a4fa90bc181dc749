"""What notices tell about a person: their export and their erasure."""

from typing import Any

from portal.accounts.models import User
from portal.notices.models import Announcement, NoticePreference, NoticeSettings, Notification
from portal.notices.services import notices_forget_names


def export_notices(user: User) -> list[dict[str, Any]]:
    """Return what a person was told, and when she read it."""
    return [
        {
            "kind": notice.kind,
            "text": notice.text,
            "alone_text": notice.alone_text,
            "reason": notice.reason,
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


def export_settings(user: User) -> dict[str, Any]:
    """Return when a person wants quiet and her digests, where she chose that."""
    chosen = NoticeSettings.objects.filter(user=user).first()
    if chosen is None:
        return {}
    return {
        "quiet_from": chosen.quiet_from and chosen.quiet_from.isoformat("minutes"),
        "quiet_until": chosen.quiet_until and chosen.quiet_until.isoformat("minutes"),
        "digest_weekday": chosen.digest_weekday,
    }


def export_announcements(user: User) -> list[dict[str, Any]]:
    """Return the announcements that a person wrote for the network's team."""
    return [
        {"text": announcement.text, "created_at": announcement.created_at.isoformat(timespec="seconds")}
        for announcement in Announcement.objects.filter(created_by=user).order_by("id")
    ]


def erase_notices(user: User) -> None:
    """Delete what a person was told, how she wanted it, and what others were told with her name in it.

    Announcements are the network's: they stay, without who wrote them.
    """
    Notification.objects.filter(user=user).delete()
    NoticePreference.objects.filter(user=user).delete()
    NoticeSettings.objects.filter(user=user).delete()
    Announcement.objects.filter(created_by=user).update(created_by=None)
    notices_forget_names(people=[user.pk])
