"""Pages of a conversation by key: the last of a thousand is as quick as the first, and every page has an address.

A cursor says beside which post a page stands ("tras-12-40": what comes after post 40 of branch 12), so that an old
address still leads to the same place when others have written since.
"""

import re
from dataclasses import dataclass

from django.db.models import Q

from share.models import Post
from share.querysets.threads import PostQuerySet

PAGE_SIZE = 50
END = "fin"
_CURSOR = re.compile(r"(tras|antes|desde)-([0-9]{1,9})-([0-9]{1,9})", re.ASCII)
Key = tuple[int, int]


@dataclass(frozen=True)
class PostPage:
    """A page of posts, and the cursors of its neighbours (empty where there is none).

    Args:
        is_first, is_last: whether the conversation begins or ends on it.
    """

    posts: list[Post]
    next_cursor: str
    previous_cursor: str

    @property
    def is_first(self) -> bool:
        """Whether the conversation begins on it."""
        return not self.previous_cursor

    @property
    def is_last(self) -> bool:
        """Whether the conversation ends on it."""
        return not self.next_cursor


def posts_page(posts: PostQuerySet, cursor: str, *, size: int = PAGE_SIZE) -> PostPage:
    """Return the page that a cursor names; the first one when it is empty or none of ours.

    Args:
        posts: those of one conversation that the reader may read.
    """
    if cursor == END:
        found = _lasts(posts, size)
        return PostPage(found[-size:], "", _before(found[-size]) if len(found) > size else "")
    read = _CURSOR.fullmatch(cursor)
    if read is None:
        found = list(posts.in_order()[: size + 1])
        return PostPage(found[:size], _after(found[size - 1]) if len(found) > size else "", "")
    way, key = read.group(1), (int(read.group(2)), int(read.group(3)))
    if way == "antes":
        return _page_before(posts, key, size)
    return _page_after(posts, key, size, is_inclusive=way == "desde")


def is_cursor(cursor: str) -> bool:
    """Say whether a cursor is one that a page of ours could have written."""
    return cursor == END or _CURSOR.fullmatch(cursor) is not None


def cursor_of_post(posts: PostQuerySet, post: Post, *, size: int = PAGE_SIZE) -> str:
    """Return the cursor of a page that a post stands on; empty for the first page."""
    before = posts.filter(_up_to((post.branch, post.number)))
    if before.order_by()[: size + 1].count() <= size:
        return ""
    within = posts.filter(branch=post.branch, number__lt=post.number)
    # The page begins with the answer that it comments on, unless there are too many comments between the two.
    head = post.branch if post.is_comment and within.order_by()[:size].count() < size else post.number
    return f"desde-{post.branch}-{head}"


def _page_after(posts: PostQuerySet, key: Key, size: int, *, is_inclusive: bool) -> PostPage:
    beyond = _from(key) if is_inclusive else _beyond(key)
    found = list(posts.filter(beyond).in_order()[: size + 1])
    rows = found[:size]
    if not rows:
        return posts_page(posts, END, size=size)
    has_more = len(found) > size
    # What this page begins after may be gone; what is before its own first post is asked for by that.
    return PostPage(
        rows, _after(rows[-1]) if has_more else "", _before(rows[0]) if rows[0].number > 1 else ""
    )


def _page_before(posts: PostQuerySet, key: Key, size: int) -> PostPage:
    found = _lasts(posts.filter(_below(key)), size)
    rows = found[-size:]
    if len(found) <= size:
        # So near to the beginning that the first page is meant, whole.
        return posts_page(posts, "", size=size)
    return PostPage(rows, _after(rows[-1]), _before(rows[0]))


def _lasts(posts: PostQuerySet, size: int) -> list[Post]:
    found = list(posts.order_by("-branch", "-number")[: size + 1])
    found.reverse()
    return found


def _after(post: Post) -> str:
    return f"tras-{post.branch}-{post.number}"


def _before(post: Post) -> str:
    return f"antes-{post.branch}-{post.number}"


def _beyond(key: Key) -> Q:
    branch, number = key
    return Q(branch__gte=branch) & (Q(branch__gt=branch) | Q(number__gt=number))


def _from(key: Key) -> Q:
    branch, number = key
    return Q(branch__gte=branch) & (Q(branch__gt=branch) | Q(number__gte=number))


def _below(key: Key) -> Q:
    branch, number = key
    return Q(branch__lte=branch) & (Q(branch__lt=branch) | Q(number__lt=number))


def _up_to(key: Key) -> Q:
    branch, number = key
    return Q(branch__lte=branch) & (Q(branch__lt=branch) | Q(number__lte=number))
