"""The copy of her data that a person can have (right of access, Ley 25.326, article 14)."""

from typing import Any

from django.conf import settings
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.personal_data import subject_accesses


def account_export(*, user: User) -> dict[str, Any]:
    """Return everything that the portal keeps about a person, part by part, as plain values."""
    return {
        "portal": settings.SITE_NAME,
        "exported_at": timezone.localtime().isoformat(timespec="seconds"),
        "parts": [
            {"id": part.id, "label": str(part.label), "data": part.export(user)} for part in subject_accesses
        ],
    }
