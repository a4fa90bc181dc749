"""Writing the catalogue."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from portal.catalog.kinds import EntryDraft, entry_kinds
from portal.catalog.models import Entry
from portal.core.visitor_cache import forget_visitor_pages

BATCH = 1000
_KEY = ("kind", "object_id")
_WRITTEN = [name for name in EntryDraft.__dataclass_fields__ if name not in _KEY]


@transaction.atomic
def entries_publish(*, drafts: Iterable[EntryDraft]) -> int:
    """Write things into the catalogue, new or changed, in the caller's transaction; returns how many."""
    written = 0
    batch: list[Entry] = []
    for draft in drafts:
        batch.append(Entry(**asdict(draft)))
        if len(batch) == BATCH:
            written += _write(batch)
            batch = []
    written += _write(batch)
    if written:
        forget_visitor_pages()
    return written


def entry_publish(*, draft: EntryDraft) -> None:
    """Write one thing into the catalogue."""
    entries_publish(drafts=[draft])


@transaction.atomic
def entry_withdraw(*, kind: str, object_ids: Iterable[int]) -> int:
    """Take things out of the catalogue; returns how many were there."""
    removed, _ = Entry.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()
    forget_visitor_pages()
    return removed


@transaction.atomic
def catalog_rebuild() -> dict[str, int]:
    """Make the whole catalogue anew from its owners; returns how many entries each kind has."""
    counts = {}
    for kind in entry_kinds:
        kept = _rewrite_kind(kind.id, kind.drafts())
        counts[kind.id] = kept
    Entry.objects.exclude(kind__in=[kind.id for kind in entry_kinds]).delete()
    forget_visitor_pages()
    return counts


def _rewrite_kind(kind: str, drafts: Iterable[EntryDraft]) -> int:
    seen: set[int] = set()

    def noted() -> Iterable[EntryDraft]:
        for draft in drafts:
            seen.add(draft.object_id)
            yield draft

    entries_publish(drafts=noted())
    gone = [
        object_id
        for object_id in Entry.objects.filter(kind=kind).values_list("object_id", flat=True)
        if object_id not in seen
    ]
    Entry.objects.filter(kind=kind, object_id__in=gone).delete()
    return len(seen)


def _write(batch: list[Entry]) -> int:
    if batch:
        Entry.objects.bulk_create(
            batch, update_conflicts=True, unique_fields=list(_KEY), update_fields=_WRITTEN
        )
    return len(batch)
