"""A person's conversations: her copy of them, and their erasure."""

from itertools import groupby
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from connect.messaging.correspondents import Correspondent, correspondents
from connect.messaging.said import message_said
from connect.messaging.subjects import subjects_shown
from connect.models import Conversation, Message, MessageFile, Participant
from portal.accounts.models import Membership, User
from portal.accounts.own_marks import marks_cutter, marks_of
from portal.files.models import StoredFile

_WORKED = (Membership.Status.ACTIVE, Membership.Status.LEFT)


def export_messages(user: User) -> list[dict[str, Any]]:
    """Return a person's conversations with what she wrote and what was written to her, as far as she may read it."""
    own = Participant.objects.filter(user=user).select_related("conversation").order_by("id")
    participants = {row.conversation_id: row for row in own}
    others = Participant.objects.filter(conversation_id__in=participants).exclude(user=user)
    others = others.met_by(user.pk).order_by("id")
    pairs = list(others.values_list("conversation_id", "user_id"))
    people = correspondents(user, {person for _conversation, person in pairs})
    subjects = subjects_shown(user, [row.conversation for row in participants.values()])
    written = _written(user, people)
    return [
        {
            "with": [people[person].name for conversation, person in pairs if conversation == key],
            "group": row.conversation.subject,
            "about": subjects[key].title if key in subjects else "",
            "started_by_you": row.conversation.started_by_id == user.pk,
            "since": _moment(row.joined_at),
            "left_at": _moment(row.left_at) if row.left_at else None,
            "without_notices": row.is_muted,
            "messages": written.get(key, []),
        }
        for key, row in participants.items()
    ]


def erase_messages(user: User) -> None:
    """Take what a person wrote away from everybody; what a municipality was answered stays, without her name.

    What she wrote as an official about a thing of a municipality of hers is that municipality's correspondence: it is
    read as that of "someone who worked there". Of everything else the place stays, so that what others answered can
    be understood, and nothing of the text or the files. What nobody takes part in any more is deleted.
    """
    hers = Message.objects.filter(sender=user)
    kept = _of_her_municipalities(user, hers)
    gone = hers.exclude(pk__in=kept.values("pk"))
    files = StoredFile.objects.filter(
        pk__in=list(MessageFile.objects.filter(message__in=gone).values_list("file_id", flat=True))
    )
    files.delete()
    gone.filter(is_from_portal=False).update(text="")
    gone.filter(is_from_portal=True, text__startswith=Message.Said.INTRODUCED).update(
        text=Message.Said.INTRODUCED
    )
    hers.update(client_key=None)
    _leave_name_out(user, kept)
    Participant.objects.filter(user=user).update(
        left_at=Coalesce(F("left_at"), timezone.now()), is_muted=False
    )
    _delete_what_nobody_reads(user)


def _written(user: User, people: dict[int, Correspondent]) -> dict[int, list[dict[str, Any]]]:
    """Return the messages that a person may read, by conversation."""
    visible = Message.objects.visible_to(user).prefetch_related("files__file").defer("search")
    rows = visible.order_by("conversation_id", "id")
    return {
        key: [_exported(message, user, people) for message in messages]
        for key, messages in groupby(rows, key=lambda message: message.conversation_id)
    }


def _exported(message: Message, user: User, people: dict[int, Correspondent]) -> dict[str, Any]:
    is_own = message.sender_id == user.pk
    author = people.get(message.sender_id or 0)
    name = user.name if is_own else author.name if author else ""
    said = message_said(message, name)
    # Her own words are hers, even those that the team took away from others.
    is_readable = not said or (is_own and message.is_hidden and not message.is_from_portal)
    return {
        "from": "" if message.is_from_portal else name,
        "by_you": is_own and not message.is_from_portal,
        "at": _moment(message.created_at),
        "text": message.text if is_readable else said,
        "files": [
            {"name": each.file.name, "address": each.file.get_absolute_url()} for each in message.files.all()
        ]
        if is_readable
        else [],
    }


def _of_her_municipalities(user: User, hers: QuerySet[Message]) -> QuerySet[Message]:
    """Return what she wrote about things of municipalities where she works or worked."""
    worked_in = Membership.objects.filter(user=user, status__in=_WORKED).values("municipality_id")
    return hers.filter(is_from_portal=False, conversation__municipality_id__in=worked_in).exclude(
        conversation__about_kind=""
    )


def _leave_name_out(user: User, kept: QuerySet[Message]) -> None:
    """Take a person's name and address out of what stays, where she signed with them."""
    marks = marks_of(user)
    if not marks:
        return
    holding = Q()
    for mark in marks:
        holding |= Q(text__icontains=mark)
    cut = marks_cutter(marks)
    changed: list[Message] = []
    for message in kept.filter(holding).only("pk", "text"):
        message.text = cut(message.text)
        changed.append(message)
    Message.objects.bulk_update(changed, ["text"], batch_size=500)


def _delete_what_nobody_reads(user: User) -> None:
    """Delete her conversations in which nobody is left who could read them, but for what municipalities keep.

    Whoever is suspended may come back to hers.
    """
    others = Participant.objects.filter(user__erased_at__isnull=True).exclude(user=user)
    read = others.values("conversation_id")
    unread = Conversation.objects.filter(participants__user=user).exclude(pk__in=read)
    unread = unread.filter(Q(municipality__isnull=True) | Q(about_kind=""))
    keys = list(unread.values_list("pk", flat=True))
    files = MessageFile.objects.filter(message__conversation_id__in=keys).values_list("file_id", flat=True)
    StoredFile.objects.filter(pk__in=list(files)).delete()
    Conversation.objects.filter(pk__in=keys).delete()


def _moment(value: Any) -> str:
    return str(timezone.localtime(value).isoformat(timespec="seconds"))
