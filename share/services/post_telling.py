"""Telling of posts in the background: a row says that a post is to be told of, until everybody was."""

import logging

from django.db import DatabaseError, transaction

from portal.core.events import announce, post_created
from portal.core.jobs import queue_on_commit
from share.models import Post, PostToTell
from share.services.thread_notices import post_tell

TELL_POSTS = "share.tasks.threads.tell_posts"
logger = logging.getLogger(__name__)


def post_announce(*, post: Post) -> None:
    """Let it be known that a post can be read, and have people told of it once it is saved."""
    PostToTell.objects.get_or_create(post=post)
    announce(post_created, post_id=post.pk)
    queue_on_commit(TELL_POSTS)


def posts_tell() -> int:
    """Tell of the posts that nobody was told of yet, the oldest first; returns how many they were.

    Any number of workers may do it at once; each post is one's. Where one fails it stays to be told, and those after
    it do not wait for it.
    """
    told, last = 0, 0
    while key := _next_key(last):
        last = key
        try:
            told += _tell(key)
        except DatabaseError:
            logger.exception("Of post %s nobody could be told; the next sweep tries again.", key)
    return told


def _next_key(last: int) -> int | None:
    waiting = PostToTell.objects.filter(pk__gt=last).order_by("pk")
    return waiting.values_list("pk", flat=True).first()


@transaction.atomic
def _tell(key: int) -> bool:
    """Tell of one post, unless another worker does: the notices are saved and the row goes together."""
    row = PostToTell.objects.select_for_update(skip_locked=True).filter(pk=key).first()
    if row is None:
        return False
    post_tell(post_id=key)
    row.delete()
    return True
