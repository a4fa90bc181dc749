"""Clearing what imports keep of other people's files once nobody needs it any more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils.translation import gettext as _

from inspire.models import ImportBatch, ImportedRow, ImportNote
from inspire.querysets_imports import ImportBatchQuerySet
from inspire.services.importing.batches import move
from inspire.services.importing.working import held
from portal.files.models import StoredFile

Status = ImportBatch.Status
# How long a file, the rows that were read of it and what was said about them are kept.
KEPT_FOR = timedelta(days=30)
_AT_ONCE = 200


def imports_forget(*, now: datetime) -> int:
    """Clear the files, rows and notes of imports that stood still too long; their counts and steps stay.

    An import that nobody went on with is given up. Taking one back that is in the library needs nothing of what is
    cleared. Returns how many were cleared.
    """
    stale = _stale(now).order_by("pk").values_list("pk", flat=True)
    return sum(_forget(batch_id, now) for batch_id in stale[:_AT_ONCE])


def _stale(now: datetime) -> ImportBatchQuerySet:
    still = ImportBatch.objects.standing_still(since=now - KEPT_FOR)
    has_rows = Exists(ImportedRow.objects.filter(batch=OuterRef("pk")))
    has_notes = Exists(ImportNote.objects.filter(batch=OuterRef("pk")))
    return still.exclude(~has_rows, ~has_notes, file=None)


@transaction.atomic
def _forget(batch_id: int, now: datetime) -> bool:
    batch = held(batch_id)
    if batch is None or not _stale(now).filter(pk=batch_id).exists():
        return False
    batch.rows.all().delete()
    batch.notes.all().delete()
    file_id, batch.file = batch.file_id, None
    batch.save(update_fields=["file"])
    StoredFile.objects.filter(pk__in=[file_id]).delete()
    if batch.status in (Status.UPLOADED, Status.CHECKED, Status.FAILED):
        reason = _("Nadie la siguió en %(days)s días: se descartó y se borró el archivo.")
        move(batch, Status.CANCELLED, None, reason % {"days": KEPT_FOR.days})
    return True
