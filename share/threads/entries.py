"""Conversations as the catalogue sees them: found by their title, what they ask, and the answers that helped."""

import re
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from html import unescape
from itertools import islice

from django.utils.translation import gettext_lazy as _

from portal.catalog.kinds import EntryDraft, EntryKind
from portal.catalog.services import entry_publish, entry_withdraw
from portal.core.visitor_cache import forget_visitor_pages
from share.models import Post, Thread
from share.querysets.threads import KIND

_CHUNK = 1000
_MOST_ACCEPTED = 5
_LONGEST_SUMMARY = 280
_LONGEST_BODY = 12_000
_tags = re.compile(r"<[^>]*>")


def thread_entry_write(thread: Thread) -> None:
    """Let the catalogue know a conversation as it is now, in the transaction that wrote it, and forget kept pages.

    Answers do not pass here, unless they were accepted: what was hidden is withdrawn.
    """
    draft = next(drafts_of([thread.pk]), None)
    if draft is not None:
        entry_publish(draft=draft)
        return
    entry_withdraw(kind=KIND, object_ids=[thread.pk])
    # The page may have been kept without an entry of its own.
    forget_visitor_pages()


def drafts_of(thread_ids: Iterable[int]) -> Iterator[EntryDraft]:
    """Yield the drafts of those of these conversations that were not taken away; two queries."""
    threads = Thread.objects.shown().select_related("municipality").in_bulk(list(thread_ids))
    told: dict[int, list[Post]] = {key: [] for key in threads}
    posts = Post.objects.filter(thread__in=threads, status=Post.Status.VISIBLE)
    opening, accepted = posts.filter(number=1), posts.filter(accepted_at__isnull=False)
    for post in opening.union(accepted, all=True).order_by("thread_id", "number"):
        told[post.thread_id].append(post)
    for key, thread in threads.items():
        yield _draft(thread, told[key])


def all_drafts() -> Iterator[EntryDraft]:
    """Yield the drafts of all conversations that were not taken away, for a rebuild of the catalogue."""
    keys = Thread.objects.shown().order_by("pk").values_list("pk", flat=True)
    ids = keys.iterator(chunk_size=_CHUNK)
    while chunk := list(islice(ids, _CHUNK)):
        yield from drafts_of(chunk)


def last_changes(thread_ids: Collection[int]) -> dict[int, datetime]:
    """Return when something was written last in each of these conversations."""
    return dict(Thread.objects.filter(pk__in=thread_ids).values_list("pk", "last_post_at"))


def plain(html: str) -> str:
    """Return what a post says in one line, without anybody whom it mentions."""
    return " ".join(unescape(_tags.sub(" ", html)).split())


def _draft(thread: Thread, posts: list[Post]) -> EntryDraft:
    texts = [plain(post.html) for post in posts[: 1 + _MOST_ACCEPTED]]
    outcome = plain(thread.outcome_html)
    town = thread.municipality
    people = [thread.author_id, *(post.author_id for post in posts if post.accepted_at)]
    return EntryDraft(
        kind=KIND,
        object_id=thread.pk,
        url=thread.get_absolute_url(),
        title=thread.title,
        summary=_cut(outcome or (texts[0] if texts and posts[0].is_opening else ""), _LONGEST_SUMMARY),
        body=_cut("\n\n".join(filter(None, [outcome, *texts])), _LONGEST_BODY),
        published_at=thread.created_at,
        language=thread.language[:2],
        country_id=town.country_id if town else None,
        municipality_id=thread.municipality_id,
        place_name=town.name if town else "",
        areas=thread.areas,
        topics=thread.topics,
        people=list(dict.fromkeys(key for key in people if key)),
        visibility=thread.visibility,
        is_sample=thread.is_sample,
    )


def _cut(text: str, longest: int) -> str:
    """Cut a text at a word."""
    if len(text) <= longest:
        return text
    return f"{text[:longest].rsplit(' ', 1)[0]}…"


thread_kind = EntryKind(
    id=KIND,
    label=_("Conversación"),
    label_plural=_("Conversaciones"),
    function="share",
    drafts=all_drafts,
    order=4,
    changes=last_changes,
    # A conversation about a conversation is an answer in it.
    allows_discussion=False,
)
