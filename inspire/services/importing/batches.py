"""A file's way into the library, as far as people decide it: uploaded, its columns chosen, confirmed, taken back."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from inspire.models import ImportBatch, ImportChange, ImportMapping
from portal.accounts.models import User
from portal.core.jobs import queue_on_commit
from portal.files.checks import CheckedUpload
from portal.files.models import StoredFile
from portal.files.services import file_store

Status = ImportBatch.Status
_TASKS = {
    Status.CHECKING: "inspire.tasks.imports.check_import",
    Status.APPLYING: "inspire.tasks.imports.apply_import",
    Status.UNDOING: "inspire.tasks.imports.undo_import",
}
# From where a person may take it to each status.
_FROM = {
    Status.CHECKING: (Status.UPLOADED, Status.CHECKED, Status.FAILED),
    Status.APPLYING: (Status.CHECKED,),
    Status.UNDOING: (Status.APPLIED,),
    Status.CANCELLED: (Status.UPLOADED, Status.CHECKING, Status.CHECKED, Status.FAILED),
}


class ImportElsewhere(Exception):
    """Somebody else, or the same person in another window, took the import a step further meanwhile."""


@transaction.atomic
def import_upload(
    *, upload: CheckedUpload, detected: dict[str, Any], source: str, language: str, user: User
) -> ImportBatch:
    """Keep a file that staff brought; nothing is read of it yet but its titles.

    Args:
        detected: see `ImportBatch.detected`.
        source: the collection of rows that name none; may be empty.
        language: the language of rows that name none.
    """
    batch = ImportBatch.objects.create(
        file=file_store(use=upload.use, upload=upload, user=user),
        filename=upload.name,
        detected=detected,
        source=source,
        language=language,
        made_by=user,
    )
    ImportChange.objects.create(batch=batch, to_status=batch.status, actor=user)
    return batch


@transaction.atomic
def import_start(
    *, batch: ImportBatch, mapping: Mapping[str, str], source: str, language: str, user: User
) -> ImportBatch:
    """Have the whole file read with these columns, and remember them for the next file of the source.

    Args:
        mapping: the name of the file's column for each field.

    Raises:
        ImportElsewhere: it is being written, or was.
    """
    batch = _locked(batch, Status.CHECKING)
    forget_reading(batch)
    batch.mapping, batch.source, batch.language = dict(mapping), source, language
    if source:
        ImportMapping.objects.update_or_create(
            source=source, defaults={"mapping": batch.mapping, "language": language}
        )
    return move(batch, Status.CHECKING, user)


@transaction.atomic
def import_confirm(*, batch: ImportBatch, user: User) -> ImportBatch:
    """Have what was read written into the library.

    Raises:
        ImportElsewhere: it is not waiting for that.
    """
    return move(_locked(batch, Status.APPLYING), Status.APPLYING, user)


@transaction.atomic
def import_undo_start(*, batch: ImportBatch, user: User) -> ImportBatch:
    """Have what was written taken out of the library again.

    Raises:
        ImportElsewhere: there is nothing to take back.
    """
    return move(_locked(batch, Status.UNDOING), Status.UNDOING, user)


@transaction.atomic
def import_cancel(*, batch: ImportBatch, user: User) -> ImportBatch:
    """Give an import up before anything is written; its file is deleted.

    Raises:
        ImportElsewhere: it is being written, or was.
    """
    batch = _locked(batch, Status.CANCELLED)
    forget_reading(batch)
    file_id, batch.file = batch.file_id, None
    batch = move(batch, Status.CANCELLED, user)
    StoredFile.objects.filter(pk__in=[file_id]).delete()
    return batch


def forget_reading(batch: ImportBatch) -> None:
    """Drop what was read, so that the reading begins anew; the caller saves the batch."""
    batch.rows.all().delete()
    batch.notes.all().delete()
    for name in ("last_row", "rows_read", "refused", "remarks", "positioned", "known", "repaired"):
        setattr(batch, name, 0)
    batch.created = batch.updated = 0


def move(batch: ImportBatch, status: str, user: User | None, reason: str = "") -> ImportBatch:
    """Give a batch a status, note the step, and queue the work that it means.

    Args:
        user: who takes the step; nobody when the portal does.
        reason: what went wrong, for the batch's page.
    """
    before, batch.status = batch.status, status
    batch.attempts, batch.heartbeat_at, batch.queued_at = 0, None, timezone.now()
    batch.finished_at = None if status in _TASKS else timezone.now()
    # Only what did not go as it should has a reason.
    batch.error = reason
    batch.save()
    ImportChange.objects.create(
        batch=batch, from_status=before, to_status=status, actor=user, reason=reason[:500]
    )
    if status in _TASKS:
        queue_on_commit(_TASKS[Status(status)], batch.pk)
    return batch


def task_of(batch: ImportBatch) -> str:
    """Return the name of the task that a batch waits for."""
    return _TASKS[Status(batch.status)]


def _locked(batch: ImportBatch, to: str) -> ImportBatch:
    """Take a batch for this transaction, if it may go there from where it is."""
    found = ImportBatch.objects.select_for_update(skip_locked=True).filter(pk=batch.pk).first()
    if found is None:
        raise ImportElsewhere(
            _(
                "Otra persona o una tarea del portal está trabajando con esta importación ahora mismo. "
                "No cambió nada: esperá un momento y probá de nuevo."
            )
        )
    batch = found
    if batch.status not in _FROM[Status(to)]:
        raise ImportElsewhere(
            _("Esta importación ya cambió de estado («%(status)s»). Mirá cómo está y seguí desde ahí.")
            % {"status": batch.get_status_display()}
        )
    return batch
