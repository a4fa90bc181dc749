"""What a person tells about herself: her copy of it, and its erasure."""

from typing import Any

from connect.models import DirectoryEntry, Profile
from connect.people.entries import people_entries_refresh
from portal.accounts.models import User
from portal.files.models import StoredFile


def export_profile(user: User) -> dict[str, Any]:
    """Return everything of a person's profile, and what the directory holds of it."""
    profile = Profile.objects.filter(user=user).select_related("photo").first()
    if profile is None:
        return {}
    return {
        "listed_at": profile.listed_at.isoformat(timespec="seconds") if profile.listed_at else None,
        "photo": _photo(profile),
        "about": profile.about,
        "areas": profile.areas,
        "offers": profile.offers,
        "offer_topics": profile.offer_topics,
        "seeks": profile.seeks,
        "seek_topics": profile.seek_topics,
        "languages": profile.languages,
        "links": profile.links,
        "availability": profile.availability,
        "paused_until": profile.paused_until.isoformat() if profile.paused_until else None,
        "availability_note": profile.availability_note,
        "visibility": profile.visibility,
        "active_on": profile.active_on.isoformat() if profile.active_on else None,
        "asks_received": profile.asks_received,
        "asks_answered": profile.asks_answered,
        "typical_hours": profile.typical_hours,
        "directory": [
            _exported_row(row) for row in DirectoryEntry.objects.filter(user=user).order_by("audience")
        ],
    }


def erase_profile(user: User) -> None:
    """Delete a person's profile, her photo, and what the directory and the catalogue made of them."""
    photos = Profile.objects.filter(user=user, photo__isnull=False).values_list("photo_id", flat=True)
    photo_ids = list(photos)
    Profile.objects.filter(user=user).delete()
    StoredFile.objects.filter(pk__in=photo_ids).delete()
    DirectoryEntry.objects.filter(user=user).delete()
    people_entries_refresh(user_ids=[user.pk])


def _photo(profile: Profile) -> dict[str, Any] | None:
    if profile.photo is None:
        return None
    file = profile.photo
    return {
        "name": file.name,
        "url": file.get_absolute_url(),
        "content_type": file.content_type,
        "size": file.size,
    }


def _exported_row(row: DirectoryEntry) -> dict[str, Any]:
    return {
        "audience": row.audience,
        "name": row.name,
        "position": row.position,
        "municipality": row.municipality_name,
        "keys": row.facet_keys,
        "text": row.text,
        "active_on": row.active_on.isoformat(),
    }
