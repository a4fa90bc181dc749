"""Things of the catalogue that can be reported: a solution, a published result, whatever has an entry."""

from typing import Any

from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.core.decision import ALLOWED, Decision, denied
from portal.safety.reportables import Evidence


def entry_evidence(entry_id: int) -> Evidence | None:
    """Copy what everybody reads of an entry."""
    entry = Entry.objects.filter(pk=entry_id).first()
    if entry is None:
        return None
    # One who made it answers for it; of several nobody does alone.
    author = entry.people[0] if len(entry.people) == 1 else None
    is_there = author is not None and User.objects.filter(pk=author).exists()
    return Evidence(
        title=entry.title, text=entry.summary, at=entry.published_at, author_id=author if is_there else None
    )


def may_report_entry(user: Any, entry_id: int) -> Decision:
    """Whoever reads it may report it."""
    if Entry.objects.visible_to(user).filter(pk=entry_id).exists():
        return ALLOWED
    return denied("")


def entry_url(entry_id: int) -> str:
    """Return where it is read."""
    return Entry.objects.filter(pk=entry_id).values_list("url", flat=True).first() or ""
