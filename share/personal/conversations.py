"""What a person asked and answered in conversations: her copy of it, and what of it stays when she leaves."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from portal.accounts.models import User
from portal.accounts.own_marks import marks_cutter, marks_of
from portal.catalog.services import entry_withdraw
from portal.core.markdown import markdown_html
from portal.files.models import StoredFile
from share.models import Post, PostFile, RoutedQuestion, Thread, ThreadChange, ThreadSupport
from share.querysets.threads import KIND
from share.routing.reasons import said_to_her
from share.threads.entries import thread_entry_write
from share.threads.texts import text_html

_AT_A_TIME = 500
Status = Post.Status


def export_conversations(user: User) -> Iterator[dict[str, Any]]:
    """Yield the conversations that a person began."""
    for thread in Thread.objects.filter(author=user).order_by("pk").iterator(_AT_A_TIME):
        yield {
            "title": thread.title,
            "kind": thread.kind,
            "who_reads": thread.visibility,
            "areas": thread.areas,
            "topics": thread.topics,
            "about": thread.about_title,
            "outcome": thread.outcome,
            "at": _moment(thread.created_at),
            "closed_at": _moment(thread.closed_at),
            "is_hidden": thread.hidden_at is not None,
        }


def export_posts(user: User) -> Iterator[dict[str, Any]]:
    """Yield everything that she wrote in conversations, also what others do not see."""
    posts = Post.objects.filter(author=user).select_related("thread").order_by("pk")
    for post in posts.iterator(_AT_A_TIME):
        yield {
            "conversation": post.thread.title,
            "number": post.number,
            "at": _moment(post.created_at),
            "edited_at": _moment(post.edited_at),
            "status": post.status,
            "text": post.text,
            "accepted_at": _moment(post.accepted_at),
            "thanks": post.thanks,
        }


def export_care(user: User) -> dict[str, Any]:
    """Return what she did to conversations, which answers she accepted, and which questions were put to her."""
    changes = ThreadChange.objects.filter(by=user).select_related("thread").order_by("pk")
    accepted = Post.objects.filter(accepted_by=user).select_related("thread").order_by("pk")
    routed = RoutedQuestion.objects.filter(user=user).select_related("thread").order_by("pk")
    return {
        "changes": [
            {
                "conversation": change.thread.title,
                "what": change.get_kind_display(),
                "at": _moment(change.at),
                "reason": change.reason,
            }
            for change in changes
        ],
        "accepted_by_you": [
            {"conversation": post.thread.title, "number": post.number, "at": _moment(post.accepted_at)}
            for post in accepted
        ],
        "questions_for_you": [
            {
                "conversation": row.thread.title,
                "status": row.get_status_display(),
                "reason": said_to_her(row.reasons),
                "asked_at": _moment(row.asked_at),
                "decided_at": _moment(row.decided_at),
            }
            for row in routed
        ],
    }


def erase_conversations(user: User) -> None:
    """Leave what she asked and answered to the network, without her, and nothing that others did not read.

    What she wrote is read as that of "someone who worked in" her municipality. Her name, her addresses and telephone
    numbers are cut out of it. What waited, was hidden or taken away loses its text, and a conversation in which nobody
    but her took part goes. What others wrote stays as they wrote it.
    """
    cut = marks_cutter(marks_of(user), with_phones=True)
    _delete_what_was_hers_alone(user)
    _empty_what_others_do_not_read(user)
    changed = _cut_posts(user, cut)
    changed |= _cut_threads(user, cut)
    for thread in Thread.objects.filter(pk__in=changed):
        thread_entry_write(thread)
    _cut_history(user, cut)
    RoutedQuestion.objects.filter(user=user).delete()
    Post.objects.filter(accepted_by=user).update(accepted_by=None)
    Post.objects.filter(author=user).update(client_key=None)
    Thread.objects.filter(author=user).update(client_key=None)


def _delete_what_was_hers_alone(user: User) -> None:
    others = Post.objects.filter(thread=OuterRef("pk")).exclude(author=user).exclude(status=Status.REMOVED)
    same = ThreadSupport.objects.filter(thread=OuterRef("pk")).exclude(user=user)
    alone = Thread.objects.filter(~Exists(others), ~Exists(same), author=user)
    keys = list(alone.values_list("pk", flat=True))
    files = PostFile.objects.filter(post__thread__in=keys).values_list("file_id", flat=True)
    StoredFile.objects.filter(pk__in=list(files)).delete()
    Thread.objects.filter(pk__in=keys).delete()
    entry_withdraw(kind=KIND, object_ids=keys)


def _empty_what_others_do_not_read(user: User) -> None:
    unseen = ~Q(status=Status.VISIBLE) | Q(thread__hidden_at__isnull=False)
    keys = list(Post.objects.filter(unseen, author=user).values_list("pk", flat=True))
    posts = Post.objects.filter(pk__in=keys)
    posts.update(text="", html="")
    # What nobody of the team has to decide any more.
    posts.filter(status=Status.HELD).update(status=Status.REMOVED)
    hidden = Thread.objects.filter(author=user, hidden_at__isnull=False)
    hidden.update(title="…", outcome="", outcome_html="", about_title="", about_url="")


def _cut_posts(user: User, cut: Any) -> set[int]:
    """Cut her marks out of what she wrote; returns the keys of the conversations that this changed."""
    changed: list[Post] = []
    for post in Post.objects.filter(author=user).exclude(text="").only("text", "thread_id").iterator():
        text = cut(post.text)
        if text != post.text:
            post.text, post.html = text, str(text_html(text))
            changed.append(post)
    Post.objects.bulk_update(changed, ["text", "html"], batch_size=_AT_A_TIME)
    return {post.thread_id for post in changed}


def _cut_threads(user: User, cut: Any) -> set[int]:
    changed: list[Thread] = []
    for thread in Thread.objects.filter(author=user).only("title", "outcome"):
        title, outcome = cut(thread.title), cut(thread.outcome)
        if (title, outcome) != (thread.title, thread.outcome):
            thread.title = title[:200]
            thread.outcome, thread.outcome_html = outcome, str(markdown_html(outcome))
            changed.append(thread)
    Thread.objects.bulk_update(changed, ["title", "outcome", "outcome_html"], batch_size=_AT_A_TIME)
    return {thread.pk for thread in changed}


def _cut_history(user: User, cut: Any) -> None:
    """Take her out of the history: of her own steps the words too, of others' her conversations' earlier titles."""
    ThreadChange.objects.filter(by=user).update(by=None, reason="")
    hers = ThreadChange.objects.filter(thread__author=user).exclude(reason="")
    changed = [change for change in hers if change.reason != cut(change.reason)]
    for change in changed:
        change.reason = cut(change.reason)[:500]
    ThreadChange.objects.bulk_update(changed, ["reason"], batch_size=_AT_A_TIME)


def _moment(value: datetime | None) -> str | None:
    return timezone.localtime(value).isoformat(timespec="seconds") if value else None
