"""Keeping uploads, and the smaller pictures that are made of them."""

import logging
from datetime import timedelta
from time import monotonic

from django.core.files.base import ContentFile, File
from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.core.jobs import queue_on_commit
from portal.core.visitor_cache import forget_visitor_pages
from portal.files.checks import CheckedUpload, upload_check
from portal.files.content_types import IMAGES
from portal.files.images import image_size
from portal.files.models import StoredFile, Thumbnail
from portal.files.thumbnails import thumbnails_drawn
from portal.files.uses import FileUse, file_uses

THUMBNAIL_TASK = "portal.files.tasks.make_thumbnails"
MAX_THUMBNAIL_ATTEMPTS = 5
# What the task that was queued with the upload has not begun by then was lost.
LEFT_AFTER = timedelta(minutes=1)
SWEPT_AT_ONCE = 500
# The next sweep comes every minute and continues.
SWEEP_SECONDS = 50
STATUS = StoredFile.ThumbnailStatus
logger = logging.getLogger(__name__)


@transaction.atomic
def file_store(*, use: FileUse | str, upload: File | CheckedUpload, user: User | None) -> StoredFile:
    """Check an upload and keep it for whoever its use lets read it.

    The same content twice is kept twice: files are small, and each has an owner and a life of its own.

    Args:
        use: a registered use or its id.
        upload: as it came with the request, or as `CheckedFileField` left it, which is not checked again.
        user: who uploads; nobody for what the portal itself makes.

    Raises:
        ValidationError: the use does not take it; the message is for the field.
        UnknownId: nobody registered the use.
    """
    wanted = file_uses.get(use) if isinstance(use, str) else use
    if isinstance(upload, CheckedUpload) and upload.use == wanted:
        checked = upload
    else:
        checked = upload_check(
            use=wanted, upload=upload.content if isinstance(upload, CheckedUpload) else upload
        )
    file = StoredFile(
        use=wanted.id,
        name=checked.name,
        content_type=checked.content_type,
        size=checked.size,
        sha256=checked.sha256,
        uploaded_by=user,
    )
    _measure(file, wanted, checked)
    file.content.save(checked.name, checked.content, save=False)
    try:
        file.save(force_insert=True)
    except BaseException:
        file.content.storage.delete(str(file.content.name))
        raise
    if file.thumbnail_status == STATUS.WAITING:
        queue_on_commit(THUMBNAIL_TASK, file.pk)
    return file


@transaction.atomic
def thumbnails_make(*, file_id: int) -> int:
    """Make the smaller pictures of an upload that waits for them; returns how many were made.

    The row stays locked meanwhile, so that two workers never do the same; a second run finds nothing to do.
    """
    waiting = StoredFile.objects.select_for_update(skip_locked=True)
    file = waiting.filter(pk=file_id, thumbnail_status=STATUS.WAITING).first()
    if file is None:
        return 0
    made = _try_to_make(file)
    file.save(update_fields=["thumbnail_status", "thumbnail_attempts"])
    if made:
        # Until now pages showed the original.
        forget_visitor_pages()
    return made


def thumbnails_sweep() -> int:
    """Make what was left because a message was lost or the storage was away; returns of how many uploads."""
    left = StoredFile.objects.filter(
        thumbnail_status=STATUS.WAITING, created_at__lt=timezone.now() - LEFT_AFTER
    )
    started = monotonic()
    done = 0
    for file_id in list(left.order_by("id").values_list("pk", flat=True)[:SWEPT_AT_ONCE]):
        done += bool(thumbnails_make(file_id=file_id))
        if monotonic() - started > SWEEP_SECONDS:
            break
    return done


def _measure(file: StoredFile, use: FileUse, checked: CheckedUpload) -> None:
    """Note a picture's size, and whether smaller ones are to be made."""
    if checked.content_type not in IMAGES:
        return
    file.width, file.height = image_size(checked.content)
    if any(width < file.width for width in use.thumbnail_widths):
        file.thumbnail_status = STATUS.WAITING


def _try_to_make(file: StoredFile) -> int:
    file.thumbnail_attempts += 1
    widths = file_uses.get(file.use).thumbnail_widths if file.use in file_uses else ()
    try:
        made = _make(file, widths)
    except OSError:
        logger.exception("Thumbnails of %s not made, attempt %s.", file.public_id, file.thumbnail_attempts)
        if file.thumbnail_attempts >= MAX_THUMBNAIL_ATTEMPTS:
            file.thumbnail_status = STATUS.FAILED
        return 0
    file.thumbnail_status = STATUS.MADE
    return made


def _make(file: StoredFile, widths: tuple[int, ...]) -> int:
    with file.content.open("rb") as content:
        drawn = list(thumbnails_drawn(content, widths))
    for picture in drawn:
        thumbnail = Thumbnail(
            file=file, width=picture.width, height=picture.height, size=len(picture.content)
        )
        thumbnail.content.save("", ContentFile(picture.content), save=False)
        thumbnail.save(force_insert=True)
    return len(drawn)
