"""What people send with what they write in conversations, and who may download it."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from portal.core.decision import ALLOWED, Decision, denied
from portal.files.content_types import DOCUMENTS, IMAGES, TABLES, TEXTS
from portal.files.models import StoredFile
from portal.files.uses import MIB, FileUse
from share.models import Post, Thread
from share.services.post_parts import FILE_USE


def can_read_post_file(user: Any, file: StoredFile) -> Decision:
    """A file is read by whoever may read the post that it came with; hidden, removed or waiting, it is not served."""
    came_with = Post.objects.visible_to(user).filter(
        files__file=file, status__in=_SERVED, thread__in=Thread.objects.visible_to(user)
    )
    return (
        ALLOWED if came_with.exists() else denied(_("Este archivo lo lee quien puede leer su conversación."))
    )


# Nobody's file is handed out before somebody has looked at the post, and none after it was taken away.
_SERVED = (Post.Status.VISIBLE,)

POST_FILE = FileUse(
    id=FILE_USE,
    label=_("Archivos de conversaciones"),
    max_bytes=10 * MIB,
    content_types=IMAGES | DOCUMENTS | TABLES | TEXTS,
    may_read=can_read_post_file,
)
