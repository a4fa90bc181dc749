"""What towns and successions tell about a person: her copy of it, its erasure, and what is noted before that."""

from typing import Any

from django.db.models import Q

from connect.models import Succession, SuccessionChange, TownProfile
from connect.services.successions import succession_note
from portal.accounts.models import Membership, User


def export_towns(user: User) -> dict[str, Any]:
    """Return the pages of municipalities that a person wrote last, and the successions that she has to do with."""
    mine = Succession.objects.filter(membership__user=user) | Succession.objects.filter(successor=user)
    decided = SuccessionChange.objects.filter(actor=user).select_related(
        "succession__membership__municipality"
    )
    return {
        "pages": [
            {
                "municipality": str(page.municipality),
                "edited_at": page.updated_at.isoformat(timespec="seconds"),
            }
            for page in TownProfile.objects.filter(edited_by=user).select_related("municipality")
        ],
        "successions": [
            {
                "municipality": str(row.municipality),
                "you": "left" if row.leaver.pk == user.pk else "follow",
                "status": row.status,
                "at": row.created_at.isoformat(timespec="seconds"),
            }
            for row in mine.with_people().order_by("id")
        ],
        "decisions": [
            {
                "municipality": str(change.succession.municipality),
                "status": change.to_status,
                "at": change.at.isoformat(timespec="seconds"),
            }
            for change in decided
        ],
    }


def note_before_erasure(user: User) -> None:
    """Note what she looks after in each municipality while anything still leads from it to her."""
    rows = Membership.objects.filter(user=user).select_related("user", "municipality")
    waits = Q(succession__status=Succession.Status.OPEN)
    for membership in rows.filter(Q(status=Membership.Status.ACTIVE) | waits).order_by("pk"):
        succession_note(membership=membership)


def erase_from_towns(user: User) -> None:
    """Leave pages and successions as they are, without her name in them."""
    TownProfile.objects.filter(edited_by=user).update(edited_by=None)
    Succession.objects.filter(successor=user).update(successor=None)
    Succession.objects.filter(decided_by=user).update(decided_by=None)
    SuccessionChange.objects.filter(actor=user).update(actor=None)
