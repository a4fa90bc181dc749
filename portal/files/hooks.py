"""What files tell the kernel about themselves."""

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import (
    Erasure,
    PersonalModel,
    SubjectAccess,
    erasures,
    personal_models,
    subject_accesses,
)
from portal.files.models import StoredFile, Thumbnail
from portal.files.personal import export_uploads, forget_uploader, uploaded_files

personal_models.register(
    PersonalModel(
        id="files.StoredFile",
        label=_("Archivos que subís"),
        fields=("uploaded_by", "name", "content"),
        reason=_("Respaldar lo que contás o respondés, y saber quién lo subió."),
        until=_("Hasta que se borra aquello a lo que acompañan; tu nombre, hasta que borrás tu cuenta."),
        order=60,
    )
)
subject_accesses.register(
    SubjectAccess(
        id="files", label=_("Archivos que subiste"), export=export_uploads, files=uploaded_files, order=60
    )
)
erasures.register(Erasure(id="files", erase=forget_uploader, order=60))


@receiver(post_delete, sender=Thumbnail, dispatch_uid="files.delete_thumbnail_content")
@receiver(post_delete, sender=StoredFile, dispatch_uid="files.delete_content")
def delete_content(instance: StoredFile | Thumbnail, using: str, **kwargs: Any) -> None:
    """Take a deleted row's content out of the storage, once nobody can bring the row back."""
    remove = partial(instance.content.storage.delete, str(instance.content.name))
    transaction.on_commit(remove, using=using, robust=True)
