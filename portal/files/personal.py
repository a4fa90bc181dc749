"""What uploads tell about a person: their export and their erasure."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from portal.accounts.models import User
from portal.accounts.personal_data import ExportedFile
from portal.files.models import StoredFile


def export_uploads(user: User) -> list[dict[str, Any]]:
    """Return the files that a person uploaded, with the addresses to download them from."""
    return [
        {
            "name": file.name,
            "type": file.content_type,
            "bytes": file.size,
            "uploaded_at": file.created_at.isoformat(timespec="seconds"),
            "address": file.get_absolute_url(),
        }
        for file in StoredFile.objects.filter(uploaded_by=user).order_by("id")
    ]


def uploaded_files(user: User) -> Iterator[ExportedFile]:
    """Return the files that a person uploaded, each to be opened when its turn comes."""
    for file in StoredFile.objects.filter(uploaded_by=user).order_by("id").iterator(chunk_size=100):
        yield ExportedFile(name=file.name, open=partial(file.content.storage.open, str(file.content.name)))


def forget_uploader(user: User) -> None:
    """Leave a person's uploads to what they belong to, without her.

    A municipality's ordinance stays with its evaluation. Files that are hers alone, such as a portrait, are deleted
    by the app that asked for them.
    """
    StoredFile.objects.filter(uploaded_by=user).update(uploaded_by=None)
