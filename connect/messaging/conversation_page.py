"""One conversation as one of its people reads it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.utils import timezone

from connect.messaging.correspondents import Correspondent, correspondents, names_joined
from connect.messaging.said import message_said
from connect.messaging.subjects import Subject, subjects_shown
from connect.messaging.text import message_html
from connect.models import Message, Participant
from connect.models.conversations import MAX_PARTICIPANTS
from connect.querysets.conversations import MessageQuerySet
from portal.core.paging import Keyset, KeysetPage

# From the newest backwards; the page turns them around.
BACKWARDS = Keyset(("-id",), size=30)
MOST_NEWS = 100


@dataclass(frozen=True)
class ShownMessage:
    """A message as this reader sees it.

    Args:
        said: the portal's sentence in the place of the text.
        day: of the first message of a day, that day.
    """

    message: Message
    author: Correspondent
    said: str = ""
    day: date | None = None
    is_read_by_other: bool = False

    @property
    def html(self) -> str:
        """Its text, safe to show."""
        return message_html(self.message.text)

    @property
    def is_own(self) -> bool:
        """Whether the reader wrote it."""
        return self.author.is_self and not self.message.is_from_portal

    @property
    def is_readable(self) -> bool:
        """Whether its text and its files are shown."""
        return not self.said


@dataclass
class ConversationPage:
    """A conversation, as far as it is on the page."""

    participant: Participant
    others: list[Participant]
    people: dict[int, Correspondent]
    subject: Subject | None = None
    page: KeysetPage[Message] | None = None
    shown: list[ShownMessage] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What it is called: the group's name, or the names of the others."""
        return self.participant.conversation.subject or names_joined(self.present)

    @property
    def present(self) -> list[Correspondent]:
        """Those who are in it now, beside the reader; in a group without whoever is not there for her."""
        is_group = self.participant.conversation.is_group
        found = [self.people[other.user_id] for other in self.others if other.is_present]
        found = found or ([] if is_group else [self.people[other.user_id] for other in self.others])
        return [person for person in found if person.is_there or not is_group]

    @property
    def other(self) -> Correspondent | None:
        """The one person on the other side, where there is one."""
        present = self.present
        return present[0] if len(present) == 1 and not self.participant.conversation.is_group else None

    @property
    def may_write(self) -> bool:
        """Whether the form to answer is shown."""
        is_group = self.participant.conversation.is_group
        return self.participant.is_present and (is_group or any(person.is_there for person in self.present))

    @property
    def may_add(self) -> bool:
        """Whether the group takes more people."""
        number = 1 + sum(other.is_present for other in self.others)
        return self.participant.is_present and number < MAX_PARTICIPANTS


def conversation_page(
    participant: Participant, *, cursor: str = "", until: UUID | None = None
) -> ConversationPage:
    """Return the newest messages of a conversation, or those before a cursor, oldest on top.

    Args:
        until: a message that is to be the last one shown, as the search leads to it.
    """
    found = opened(participant)
    rows = messages_of(participant)
    if until is not None:
        last = rows.filter(public_id=until).values_list("pk", flat=True).first()
        rows = rows.filter(pk__lte=last) if last else rows
    found.page = BACKWARDS.page(rows, cursor)
    found.shown = list(_shown(found, found.page.rows[::-1]))
    return found


def conversation_news(participant: Participant, *, since: UUID | None) -> ConversationPage:
    """Return what came after a message that the reader has before her; everything new where she has none."""
    found = opened(participant)
    rows = messages_of(participant)
    before = rows.filter(public_id=since).values_list("pk", flat=True).first() if since else None
    news = rows.filter(pk__gt=before or 0).order_by("-id")[:MOST_NEWS]
    found.shown = list(_shown(found, list(news)[::-1], is_continued=before is not None))
    return found


def opened(participant: Participant) -> ConversationPage:
    """Return a conversation with its people and what it is about, before any message is read."""
    rows = Participant.objects.filter(conversation_id=participant.conversation_id)
    everybody = list(rows.met_by(participant.user_id).order_by("id"))
    others = [row for row in everybody if row.user_id != participant.user_id]
    people = correspondents(participant.user, [row.user_id for row in everybody], with_links=True)
    people[participant.user_id] = Correspondent(name=participant.user.name, is_self=True)
    subject = subjects_shown(participant.user, [participant.conversation]).get(participant.conversation_id)
    return ConversationPage(participant=participant, others=others, people=people, subject=subject)


def messages_of(participant: Participant) -> MessageQuerySet:
    """Return what a person may read of a conversation, with its files."""
    return Message.objects.seen_by(participant).prefetch_related("files__file").defer("search")


def _shown(
    found: ConversationPage, messages: Sequence[Message], *, is_continued: bool = False
) -> Iterator[ShownMessage]:
    """Say of each message whose it is; the first of a day carries the day, and the last own one that it was read."""
    day = timezone.localdate() if is_continued else None
    read = _last_read_by_other(found, messages)
    authors = _authors(found, messages)
    for message in messages:
        author = authors[message.sender_id or 0]
        written_on = timezone.localtime(message.created_at).date()
        yield ShownMessage(
            message=message,
            author=author,
            said=message_said(message, author.name),
            day=written_on if written_on != day else None,
            is_read_by_other=message.pk == read,
        )
        day = written_on


def _authors(found: ConversationPage, messages: Sequence[Message]) -> dict[int, Correspondent]:
    """Return who wrote these messages: people of the conversation, and who introduced them to each other."""
    further = {message.sender_id for message in messages if message.sender_id} - found.people.keys()
    others = correspondents(found.participant.user, further) if further else {}
    return {0: Correspondent(name=""), **others, **found.people}


def _last_read_by_other(found: ConversationPage, messages: Sequence[Message]) -> int:
    """Return the key of the last own message when the other has read it; zero where that is not told.

    It is told between two people who have both written: whoever was only asked is not pressed by it.
    """
    other = found.other
    if other is None or other.person is None:
        return 0
    reader, person = found.participant.user_id, other.person.user_id
    own = [message.pk for message in messages if message.sender_id == reader and not message.is_from_portal]
    has_read = next(row.read_message_id for row in found.others if row.user_id == person)
    if not own or own[-1] > has_read:
        return 0
    answers = Message.objects.filter(
        conversation_id=found.participant.conversation_id, sender_id=person, is_from_portal=False
    )
    return own[-1] if answers.exists() else 0
