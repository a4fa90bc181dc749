"""Keeping uploads."""

from django.core.files.base import File
from django.db import transaction

from portal.accounts.models import User
from portal.files.checks import CheckedUpload, upload_check
from portal.files.models import StoredFile
from portal.files.uses import FileUse, file_uses


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
    file.content.save(checked.name, checked.content, save=False)
    try:
        file.save(force_insert=True)
    except BaseException:
        file.content.storage.delete(str(file.content.name))
        raise
    return file
