"""Conversations about a municipality's things pass to whoever follows an official who left."""

from collections.abc import Collection

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from connect.models import Conversation, Message, Participant
from connect.services.conversations import pair_of
from connect.services.message_notices import notices_of_conversation_read
from connect.services.messages import portal_say
from portal.accounts.models import User
from portal.places.models import Municipality
from portal.safety.blocks import kept_apart_from


def conversations_to_pass_on(*, user: User, municipality: Municipality) -> QuerySet[Conversation]:
    """Return the conversations in which others asked an official about a thing of the municipality's.

    What she asked others herself, and what she wrote to colleagues about nothing of the town's, stays hers.
    """
    taking_part = Participant.objects.present().filter(user=user)
    held = _about_things_of(municipality).filter(pk__in=taking_part.values("conversation_id"))
    return held.exclude(started_by=user)


@transaction.atomic
def conversations_pass_on(
    *, user: User, municipality: Municipality, successor: User, keys: Collection[int] | None = None
) -> int:
    """Put the successor in the place of an official who left, and say so there; returns how many passed.

    The successor reads the whole of each; who left reads what was written until now. A conversation with the
    successor herself, or with somebody who is kept apart from her, stays as it is.

    Args:
        keys: those that the official held when she left, who may have erased her account since; what she holds now
            when not given.
    """
    if keys is None:
        keys = conversations_to_pass_on(user=user, municipality=municipality).values_list("pk", flat=True)
    held = _about_things_of(municipality).filter(pk__in=list(keys), participants__user=user)
    unfit = {successor.pk, *kept_apart_from(successor)}
    passed = 0
    for conversation in held.select_for_update(no_key=True, of=("self",)):
        others = set(conversation.participants.present().values_list("user_id", flat=True)) - {user.pk}
        if not others or others & unfit:
            continue
        _take_leave(conversation, user)
        _take_over(conversation, successor)
        _name_pair(conversation, successor, others)
        passed += 1
    return passed


def _about_things_of(municipality: Municipality) -> QuerySet[Conversation]:
    found = Conversation.objects.filter(municipality=municipality, is_group=False)
    return found.exclude(about_kind="").order_by("pk")


def _take_leave(conversation: Conversation, leaver: User) -> None:
    portal_say(conversation=conversation, said=Message.Said.LEFT_TOWN, person=leaver)
    conversation.participants.present().filter(user=leaver).update(left_at=timezone.now())
    notices_of_conversation_read(user=leaver, conversation=conversation)


def _take_over(conversation: Conversation, successor: User) -> None:
    Participant.objects.update_or_create(
        conversation=conversation, user=successor, defaults={"left_at": None}
    )
    portal_say(conversation=conversation, said=Message.Said.GOES_ON, person=successor)
    # What the portal says of somebody counts as read by her; here she is the one who has everything to read.
    conversation.participants.filter(user=successor).update(read_message_id=0)


def _name_pair(conversation: Conversation, successor: User, others: set[int]) -> None:
    """Let whoever writes about the thing again find this conversation, and the one who left begin a new one."""
    pair = pair_of(successor.pk, next(iter(others))) if len(others) == 1 else ""
    taken = Conversation.objects.filter(
        pair=pair, about_kind=conversation.about_kind, about_id=conversation.about_id
    )
    conversation.pair = "" if taken.exclude(pk=conversation.pk).exists() else pair
    conversation.save(update_fields=["pair"])
