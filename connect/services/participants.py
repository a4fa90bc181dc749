"""What people do in their conversations beside writing: read, silence, leave, name, and add others."""

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from connect.messaging.limits import JOINED_A_DAY
from connect.messaging.text import message_cleaned
from connect.models import Conversation, Message, Participant
from connect.models.conversations import MAX_PARTICIPANTS
from connect.permissions.messages import can_change_group
from connect.services.conversations import require_contact, require_known_to_all
from connect.services.message_notices import notices_of_conversation_read
from connect.services.messages import portal_say
from portal.accounts.models import User
from portal.safety.services import allowance_take


@transaction.atomic
def conversation_read(*, participant: Participant, message_id: int) -> None:
    """Note how far a person has read, which only ever goes forward; its notices are read when nothing newer waits."""
    Participant.objects.filter(pk=participant.pk, read_message_id__lt=message_id).update(
        read_message_id=message_id
    )
    notices_of_conversation_read(
        user=participant.user, conversation=participant.conversation, up_to=message_id
    )


def conversation_mute(*, participant: Participant, is_muted: bool) -> None:
    """Tell a person nothing more of a conversation, or tell her again."""
    Participant.objects.filter(pk=participant.pk).update(is_muted=is_muted)


@transaction.atomic
def conversation_leave(*, conversation: Conversation, user: User) -> None:
    """Leave a group: what comes later is not for her, what she read stays.

    Raises:
        PermissionDenied: it is no group, or she left it already.
    """
    held = _held(conversation)
    can_change_group(user, held).require()
    portal_say(conversation=held, said=Message.Said.LEFT, person=user)
    held.participants.present().filter(user=user).update(left_at=timezone.now())
    notices_of_conversation_read(user=user, conversation=held)


@transaction.atomic
def conversation_rename(*, conversation: Conversation, user: User, subject: str) -> None:
    """Give a group a name, and say there who did.

    Raises:
        PermissionDenied: it is no group, or she left it.
    """
    held = _held(conversation)
    can_change_group(user, held).require()
    cleaned = message_cleaned(subject).replace("\n", " ")[:200]
    if cleaned == held.subject:
        return
    held.subject = cleaned
    held.save(update_fields=["subject"])
    portal_say(conversation=held, said=Message.Said.RENAMED, person=user)


@transaction.atomic
def participants_add(*, conversation: Conversation, user: User, people: Collection[User]) -> list[User]:
    """Add people to a group: each sees what comes from now on. Returns those who were not in it.

    Raises:
        PermissionDenied: it is no group, she left it, or she may not write to one of them; or somebody in it would
            become known to people to whom she does not show herself.
        ValidationError: they would be too many.
        LimitReached: she has added as many people to groups as she may today.
    """
    held = _held(conversation)
    can_change_group(user, held).require()
    present = set(held.participants.present().values_list("user_id", flat=True))
    added = [person for person in people if person.pk not in present]
    if len(present) + len(added) > MAX_PARTICIPANTS:
        raise ValidationError(
            {
                "people": _("Un grupo tiene hasta %(maximum)d personas, contándote. Elegí menos.")
                % {"maximum": MAX_PARTICIPANTS}
            }
        )
    require_contact(user, [person.pk for person in added])
    require_known_to_all([*present, *(person.pk for person in added)], but=user)
    for person in added:
        allowance_take(user=user, limit=JOINED_A_DAY.id)
        # Whoever comes back does not read what was said meanwhile.
        Participant.objects.update_or_create(
            conversation=held, user=person, defaults={"left_at": None, "joined_at": timezone.now()}
        )
    for person in added:
        portal_say(conversation=held, said=Message.Said.JOINED, person=person)
    return added


def _held(conversation: Conversation) -> Conversation:
    return Conversation.objects.select_for_update(no_key=True).get(pk=conversation.pk)
