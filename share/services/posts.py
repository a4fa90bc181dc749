"""Writing in conversations, and changing or taking away what one wrote."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from portal.accounts.affiliation import affiliation
from portal.accounts.models import User
from portal.core.visitor_cache import forget_visitor_pages
from portal.safety.services import allowance_take
from share.models import Post, PostRevision, Thread
from share.permissions.moderation import can_moderate_threads
from share.permissions.threads import can_edit_post, can_remove_post, can_see_post, can_write_in_thread
from share.services.moderation.holding import post_hold
from share.services.post_parts import (
    Uploads,
    check_number,
    files_keep,
    files_remove,
    key_of,
    mentions_note,
)
from share.services.post_telling import post_announce
from share.services.routed_ends import question_end
from share.spam import post_verdict
from share.threads.entries import thread_entry_write
from share.threads.limits import EDITS_AN_HOUR, POSTS_A_DAY, POSTS_A_MINUTE
from share.threads.texts import text_html, text_kept

# Within it a slip is put right without a mark, as long as nobody has written after it.
UNMARKED = timedelta(minutes=5)
_ANSWER_GONE = gettext_noop(
    "La respuesta que comentás ya no está. Lo que escribiste sigue acá: podés enviarlo como respuesta."
)


@dataclass(frozen=True)
class Removal:
    """What taking a post away left behind.

    Args:
        is_place_kept: whether its place stays, because others wrote below it.
    """

    post: Post
    is_place_kept: bool


@transaction.atomic
def post_create(
    *,
    thread: Thread,
    author: User,
    text: str,
    parent: Post | None = None,
    files: Uploads = (),
    client_key: UUID | None = None,
    is_by_machine: bool = False,
) -> Post:
    """Write in a conversation; the same form sent again is the post that is already there.

    What looks like spam is kept and waits until somebody of the team has looked at it.

    Args:
        text: Markdown, as it was typed.
        parent: the answer that it comments on; a comment on a comment goes to the answer of that one.
        client_key: made by the form. Whoever goes back to a form and writes something else in it sends another one.
        is_by_machine: the form was filled in as no person does.

    Raises:
        PermissionDenied: she may not write here, or the conversation is closed.
        ValidationError: nothing was written, too much, or too soon after the last in slow mode.
        LimitReached: she has written as much as she may for now.
    """
    kept = text_kept(text)
    check_number(files)
    held = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    key = key_of(client_key, kept, files)
    sent = Post.objects.filter(thread=held, author=author, client_key=key).first() if key else None
    if sent is not None:
        return sent
    can_write_in_thread(author, held).require()
    answer = _answer_of(held, parent, author)
    _check_pace(held, author)
    allowance_take(user=author, limit=POSTS_A_MINUTE.id)
    allowance_take(user=author, limit=POSTS_A_DAY.id)
    verdict = post_verdict(author=author, text=kept, is_by_machine=is_by_machine)
    post = post_append(
        thread=held, author=author, text=kept, parent=answer, status=verdict.status, client_key=key
    )
    files_keep(post=post, user=author, uploads=files)
    if verdict.is_held:
        post_hold(post=post, reason=verdict.reason)
        return post
    post_announce(post=post)
    return post


def post_append(
    *,
    thread: Thread,
    author: User,
    text: str,
    parent: Post | None = None,
    status: str = Post.Status.VISIBLE,
    client_key: UUID | None = None,
    municipality_id: int | None = None,
) -> Post:
    """Give a kept text the next number of a conversation, whose row the caller holds, and note whom it mentions.

    Args:
        municipality_id: where she works, if it is not to be found out.
    """
    number = thread.last_number + 1
    post = Post.objects.create(
        thread=thread,
        number=number,
        parent=parent,
        branch=parent.branch if parent else number,
        author=author,
        municipality_id=municipality_id or _works_in(author, thread),
        text=text,
        html=text_html(text),
        status=status,
        client_key=client_key,
    )
    advanced: dict[str, Any] = {"last_number": number}
    if status == Post.Status.VISIBLE:
        advanced |= {"last_post_at": post.created_at, "last_post_by": author}
    _note(thread, advanced)
    mentions_note(post=post, author=author)
    return post


@transaction.atomic
def post_edit(
    *, post: Post, editor: User, text: str, files: Uploads = (), without: Sequence[int] = ()
) -> Post:
    """Change what one wrote; what it said before can be read, unless nobody has written since a moment ago.

    Args:
        files: to add.
        without: keys of its files (`PostFile`) to take away.

    Raises:
        PermissionDenied: somebody else wrote it, it is gone, or the conversation is locked.
        ValidationError: nothing is left of it, or it is too long.
        LimitReached: she has changed as much as she may for now.
    """
    kept = text_kept(text)
    thread, held = post_held(post)
    can_edit_post(editor, held).require()
    check_number(files, besides=held.files.exclude(pk__in=without).count())
    allowance_take(user=editor, limit=EDITS_AN_HOUR.id)
    files_remove(post=held, keys=without)
    files_keep(post=held, user=editor, uploads=files)
    if kept != held.text:
        _rewrite(thread, held, editor, kept)
    forget_visitor_pages()
    return held


@transaction.atomic
def post_remove(*, post: Post, by: User) -> Removal:
    """Take away what one wrote: its text, its versions and its files go, its place stays where others wrote below it.

    A conversation that nobody else wrote in goes with its opening post.

    Raises:
        PermissionDenied: somebody else wrote it, or it is gone.
    """
    thread, held = post_held(post)
    can_remove_post(by, held).require()
    files_remove(post=held)
    held.revisions.all().delete()
    held.mentions.all().delete()
    held.thanked.all().delete()
    held.text, held.html, held.status = "", "", Post.Status.REMOVED
    held.accepted_at = held.accepted_by = None
    held.save(update_fields=["text", "html", "status", "accepted_at", "accepted_by"])
    others = Post.objects.filter(thread=thread, status=Post.Status.VISIBLE)
    below = others if held.is_opening else others.filter(branch=held.branch)
    is_place_kept = not held.is_comment and below.exists()
    _note_newest(thread)
    if held.is_opening and not is_place_kept:
        thread.hidden_at = timezone.now()
        thread.save(update_fields=["hidden_at"])
        question_end(thread_id=thread.pk)
    thread_entry_write(thread)
    return Removal(held, is_place_kept)


def post_held(post: Post) -> tuple[Thread, Post]:
    """Return a post with its conversation, both as they are now and held until the transaction ends.

    The conversation is held first, as by everybody who writes in it.
    """
    thread = Thread.objects.select_for_update(no_key=True).get(pk=post.thread_id)
    held = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    if held.thread_id != thread.pk:
        # It was moved to another conversation in this very moment.
        raise PermissionDenied(_("Este mensaje acaba de pasar a otra conversación: volvé a abrirlo."))
    held.thread = thread
    return thread, held


def is_marked(thread: Thread, post: Post, now: datetime) -> bool:
    """Say whether a change is marked: it was changed before, others wrote since, or some minutes have passed."""
    return post.edited_at is not None or thread.last_number > post.number or now - post.created_at > UNMARKED


def _rewrite(thread: Thread, post: Post, editor: User, text: str) -> None:
    now = timezone.now()
    # What nobody has read yet leaves no version.
    if post.is_visible and is_marked(thread, post, now):
        PostRevision.objects.create(post=post, text=post.text, replaced_by=editor)
        post.edited_at = now
    post.text, post.html = text, text_html(text)
    post.save(update_fields=["text", "html", "edited_at"])
    mentions_note(post=post, author=editor)
    verdict = post_verdict(author=editor, text=text, besides=post.pk)
    if verdict.is_held and post.is_visible:
        post_hold(post=post, reason=verdict.reason)
        _note_newest(thread)
    if post.is_opening or post.accepted_at is not None:
        thread_entry_write(thread)


def _answer_of(thread: Thread, parent: Post | None, author: User) -> Post | None:
    """Return the answer that a comment belongs to; what is written below the opening post is an answer itself."""
    if parent is None:
        return None
    meant = Post.objects.filter(thread=thread, pk=parent.pk).first()
    if meant is not None and meant.is_opening:
        return None
    answer = meant.parent if meant is not None and meant.parent is not None else meant
    for one in (meant, answer):
        if one is not None:
            one.thread = thread
    if meant is None or answer is None or not (can_see_post(author, meant) and meant.is_visible):
        raise ValidationError({"text": _(_ANSWER_GONE)})
    return answer


def _check_pace(thread: Thread, author: User) -> None:
    """Hold somebody back who wrote a moment ago, where the team slowed the conversation down."""
    if not thread.slow_mode_seconds or can_moderate_threads(author):
        return
    since = timezone.now() - timedelta(seconds=thread.slow_mode_seconds)
    last = Post.objects.filter(thread=thread, author=author).order_by("-number").first()
    if last is None or last.created_at <= since:
        return
    minutes = ceil((last.created_at - since).total_seconds() / 60)
    raise ValidationError(
        {
            "text": ngettext(
                "El equipo puso esta conversación en modo lento. Lo que escribiste sigue acá: podés enviarlo en "
                "%(minutes)d minuto.",
                "El equipo puso esta conversación en modo lento. Lo que escribiste sigue acá: podés enviarlo en "
                "%(minutes)d minutos.",
                minutes,
            )
            % {"minutes": minutes}
        }
    )


def _works_in(author: User, thread: Thread) -> int | None:
    """Return the municipality that she writes from: that of the conversation if she works there, else her first."""
    places = affiliation(author)
    if thread.municipality_id in places:
        return thread.municipality_id
    return min(places) if places else None


def _note_newest(thread: Thread) -> None:
    """Note with the conversation which of its visible posts is the newest."""
    newest = Post.objects.filter(thread=thread, status=Post.Status.VISIBLE).order_by("-number").first()
    if newest is not None:
        _note(thread, {"last_post_at": newest.created_at, "last_post_by": newest.author})


def _note(thread: Thread, values: dict[str, Any]) -> None:
    for name, value in values.items():
        setattr(thread, name, value)
    thread.save(update_fields=list(values))
