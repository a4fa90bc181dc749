"""What people send with a message, and what an e-mail says of it."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from connect.models import Message
from connect.permissions.messages import can_read_message_file
from connect.services.message_notices import message_id_of
from connect.services.messages import FILE_USE
from portal.files.content_types import DOCUMENTS, IMAGES, TABLES, TEXTS
from portal.files.uses import MIB, FileUse
from portal.notices.models import Notification
from portal.safety.blocks import kept_apart_from

MESSAGE_FILE = FileUse(
    id=FILE_USE,
    label=gettext_lazy("Archivos de mensajes"),
    max_bytes=10 * MIB,
    content_types=IMAGES | DOCUMENTS | TABLES | TEXTS,
    may_read=can_read_message_file,
)


def message_email_body(notice: Notification) -> str:
    """Return what somebody wrote, for the e-mail that tells of it; nothing of what was taken away meanwhile."""
    message = (
        Message.objects.visible_to(notice.user).written().filter(pk=message_id_of(notice.fact) or 0).first()
    )
    if message is None or message.sender_id in kept_apart_from(notice.user):
        return ""
    files = list(message.files.values_list("file__name", flat=True))
    told = [message.text]
    if files:
        told.append(_("Archivos: %(names)s") % {"names": ", ".join(files)})
    told.append(_("Para contestar entrá a la conversación: este correo no recibe respuestas."))
    return "\n\n".join(told)
