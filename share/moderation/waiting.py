"""Why something of a reader's own waits until the team has looked at it."""

from typing import Any

from share.models import Post, Thread, ThreadChange
from share.moderation.words import held_because


def waits_because(reader: Any, thread: Thread) -> str:
    """Return why the newest of what a reader wrote in a conversation waits; empty where nothing does. One query."""
    hers = Post.objects.filter(thread=thread, author_id=reader.pk, status=Post.Status.HELD)
    held = ThreadChange.objects.filter(
        thread=thread, kind=ThreadChange.Kind.HELD, number__in=hers.values("number")
    )
    code = held.order_by("-id").values_list("reason", flat=True).first()
    return "" if code is None else str(held_because(code))
