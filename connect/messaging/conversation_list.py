"""A person's conversations, and what she finds in them, as the page of messages shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from connect.messaging.correspondents import Correspondent, correspondents, names_joined
from connect.messaging.said import message_said
from connect.messaging.subjects import Subject, subjects_shown
from connect.models import Message, Participant
from connect.querysets.conversations import MessageQuerySet, ParticipantQuerySet
from portal.core.paging import Keyset, KeysetPage

NEWEST = Keyset(("-last_message_id", "-id"), size=20)
FOUND_NEWEST = Keyset(("-id",), size=20)


@dataclass(frozen=True)
class ConversationRow:
    """One conversation in the list."""

    participant: Participant
    title: str
    subject: Subject | None
    excerpt: str
    at: datetime
    is_own: bool

    @property
    def url(self) -> str:
        """Where it is read."""
        return self.participant.conversation.get_absolute_url()

    @property
    def is_unread(self) -> bool:
        """Whether something new waits."""
        return self.participant.is_unread


@dataclass(frozen=True)
class FoundRow:
    """One message in which the reader's words were found."""

    message: Message
    title: str
    author: str

    @property
    def url(self) -> str:
        """Where it stands among the others."""
        return f"{self.message.conversation.get_absolute_url()}?hasta={self.message.public_id}"


def own_conversations(user: Any, *, is_unread_only: bool = False) -> ParticipantQuerySet:
    """Return a person's conversations; those in which nothing was said are none."""
    own = Participant.objects.filter(user_id=user.pk, last_message_id__gt=0).select_related("conversation")
    return own.unread() if is_unread_only else own


def own_page(user: Any, *, is_unread_only: bool, cursor: str) -> KeysetPage[Participant]:
    """Return one page of them, the one in which something was said last on top."""
    return NEWEST.page(own_conversations(user, is_unread_only=is_unread_only), cursor)


def conversation_rows(user: Any, participants: Sequence[Participant]) -> list[ConversationRow]:
    """Return what is shown of each, in a number of queries that does not grow with them."""
    conversations = [participant.conversation for participant in participants]
    people = _people_of(user, [conversation.pk for conversation in conversations])
    subjects = subjects_shown(user, conversations)
    last = _last_messages(user, participants)
    return [
        ConversationRow(
            participant=participant,
            title=_title(participant, people.get(participant.conversation_id, [])),
            subject=subjects.get(participant.conversation_id),
            excerpt=_excerpt(user, last.get(participant.last_message_id), people),
            at=_at(participant, last.get(participant.last_message_id)),
            is_own=_is_own(user, last.get(participant.last_message_id)),
        )
        for participant in participants
    ]


def messages_found(user: Any, text: str) -> MessageQuerySet:
    """Return what a person's words are found in, of all that she may read."""
    found = Message.objects.visible_to(user).matching(text)
    return found.select_related("conversation").defer("search")


def found_rows(user: Any, messages: Sequence[Message], text: str) -> list[FoundRow]:
    """Return what is shown of each message found, in a number of queries that does not grow with them."""
    found = Message.objects.filter(pk__in=[message.pk for message in messages]).with_extract(text)
    extracts = {message.pk: message.extract for message in found.only("pk")}
    people = _people_of(user, [message.conversation_id for message in messages])
    authors = correspondents(user, {message.sender_id for message in messages if message.sender_id})
    rows = []
    for message in messages:
        message.extract = extracts.get(message.pk, "")
        others = people.get(message.conversation_id, [])
        author = authors.get(message.sender_id or 0)
        rows.append(
            FoundRow(
                message=message,
                title=message.conversation.subject or names_joined(others),
                author=_("Vos") if message.sender_id == user.pk else author.name if author else "",
            )
        )
    return rows


def _people_of(user: Any, conversation_ids: Sequence[int]) -> dict[int, list[Correspondent]]:
    """Return the others in each conversation, those who left a group aside."""
    rows = (
        Participant.objects.filter(conversation_id__in=conversation_ids)
        .exclude(user_id=user.pk)
        .met_by(user.pk)
        .order_by("id")
        .values_list("conversation_id", "user_id", "left_at", "conversation__is_group")
    )
    pairs = [(conversation, person) for conversation, person, left_at, _group in rows if left_at is None]
    # When everybody left, whoever was there last still gives the conversation its name.
    named = {conversation for conversation, _person in pairs}
    pairs += [(row[0], row[1]) for row in rows if row[2] is not None and row[0] not in named and not row[3]]
    found = correspondents(user, {person for _conversation, person in pairs})
    groups = {row[0] for row in rows if row[3]}
    people: dict[int, list[Correspondent]] = {}
    for conversation, person in pairs:
        # In a group, who is not there for the reader is nobody, and not somebody without a name.
        if found[person].is_there or conversation not in groups:
            people.setdefault(conversation, []).append(found[person])
    return people


def _title(participant: Participant, others: list[Correspondent]) -> str:
    return participant.conversation.subject or names_joined(others)


def _last_messages(user: Any, participants: Sequence[Participant]) -> dict[int, Message]:
    keys = [participant.last_message_id for participant in participants]
    return {
        message.pk: message
        for message in Message.objects.visible_to(user).filter(pk__in=keys).defer("search")
    }


def _excerpt(user: Any, message: Message | None, people: dict[int, list[Correspondent]]) -> str:
    if message is None:
        return ""
    names = {
        other.person.user_id: other.name
        for other in people.get(message.conversation_id, [])
        if other.person is not None
    }
    said = message_said(message, names.get(message.sender_id or 0, "") or _own_name(user, message))
    return said or " ".join(message.text.split())[:160]


def _own_name(user: Any, message: Message) -> str:
    return str(user.name) if message.sender_id == user.pk else _("Alguien")


def _at(participant: Participant, message: Message | None) -> datetime:
    return message.created_at if message else participant.conversation.last_message_at


def _is_own(user: Any, message: Message | None) -> bool:
    return message is not None and message.sender_id == user.pk and not message.is_from_portal
