"""Messages as something that can be reported to the network's team."""

from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from connect.models import Message
from portal.accounts.models import User
from portal.core.decision import ALLOWED, Decision, denied
from portal.safety.reportables import Evidence

# How many messages before it are copied with one, so that it can be understood.
CONTEXT = 4


def may_report_message(user: User, message_id: int) -> Decision:
    """Whoever reads a message that somebody else wrote may report it."""
    own = Message.objects.visible_to(user).written().filter(pk=message_id).exclude(sender_id=user.pk)
    return ALLOWED if own.exists() else denied(_("No encontramos ese mensaje."))


def message_evidence(message_id: int) -> Evidence | None:
    """Copy a message; between two people with what was written just before it.

    Whoever reports reads the copy too, so nothing is in it that only others of a group may have read.
    """
    message = Message.objects.select_related("conversation", "sender").filter(pk=message_id).first()
    if message is None or message.is_erased:
        return None
    files = ", ".join(message.files.values_list("file__name", flat=True))
    before = [_line(each) for each in reversed(_before(message))]
    told = [_line(message)]
    if files:
        told.append(_("Archivos: %(names)s") % {"names": files})
    if before:
        told += [_("Antes se había escrito:"), *before]
    return Evidence(
        title=_("Mensaje de %(name)s") % {"name": _name(message)},
        text="\n\n".join(told),
        at=message.created_at,
        author_id=message.sender_id,
    )


def hide_message(message_id: int, actor: User) -> None:
    """Take a message away from everybody but the team, which keeps its copy."""
    Message.objects.filter(pk=message_id, hidden_at__isnull=True).update(hidden_at=timezone.now())


def message_from_key(key: str) -> int | None:
    """Return which message the random id in an address means; none for anything else."""
    try:
        public_id = UUID(key)
    except ValueError:
        return None
    return Message.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def _before(message: Message) -> list[Message]:
    if message.conversation.is_group:
        return []
    written = Message.objects.written().filter(conversation=message.conversation, pk__lt=message.pk)
    return list(written.select_related("sender").order_by("-id")[:CONTEXT])


def _line(message: Message) -> str:
    written_at = date_format(timezone.localtime(message.created_at), "SHORT_DATETIME_FORMAT")
    return f"{_name(message)}, {written_at}:\n{message.text}"


def _name(message: Message) -> str:
    return message.sender.name if message.sender else "—"
