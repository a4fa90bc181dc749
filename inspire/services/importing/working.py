"""What keeps the work on imports going, whatever happens to the workers."""

import logging
from collections.abc import Callable
from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from inspire.models import ImportBatch
from inspire.services.importing.batches import move
from portal.core.tabular import TableError
from portal.notices.services import notify
from portal.notices.texts import Text

MAX_ATTEMPTS = 5
# Where a batch stands again when a step could not be done: whatever was true before it still is.
_BACK = {
    ImportBatch.Status.CHECKING: ImportBatch.Status.FAILED,
    ImportBatch.Status.APPLYING: ImportBatch.Status.CHECKED,
    ImportBatch.Status.UNDOING: ImportBatch.Status.APPLIED,
}
# A worker that was not heard of for so long is gone.
SILENCE = timedelta(seconds=120)
NOTICE_KIND = "solution-import"
TIME_LIMIT_SECONDS = 3600
logger = logging.getLogger(__name__)


def work(batch_id: int, status: str, step: Callable[[ImportBatch], None]) -> None:
    """Do a step of a batch that is in a status, unless a worker has it in hand already.

    The attempt is written down before the work begins: a batch that kills its workers is given up after a few.
    """
    batch = _claim(batch_id, status)
    if batch is None:
        return
    try:
        step(batch)
    except TableError as error:
        fail(batch_id, str(error))
    except Exception:
        logger.exception("Import %s could not be worked on.", batch_id)
        _put_back(batch_id)


@transaction.atomic
def fail(batch_id: int, reason: str) -> None:
    """Give up what is being done with a batch, with the reason that its page shows."""
    batch = held(batch_id)
    if batch is not None and batch.is_working:
        _give_up(batch, reason)


def held(batch_id: int) -> ImportBatch | None:
    """Take a batch for this transaction; None when it is in other hands."""
    return ImportBatch.objects.select_for_update(skip_locked=True).filter(pk=batch_id).first()


def tell(batch: ImportBatch, text: str) -> None:
    """Tell whoever brought the file how it stands."""
    if batch.made_by is not None:
        notify(
            users=batch.made_by,
            kind=NOTICE_KIND,
            text=Text(text, file=batch.filename),
            url=batch.get_absolute_url(),
            fact=f"import:{batch.pk}:{batch.changes.count()}",
        )


def imports_left_behind(*, now: datetime) -> list[ImportBatch]:
    """Return the batches that wait for a worker, or whose worker must have died.

    A worker that writes a whole file says nothing for minutes, but holds its batch: what is held is not left behind.
    """
    left = ImportBatch.objects.left_behind(since=now - SILENCE)
    with transaction.atomic():
        return list(left.select_for_update(skip_locked=True)[:100])


@transaction.atomic
def import_note_queued(*, batch: ImportBatch) -> None:
    """Note that a batch was queued again, so that a long queue is not made longer with every sweep."""
    if held(batch.pk) is not None:
        ImportBatch.objects.filter(pk=batch.pk).update(queued_at=timezone.now())


@transaction.atomic
def _claim(batch_id: int, status: str) -> ImportBatch | None:
    batch = held(batch_id)
    if batch is None or batch.status != status:
        return None
    if batch.heartbeat_at and timezone.now() - batch.heartbeat_at < SILENCE:
        return None
    if batch.attempts >= MAX_ATTEMPTS:
        _give_up(batch, _cut_off(batch))
        return None
    batch.attempts += 1
    batch.heartbeat_at = timezone.now()
    batch.save(update_fields=["attempts", "heartbeat_at"])
    return batch


def _give_up(batch: ImportBatch, reason: str) -> None:
    is_undoing = batch.status == ImportBatch.Status.UNDOING
    move(batch, _BACK[ImportBatch.Status(batch.status)], None, reason)
    tell(
        batch,
        gettext_noop("La importación de «%(file)s» no se pudo deshacer. Mirá qué pasó.")
        if is_undoing
        else gettext_noop("La importación de «%(file)s» no se pudo hacer. Mirá qué pasó."),
    )


def _cut_off(batch: ImportBatch) -> str:
    """Say that the work was begun again and again, and where that leaves the library."""
    if batch.status == ImportBatch.Status.UNDOING:
        return _(
            "El trabajo se cortó varias veces. No se deshizo nada: lo importado sigue en la biblioteca. Probá de nuevo "
            "más tarde o avisá a quien administra el portal."
        )
    return _(
        "El trabajo se cortó varias veces. No se guardó nada a medias: avisá a quien administra el portal."
    )


@transaction.atomic
def _put_back(batch_id: int) -> None:
    """Leave a batch for the sweep."""
    if held(batch_id) is None:
        return
    ImportBatch.objects.filter(pk=batch_id).update(heartbeat_at=None, queued_at=timezone.now())
