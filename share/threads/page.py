"""One page of a conversation for one reader: what everybody of her level reads, kept, and what is hers."""

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.core.cache import cache
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils.translation import get_language

from portal.catalog.reading_level import ReadingLevel, SharedReader, reading_level
from portal.core.visitor_cache import GENERATION_KEY
from portal.safety.blocks import kept_apart_from
from portal.safety.models import Block
from share.models import Post, PostFile, PostThanks, Thread, ThreadReader, ThreadSupport
from share.querysets.threads import PostQuerySet, ThreadQuerySet
from share.threads.drawing import DrawnPost, draw_posts, posts_named, signatures_of
from share.threads.paging import PostPage, posts_page
from share.threads.references import Named

_SECONDS = 300
MOST_ACCEPTED = 5


@dataclass(frozen=True)
class AcceptedAnswer:
    """An answer that was accepted, as the top of the page names it."""

    number: int
    signature: str


@dataclass(frozen=True)
class DrawnPage:
    """Posts of a page as a level reads them, and the neighbours' cursors."""

    posts: list[DrawnPost]
    accepted: list[AcceptedAnswer]
    next_cursor: str
    previous_cursor: str


@dataclass
class ThreadPage:
    """A page of a conversation for one reader.

    Args:
        reader_row: how far she has read; None where she never came, or nobody is signed in.
        thanks: of each post, by its key, how many thanked and whether she did.
        folded: the people whose posts are folded for her, because she blocked them.
        reads_up_to: the number up to which she has read once she has seen this page; None where nothing changes.
    """

    thread: Thread
    drawn: DrawnPage
    reader_row: ThreadReader | None = None
    thanks: dict[int, tuple[int, bool]] = field(default_factory=dict)
    folded: frozenset[int] = frozenset()
    reads_up_to: int | None = None

    @property
    def posts(self) -> list[DrawnPost]:
        """The posts of the page, in their order."""
        return self.drawn.posts

    @property
    def is_first(self) -> bool:
        """Whether the conversation begins on it."""
        return not self.drawn.previous_cursor

    @property
    def is_last(self) -> bool:
        """Whether the conversation ends on it."""
        return not self.drawn.next_cursor

    @property
    def read_number(self) -> int | None:
        """How far she had read before she came; None where nothing is old or new to her."""
        return self.reader_row.read_number if self.reader_row and self.reader_row.read_number else None

    def is_new(self, post: DrawnPost) -> bool:
        """Say whether a post came since her last visit."""
        return self.read_number is not None and post.number > self.read_number

    @cached_property
    def new_count(self) -> int:
        """How many posts of this page are new to her."""
        return sum(self.is_new(post) for post in self.posts)

    @property
    def has_unread(self) -> bool:
        """Whether anything came since her last visit, here or on another page."""
        return self.read_number is not None and self.thread.last_number > self.read_number


def readable_threads(reader: Any) -> ThreadQuerySet:
    """Return the conversations that a reader may open, with what the page needs to know of her in one query."""
    threads: ThreadQuerySet = Thread.objects.readable_by(reader).select_related("municipality")
    if not reader.is_authenticated:
        return threads
    held = Post.objects.filter(thread=OuterRef("pk"), author_id=reader.pk, status=Post.Status.HELD)
    supports = ThreadSupport.objects.filter(thread=OuterRef("pk"), user_id=reader.pk)
    return threads.annotate(has_held=Exists(held), is_supported=Exists(supports))


def thread_page(reader: Any, thread: Thread, cursor: str) -> ThreadPage:
    """Return a page of a conversation that the reader may read."""
    blocked = blocked_by(reader)
    page = ThreadPage(thread, _drawn(reader, thread, cursor, blocked))
    if not reader.is_authenticated:
        return page
    page.reader_row = ThreadReader.objects.filter(thread=thread, user=reader).first()
    page.thanks = _thanks(reader, page.posts)
    page.folded = blocked
    page.reads_up_to = _reads_up_to(reader, thread, page)
    return page


def posts_of(reader: Any, thread: Thread) -> PostQuerySet:
    """Return the posts of a conversation that somebody reads.

    Of what its author took away the place stays where others wrote below it, empty.
    """
    posts: PostQuerySet = Post.objects.filter(thread=thread)
    if reader.is_authenticated and reader.is_staff:
        return posts
    below = Post.objects.filter(
        thread=thread, branch=OuterRef("branch"), number__gt=OuterRef("number"), status=Post.Status.VISIBLE
    )
    emptied = Q(status=Post.Status.REMOVED, parent__isnull=True) & (Q(number=1) | Q(Exists(below)))
    shown = Q(status=Post.Status.VISIBLE) | emptied
    if reader.is_authenticated and reader.pk is not None:
        shown |= Q(status=Post.Status.HELD, author_id=reader.pk)
    return posts.filter(shown)


def level_reader(reader: Any) -> Any:
    """Return who stands for everybody of a reader's level: names are the same for all of them.

    Whoever was blocked reads them as everybody does, and so learns nothing.
    """
    level = reading_level(reader)
    return AnonymousUser() if level is ReadingLevel.VISITOR else SharedReader(level)


def blocked_by(reader: Any) -> frozenset[int]:
    """Return whom a reader blocked; who blocked her is read as by everybody."""
    if not kept_apart_from(reader):
        return frozenset()
    return frozenset(Block.objects.filter(blocker_id=reader.pk).values_list("blocked_id", flat=True))


def _drawn(reader: Any, thread: Thread, cursor: str, blocked: frozenset[int]) -> DrawnPage:
    """Return what everybody of the reader's level reads; made for her alone where she reads something else."""
    if getattr(thread, "has_held", False) or blocked:
        return _draw(reader, thread, cursor, blocked)
    level = reading_level(reader)
    key = _key(thread, cursor, level)
    found = cache.get_many([GENERATION_KEY, key])
    generation = found.get(GENERATION_KEY, 0)
    kept_in, page = found.get(key, (None, None))
    if page is None or kept_in != generation:
        page = _draw(level_reader(reader), thread, cursor)
        cache.set(key, (generation, page), _SECONDS)
    return page


def _key(thread: Thread, cursor: str, level: ReadingLevel) -> str:
    named = f"{thread.pk}|{thread.version}|{cursor}|{level}|{get_language()}"
    return f"share:thread:{hashlib.sha256(named.encode()).hexdigest()}"


def _draw(reader: Any, thread: Thread, cursor: str, blocked: frozenset[int] = frozenset()) -> DrawnPage:
    files = Prefetch("files", PostFile.objects.select_related("file"))
    posts = posts_of(reader, thread).select_related("author", "municipality").prefetch_related(files)
    page = posts_page(posts, cursor)
    accepted = _accepted(reader, thread)
    shared = level_reader(reader)
    named = posts_named(shared, [*page.posts, *accepted], apart=blocked)
    drawn = draw_posts(shared, thread, page.posts, named=named, heads=_heads(reader, thread, page))
    return DrawnPage(drawn, _told(shared, accepted, named), page.next_cursor, page.previous_cursor)


def _accepted(reader: Any, thread: Thread) -> list[Post]:
    """Return the accepted answers, where there are any; the first page and every other name them on top."""
    if not thread.accepted:
        return []
    found = (
        posts_of(reader, thread).filter(accepted_at__isnull=False).select_related("author", "municipality")
    )
    return list(found.order_by("accepted_at", "number")[:MOST_ACCEPTED])


def _told(reader: Any, rows: list[Post], named: Named) -> list[AcceptedAnswer]:
    signed = signatures_of(reader, rows, named)
    return [AcceptedAnswer(row.number, signed[row.author_id, row.municipality_id].text) for row in rows]


def _heads(reader: Any, thread: Thread, page: PostPage) -> dict[int, int]:
    """Return the answers of comments that stand on this page without theirs, by their branch."""
    there = {post.number for post in page.posts}
    missing = {post.branch for post in page.posts if post.is_comment} - there
    if not missing:
        return {}
    found = posts_of(reader, thread).filter(number__in=missing)
    return {number: number for number in found.values_list("number", flat=True)}


def _thanks(reader: Any, posts: list[DrawnPost]) -> dict[int, tuple[int, bool]]:
    hers = PostThanks.objects.filter(post=OuterRef("pk"), user_id=reader.pk)
    rows = Post.objects.filter(pk__in=[post.id for post in posts]).annotate(mine=Exists(hers))
    return {key: (number, mine) for key, number, mine in rows.values_list("pk", "thanks", "mine")}


def _reads_up_to(reader: Any, thread: Thread, page: ThreadPage) -> int | None:
    """Return how far she has read after this page.

    On her first visit everything that is there is old. Later, as far as no post that came since stands elsewhere:
    what is new on another page stays new.
    """
    read = page.read_number
    if read is None:
        return thread.last_number
    if read >= thread.last_number:
        return None
    if page.is_first and page.is_last:
        return thread.last_number
    elsewhere = Post.objects.filter(thread=thread, number__gt=read, status=Post.Status.VISIBLE).exclude(
        _on(page)
    )
    first = elsewhere.order_by("number").values_list("number", flat=True).first()
    up_to = thread.last_number if first is None else first - 1
    return up_to if up_to > read else None


def _on(page: ThreadPage) -> Q:
    return Q(number__in=[post.number for post in page.posts])
