"""Who may do what here, each with the reason that the page shows."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from connect.messaging.contacting import NOT_NOW, SIGN_IN_FIRST, reachable
from connect.models import Conversation, Message, Participant
from portal.core.decision import ALLOWED, Decision, denied
from portal.files.models import StoredFile

LEFT_ALREADY = _("Ya no participás en esta conversación: lo que se escribió hasta que te fuiste sigue acá.")


def can_see_conversation(user: Any, conversation: Conversation) -> Decision:
    """A conversation is read by those who take or took part in it: staff read copies of what was reported, no more."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if Participant.objects.filter(conversation=conversation, user_id=user.pk).exists():
        return ALLOWED
    return denied(_("Esta conversación la leen quienes participan en ella."))


def can_write_message(user: Any, conversation: Conversation) -> Decision:
    """Whoever takes part goes on writing, between two people as long as the other is still there for her."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    present = set(conversation.participants.present().values_list("user_id", flat=True))
    if user.pk not in present:
        return denied(LEFT_ALREADY)
    if conversation.is_group:
        return ALLOWED
    return ALLOWED if reachable(user, present - {user.pk}) else denied(NOT_NOW)


def can_change_group(user: Any, conversation: Conversation) -> Decision:
    """Whoever takes part in a group adds people to it, names it and leaves it."""
    if not user.is_authenticated:
        return denied(SIGN_IN_FIRST)
    if not conversation.is_group:
        return denied(
            _("Una conversación de a dos no cambia de personas: podés silenciarla, o armar un grupo nuevo.")
        )
    if conversation.participants.present().filter(user_id=user.pk).exists():
        return ALLOWED
    return denied(LEFT_ALREADY)


def can_read_message_file(user: Any, file: StoredFile) -> Decision:
    """A file is read by whoever may read the message that it came with."""
    came_with = Message.objects.visible_to(user).filter(files__file=file, hidden_at__isnull=True)
    return (
        ALLOWED
        if came_with.exists()
        else denied(_("Este archivo lo leen quienes participan en la conversación."))
    )
