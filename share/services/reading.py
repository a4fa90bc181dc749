"""How far a person has read a conversation, and whether she follows it."""

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from portal.accounts.models import User
from share.models import Thread, ThreadReader

# One statement, so that two tabs do not get into each other's way and nothing that was read becomes unread.
_READ = """
    INSERT INTO share_threadreader (thread_id, user_id, is_following, is_muted, read_number, read_at)
    VALUES (%(thread)s, %(user)s, false, false, %(number)s, %(now)s)
    ON CONFLICT (user_id, thread_id) DO UPDATE
    SET read_number = greatest(share_threadreader.read_number, excluded.read_number), read_at = excluded.read_at
"""
_TAKE_PART = """
    INSERT INTO share_threadreader (thread_id, user_id, is_following, is_muted, read_number, read_at)
    VALUES (%(thread)s, %(user)s, true, false, %(number)s, %(now)s)
    ON CONFLICT (user_id, thread_id) DO UPDATE
    SET is_following = NOT share_threadreader.is_muted,
        read_number = CASE WHEN share_threadreader.read_number >= %(number)s - 1
            THEN greatest(share_threadreader.read_number, %(number)s) ELSE share_threadreader.read_number END
"""


def thread_read(*, thread: Thread, user: User, up_to: int | None = None) -> None:
    """Note that a person has read a conversation, up to a post's number or to its newest; never less than before."""
    _run(_READ, thread.pk, user.pk, thread.last_number if up_to is None else up_to)


def thread_take_part(*, thread_id: int, user_id: int, number: int) -> None:
    """Let whoever wrote in a conversation follow it, unless she silenced it; her own post is no news to her."""
    _run(_TAKE_PART, thread_id, user_id, number)


@transaction.atomic
def thread_follow(*, thread: Thread, user: User, is_following: bool, is_muted: bool = False) -> ThreadReader:
    """Follow a conversation, follow it no more, or silence it: then taking part does not make her follow it again."""
    wanted: dict[str, Any] = {"is_following": is_following and not is_muted, "is_muted": is_muted}
    reader, _is_new = ThreadReader.objects.update_or_create(
        thread=thread,
        user=user,
        defaults=wanted,
        create_defaults={**wanted, "read_number": thread.last_number, "read_at": timezone.now()},
    )
    return reader


def _run(statement: str, thread_id: int, user_id: int, number: int) -> None:
    values: dict[str, Any] = {"thread": thread_id, "user": user_id, "number": number, "now": timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
