"""What the catalogue keeps about a person: which things she made or answers for."""

from typing import Any

from django.db.models import F, Func

from portal.accounts.models import User
from portal.catalog.models import Entry


def export_entries(user: User) -> list[dict[str, Any]]:
    """Return the things that the catalogue says a person made or answers for."""
    rows = Entry.objects.filter(people__contains=[user.pk]).order_by("id")
    return [{"kind": row.kind, "title": row.title, "url": row.url} for row in rows.defer("body", "search")]


def erase_from_entries(user: User) -> None:
    """Leave her things in the catalogue without her."""
    Entry.objects.filter(people__contains=[user.pk]).update(
        people=Func(F("people"), user.pk, function="array_remove")
    )
