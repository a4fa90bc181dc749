"""What waits until somebody of the team has looked at it: let in, or not."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from portal.core.events import announce, thread_created
from share.models import MovedPost, Post, ThreadChange
from share.services.moderation.entries import thread_entry_refresh
from share.services.moderation.taking import ModerationConflict, change_note, newest_post_note, post_taken
from share.services.moderation.telling import tell_author_of_post, tell_held
from share.services.post_telling import post_announce
from share.services.routed_ends import question_end

Kind = ThreadChange.Kind


@transaction.atomic
def post_hold(*, post: Post, reason: str) -> Post:
    """Let what somebody has just written wait, tell her so, and tell the team that something waits.

    A conversation whose opening post waits is hidden until it is let in.

    Args:
        reason: the code of a verdict (`share.spam`).
    """
    post.status = Post.Status.HELD
    post.save(update_fields=["status"])
    if post.is_opening and post.thread.hidden_at is None:
        post.thread.hidden_at = timezone.now()
        post.thread.save(update_fields=["hidden_at"])
        question_end(thread_id=post.thread_id)
        thread_entry_refresh(post.thread)
    change_note(thread=post.thread, kind=Kind.HELD, actor=None, reason=reason, post=post)
    tell_held(post=post, code=reason)
    return post


@transaction.atomic
def post_approve(*, post: Post, actor: User, seen: int | None = None) -> Post:
    """Let in what waited, as if it had been written now: whoever has read what came meanwhile finds it as new.

    What was read before and waited because it was changed stays where and when it was.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        ModerationConflict: it does not wait any more.
    """
    held = _waiting(post, actor, seen)
    _let_in(held)
    change = change_note(thread=held.thread, kind=Kind.APPROVED, actor=actor, post=held)
    tell_author_of_post(
        post=held,
        change=change,
        msgid=gettext_noop("Ya se ve lo que escribiste en «%(title)s». Gracias por esperar."),
    )
    if held.is_opening:
        announce(thread_created, thread_id=held.thread_id)
    else:
        post_announce(post=held)
    return held


@transaction.atomic
def post_reject(*, post: Post, actor: User, reason: str, seen: int | None = None) -> Post:
    """Keep out what waited, and tell whoever wrote it why.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        ModerationConflict: it does not wait any more.
    """
    held = _waiting(post, actor, seen)
    held.status = Post.Status.HIDDEN
    held.save(update_fields=["status"])
    change = change_note(thread=held.thread, kind=Kind.REJECTED, actor=actor, reason=reason, post=held)
    tell_author_of_post(
        post=held,
        change=change,
        msgid=gettext_noop(
            "Esta vez no publicamos lo que escribiste en «%(title)s»: %(reason)s Podés contarlo de otra manera."
        ),
    )
    return held


def _waiting(post: Post, actor: User, seen: int | None) -> Post:
    held = post_taken(post=post, actor=actor, seen=seen)
    if held.status != Post.Status.HELD:
        raise ModerationConflict(_("Este mensaje ya no espera: alguien lo resolvió. No cambiamos nada."))
    return held


def _let_in(post: Post) -> None:
    thread, now = post.thread, timezone.now()
    # What was read before it was changed comes back to its place, to the comments below it.
    was_read = post.edited_at is not None
    values: dict[str, Any] = {"status": Post.Status.VISIBLE}
    if not was_read:
        values["created_at"] = now
    if not was_read and post.number < thread.last_number and not post.is_opening:
        MovedPost.objects.create(thread=thread, number=post.number, post=post)
        thread.last_number += 1
        thread.save(update_fields=["last_number"])
        values["number"] = thread.last_number
        # A comment stays below its answer; an answer heads a branch of its own.
        values["branch"] = post.branch if post.is_comment else thread.last_number
    for name, value in values.items():
        setattr(post, name, value)
    post.save(update_fields=list(values))
    if post.is_opening:
        thread.created_at, thread.hidden_at = post.created_at, None
        thread.save(update_fields=["created_at", "hidden_at"])
    if post.is_opening or was_read:
        thread_entry_refresh(thread)
    newest_post_note(thread)
