"""Telling people that somebody wrote to them, and that they have read it."""

from django.db.models import Exists, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_noop

from connect.models import Conversation, Message, Participant
from portal.accounts.models import User
from portal.notices.models import Notification
from portal.notices.services import notify
from portal.notices.texts import Text
from portal.safety.blocks import kept_apart_from

KIND = "message"


def message_tell(*, message: Message) -> None:
    """Tell the others who take part, but for those who silenced the conversation or are kept apart from the sender.

    What is written in one conversation while nobody looks is one notice, which counts.
    """
    sender = message.sender
    if sender is None:
        return
    one, several = _texts(message.conversation, sender)
    notify(
        users=list(_told(message, sender)),
        kind=KIND,
        text=one,
        grouped_text=several,
        url=message.conversation.get_absolute_url(),
        fact=fact_of(message.pk),
        group=group_of(message.conversation_id),
        naming=[sender],
    )


def notices_of_conversation_read(*, user: User, conversation: Conversation, up_to: int | None = None) -> int:
    """Mark as read what told a person of a conversation; returns how many notices.

    Args:
        up_to: key of the last message that she has before her: while a newer one waits, what tells of it stays.
    """
    notices = Notification.objects.filter(
        user=user, kind=KIND, group=group_of(conversation.pk), read_at__isnull=True
    )
    if up_to is not None:
        caught_up = Participant.objects.filter(
            user=user, conversation=conversation, last_message_id__lte=up_to
        )
        notices = notices.filter(Exists(caught_up))
    return notices.update(read_at=timezone.now())


def fact_of(message_id: int) -> str:
    """Name the fact that a message was written."""
    return f"message:{message_id}"


def group_of(conversation_id: int) -> str:
    """Name what the notices of one conversation have in common."""
    return f"conversation:{conversation_id}"


def message_id_of(fact: str) -> int | None:
    """Return the key of the message that a fact names."""
    word, _colon, key = fact.partition(":")
    return int(key) if word == "message" and key.isdecimal() else None


def _told(message: Message, sender: User) -> QuerySet[User]:
    return User.objects.filter(
        participations__conversation=message.conversation_id,
        participations__left_at__isnull=True,
        participations__is_muted=False,
    ).exclude(pk__in={sender.pk, *kept_apart_from(sender)})


def _texts(conversation: Conversation, sender: User) -> tuple[Text, Text]:
    """Return what is said of one message, and of several that wait."""
    person = sender.name
    if conversation.is_group and conversation.subject:
        subject = conversation.subject
        return Text(
            gettext_noop("%(person)s escribió en «%(subject)s»."), person=person, subject=subject
        ), Text.plural(
            "Hay %(number)s mensaje nuevo en «%(subject)s», de %(person)s.",
            "Hay %(number)s mensajes nuevos en «%(subject)s», el último de %(person)s.",
            person=person,
            subject=subject,
        )
    if conversation.about_title:
        title = conversation.about_title
        return Text(
            gettext_noop("%(person)s te escribió sobre «%(title)s»."), person=person, title=title
        ), Text.plural(
            "Tenés %(number)s mensaje de %(person)s sobre «%(title)s».",
            "Tenés %(number)s mensajes de %(person)s sobre «%(title)s».",
            person=person,
            title=title,
        )
    return Text(gettext_noop("%(person)s te escribió."), person=person), Text.plural(
        "Tenés %(number)s mensaje de %(person)s.", "Tenés %(number)s mensajes de %(person)s.", person=person
    )
