"""Writing in a conversation."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import connection, transaction
from django.utils.translation import gettext as _

from connect.messaging.limits import A_MINUTE
from connect.messaging.text import message_cleaned
from connect.models import Conversation, Message, MessageFile
from connect.models.conversations import MAX_MESSAGE
from connect.permissions.messages import can_write_message
from connect.services.message_notices import message_tell
from connect.services.response_habits import habits_note_answer
from portal.accounts.models import User
from portal.files.checks import CheckedUpload
from portal.files.services import file_store
from portal.safety.blocks import kept_apart_from
from portal.safety.services import allowance_take

FILE_USE = "message-file"
MAX_FILES = 5
Uploads = Sequence[File | CheckedUpload]
# One statement, so that no reader ever finds the conversation and its people apart. Who is kept apart from the sender
# is not told that there is anything new.
_ADVANCE = """
    WITH moved AS (
        UPDATE connect_conversation
        SET last_message_id = greatest(last_message_id, %(message)s),
            last_message_at = greatest(last_message_at, %(at)s)
        WHERE id = %(conversation)s RETURNING id
    )
    UPDATE connect_participant AS participant
    SET last_message_id = greatest(participant.last_message_id, %(message)s),
        read_message_id = CASE WHEN participant.user_id = %(sender)s
            THEN greatest(participant.read_message_id, %(message)s) ELSE participant.read_message_id END
    FROM moved
    WHERE participant.conversation_id = moved.id AND participant.left_at IS NULL
        AND NOT participant.user_id = ANY(%(apart)s)
"""


@transaction.atomic
def message_send(
    *,
    conversation: Conversation,
    sender: User,
    text: str,
    client_key: UUID | None = None,
    uploads: Uploads = (),
) -> Message:
    """Write in a conversation and tell the others; the same form sent again is the message that is already there.

    Args:
        text: as it was typed; it is brought into its one form here.
        client_key: made by the form. Whoever goes back to a form and writes something else in it sends another one.
        uploads: up to five files.

    Raises:
        PermissionDenied: she does not take part any more, or the other is not there for her.
        ValidationError: nothing was written, or too much.
        LimitReached: she has written as much as she may for now.
    """
    held = Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
    cleaned = text_checked(text)
    key = _key_of(client_key, cleaned, uploads)
    sent = _already_sent(held, sender, key)
    if sent is not None:
        return sent
    can_write_message(sender, held).require()
    _check_number(uploads)
    allowance_take(user=sender, limit=A_MINUTE.id)
    message = Message.objects.create(conversation=held, sender=sender, text=cleaned, client_key=key)
    _keep_files(message, sender, uploads)
    message_advance(message)
    habits_note_answer(message=message)
    message_tell(message=message)
    return message


def portal_say(*, conversation: Conversation, said: str, person: User | None, note: str = "") -> Message:
    """Have the portal say something in a conversation that the caller's transaction holds.

    Args:
        said: one of `Message.Said`.
        person: of whom it is said; her name is read where it is shown, and never stored.
        note: her own words that go with it, as why she introduced two people; erased with what else she wrote.
    """
    message = Message.objects.create(
        conversation=conversation,
        sender=person,
        text=f"{said}\n{message_cleaned(note)}".strip(),
        is_from_portal=True,
    )
    message_advance(message)
    return message


def message_advance(message: Message) -> None:
    """Note a new message with its conversation and its people, whose list stays one index read."""
    sender = message.sender
    apart = kept_apart_from(sender) if sender is not None and message.conversation.is_group else frozenset()
    with connection.cursor() as cursor:
        cursor.execute(
            _ADVANCE,
            {
                "message": message.pk,
                "at": message.created_at,
                "conversation": message.conversation_id,
                "sender": message.sender_id,
                "apart": list(apart),
            },
        )


def text_checked(text: str) -> str:
    """Return a text as it is kept.

    Raises:
        ValidationError: nothing is left of it, or it is too long.
    """
    cleaned = message_cleaned(text)
    if not cleaned:
        raise ValidationError({"text": _("Escribí tu mensaje: está vacío.")})
    if len(cleaned) > MAX_MESSAGE:
        raise ValidationError(
            {
                "text": _(
                    "El mensaje tiene %(number)d letras y el máximo es %(maximum)d. Acortalo, o mandá lo largo como "
                    "archivo."
                )
                % {"number": len(cleaned), "maximum": MAX_MESSAGE}
            }
        )
    return cleaned


def _key_of(client_key: UUID | None, text: str, uploads: Uploads) -> UUID | None:
    """Return what makes a message one: its form and what was sent with it."""
    if client_key is None:
        return None
    return uuid5(client_key, "\n".join([text, *(upload.name or "" for upload in uploads)]))


def _already_sent(conversation: Conversation, sender: User, client_key: UUID | None) -> Message | None:
    if client_key is None:
        return None
    return Message.objects.filter(conversation=conversation, sender=sender, client_key=client_key).first()


def _check_number(uploads: Uploads) -> None:
    if len(uploads) > MAX_FILES:
        raise ValidationError(
            {
                "files": _("Con un mensaje van hasta %(maximum)d archivos. Mandá los demás con otro mensaje.")
                % {"maximum": MAX_FILES}
            }
        )


def _keep_files(message: Message, sender: User, uploads: Uploads) -> None:
    kept = [file_store(use=FILE_USE, upload=upload, user=sender) for upload in uploads]
    MessageFile.objects.bulk_create(
        MessageFile(message=message, file=file, order=order) for order, file in enumerate(kept)
    )
