"""Photos and documents of a contribution."""

from django.db import transaction
from django.db.models import F

from inspire.models import (
    Contribution,
    ContributionFile,
    SolutionAttachment,
    SolutionPhoto,
)
from inspire.permissions import ATTACHMENT_USE, PHOTO_USE
from portal.accounts.models import User
from portal.files.checks import CheckedUpload
from portal.files.models import StoredFile
from portal.files.services import file_store


@transaction.atomic
def contribution_file_add(
    *, contribution: Contribution, kind: str, upload: CheckedUpload, actor: User, words: dict[str, str]
) -> ContributionFile:
    """Keep an upload with a contribution.

    Args:
        kind: photo or attachment.
        words: alt, caption, credit and licence of a photo; title of a document.
    """
    use = PHOTO_USE if kind == ContributionFile.Kind.PHOTO else ATTACHMENT_USE
    file = file_store(use=use, upload=upload, user=actor)
    row = ContributionFile.objects.create(contribution=contribution, kind=kind, file=file, **words)
    _note_change(contribution)
    return row


@transaction.atomic
def contribution_file_remove(*, row: ContributionFile) -> None:
    """Take a file off a contribution; its content goes too, unless the library shows it."""
    file_id = row.file_id
    row.delete()
    files_of_nobody_delete([file_id])
    _note_change(row.contribution)


def files_of_nobody_delete(file_ids: list[int]) -> None:
    """Delete those of these files that neither the library nor another contribution shows."""
    shown: set[int] = set()
    for model in (SolutionPhoto, SolutionAttachment, ContributionFile):
        shown |= set(model._default_manager.filter(file__in=file_ids).values_list("file_id", flat=True))
    StoredFile.objects.filter(pk__in=[key for key in file_ids if key not in shown]).delete()


def _note_change(contribution: Contribution) -> None:
    Contribution.objects.filter(pk=contribution.pk).update(version=F("version") + 1)
