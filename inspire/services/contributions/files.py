"""Photos and documents of a contribution."""

from django.db import transaction
from django.db.models import F

from inspire.contribution_size import MOST_FILES
from inspire.models import Contribution, ContributionFile
from inspire.permissions import ATTACHMENT_USE, PHOTO_USE
from inspire.services.contributions.steps import hold_editable
from inspire.services.files import files_of_nobody_delete
from portal.accounts.models import User
from portal.files.checks import CheckedUpload
from portal.files.services import file_store


class TooManyFiles(Exception):
    """There are as many photos or documents as anybody looks at."""


@transaction.atomic
def contribution_file_add(
    *, contribution: Contribution, kind: str, upload: CheckedUpload, actor: User, words: dict[str, str]
) -> ContributionFile:
    """Keep an upload with a contribution.

    Args:
        kind: photo or attachment.
        words: alt, caption, credit and licence of a photo; title of a document.

    Raises:
        StepNotPossible: it was handed in or decided meanwhile.
        TooManyFiles: there are twenty of the kind already.
    """
    if hold_editable(contribution).files.filter(kind=kind).count() >= MOST_FILES:
        raise TooManyFiles
    use = PHOTO_USE if kind == ContributionFile.Kind.PHOTO else ATTACHMENT_USE
    file = file_store(use=use, upload=upload, user=actor)
    row = ContributionFile.objects.create(contribution=contribution, kind=kind, file=file, **words)
    _note_change(contribution)
    return row


@transaction.atomic
def contribution_file_remove(*, row: ContributionFile) -> None:
    """Take a file off a contribution; its content goes too, unless the library shows it or a version names it.

    Raises:
        StepNotPossible: the contribution was handed in or decided meanwhile.
    """
    contribution = hold_editable(row.contribution)
    file_id = row.file_id
    row.delete()
    files_of_nobody_delete(file_ids=[file_id], solution_id=contribution.solution_id)
    _note_change(row.contribution)


def _note_change(contribution: Contribution) -> None:
    Contribution.objects.filter(pk=contribution.pk).update(version=F("version") + 1)
