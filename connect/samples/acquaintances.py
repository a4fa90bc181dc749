"""Invented people who know each other, ask each other and write: so that a newcomer sees how it looks in use."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from connect.models import Connection, Conversation, Introduction, Message
from connect.querysets.kinds import KIND as PERSON
from connect.samples.letters import ANA, INTRODUCTION, REQUESTS, THREADS, SampleRequest, SampleThread
from connect.services.connections import connection_accept, connection_request
from connect.services.conversations import Written, conversation_start
from connect.services.introductions import introduction_propose
from connect.services.message_notices import notices_of_conversation_read
from connect.services.messages import message_send
from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.safety.models import Allowance

People = dict[str, User]


@transaction.atomic
def acquaintances_create() -> str:
    """Let the invented people know each other and write, once; nothing where they did so before, or are not there."""
    people = sample_people()
    if ANA not in people or _has_begun(people[ANA]):
        return ""
    for request in REQUESTS:
        _ask(people, request)
    _introduce(people)
    threads = sum(
        thread_write(people, thread, about=_thing(people, thread)) is not None for thread in THREADS
    )
    # Who tries the portal with one of these accounts has done nothing of this herself.
    allowances_give_back(people)
    return _("%(number)d conversaciones de muestra.") % {"number": threads}


@transaction.atomic
def acquaintances_remove() -> int:
    """Take away what the invented people have with each other, and nothing of anybody else; returns how much."""
    both = Q(requester__is_sample=True, recipient__is_sample=True)
    connections = Connection.objects.filter(both)
    introductions = Introduction.objects.filter(first__is_sample=True, second__is_sample=True)
    conversations = Conversation.objects.filter(started_by__is_sample=True)
    among_them = conversations.exclude(participants__user__is_sample=False)
    found = (connections, introductions, among_them)
    removed = sum(rows.count() for rows in found)
    for rows in found:
        rows.delete()
    return removed


def sample_people() -> People:
    """Return the invented people by their e-mail."""
    return {user.email: user for user in User.objects.samples().filter(is_active=True, former_of="")}


def thread_write(people: People, thread: SampleThread, *, about: Entry | None = None) -> Conversation | None:
    """Have people write to each other, whoever writes having read what came before; None where one is missing."""
    if not people.keys() >= {*thread.people, *(letter.sender for letter in thread.letters)}:
        return None
    first, *answers = thread.letters
    message = conversation_start(
        starter=people[first.sender],
        people=[people[email] for email in thread.people],
        written=Written(first.text),
        subject=thread.subject,
        about=about,
    )
    conversation = message.conversation
    _date(message, first.days_ago)
    for letter in answers:
        notices_of_conversation_read(user=people[letter.sender], conversation=conversation)
        message = message_send(conversation=conversation, sender=people[letter.sender], text=letter.text)
        _date(message, letter.days_ago)
    times = conversation.messages.aggregate(began=Min("created_at"), last=Max("created_at"))
    conversation.participants.update(joined_at=times["began"])
    Conversation.objects.filter(pk=conversation.pk).update(
        created_at=times["began"], last_message_at=times["last"]
    )
    return conversation


def allowances_give_back(people: People) -> None:
    """Let the accounts write as much today as if they had not written yet."""
    Allowance.objects.filter(user__in=people.values()).delete()


def _has_begun(user: User) -> bool:
    """Say whether anything was asked of or by her before, even if it has ended since."""
    asked = Connection.objects.filter(Q(requester=user) | Q(recipient=user))
    return asked.exists() or Message.objects.filter(conversation__participants__user=user).exists()


def _ask(people: People, request: SampleRequest) -> None:
    if not people.keys() >= {request.requester, request.recipient}:
        return
    asker, asked = people[request.requester], people[request.recipient]
    connection = connection_request(requester=asker, recipient=asked, note=request.note)
    if request.is_accepted:
        connection_accept(connection=connection, actor=asked)


def _introduce(people: People) -> None:
    introducer, first, second, note = INTRODUCTION
    if people.keys() >= {introducer, first, second}:
        introduction_propose(
            introducer=people[introducer], first=people[first], second=people[second], note=note
        )


def _thing(people: People, thread: SampleThread) -> Entry | None:
    """Return a thing of some place, which is no person and nothing invented, that all of them may find."""
    if not thread.topics:
        return None
    found = Entry.objects.visible_to(people[ANA]).filter(topics__contains=list(thread.topics))
    real = found.filter(is_sample=False, visibility=Entry.Visibility.PUBLIC, country__isnull=False)
    return real.exclude(kind=PERSON).order_by("published_at", "object_id").first()


def _date(message: Message, days_ago: int) -> None:
    written = timezone.now() - timedelta(days=days_ago)
    Message.objects.filter(pk=message.pk).update(created_at=written)
