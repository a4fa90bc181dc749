"""Contents that no row names, because what they were uploaded for was taken back before it was saved."""

from collections.abc import Iterator
from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from portal.files.models import StoredFile, Thumbnail
from portal.files.uses import file_uses

# An upload may still be on its way to its row.
MINIMUM_AGE = timedelta(days=1)


def orphans_remove() -> int:
    """Delete contents of registered uses that are older than a day and have no row; returns how many."""
    removed = 0
    for use in file_uses:
        for folder in _folders(use.id):
            removed += _remove_from(folder)
    return removed


def _folders(use_id: str) -> Iterator[str]:
    """Return the folders that `stored_path` spreads a use's contents over."""
    try:
        names = default_storage.listdir(use_id)[0]
    except FileNotFoundError:
        return
    yield from (f"{use_id}/{name}" for name in names)


def _remove_from(folder: str) -> int:
    latest = timezone.now() - MINIMUM_AGE
    paths = [f"{folder}/{name}" for name in default_storage.listdir(folder)[1]]
    known = {
        path
        for model in (StoredFile, Thumbnail)
        for path in model._default_manager.filter(content__in=paths).values_list("content", flat=True)
    }
    orphans = [
        path for path in paths if path not in known and default_storage.get_modified_time(path) < latest
    ]
    for path in orphans:
        default_storage.delete(path)
    return len(orphans)
