"""Hiding what somebody wrote, and showing it again."""

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from share.models import Post, ThreadChange
from share.services.moderation.entries import thread_entry_refresh
from share.services.moderation.taking import (
    ModerationConflict,
    change_note,
    newest_post_note,
    post_taken,
)
from share.services.moderation.telling import tell_author_of_post
from share.services.moderation.threads import thread_hide

Kind = ThreadChange.Kind


@transaction.atomic
def post_hide(
    *, post: Post, actor: User, reason: str, seen: int | None = None, is_report: bool = False
) -> Post:
    """Take a post away from everybody but the team; the opening one takes its conversation with it.

    Args:
        is_report: it was decided with a report, by somebody who may decide those.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        ModerationConflict: it is not there to be hidden.
    """
    held = post_taken(post=post, actor=actor, seen=seen, is_report=is_report)
    if held.is_opening:
        thread_hide(thread=held.thread, actor=actor, reason=reason, seen=seen, is_report=is_report)
        return held
    if held.status not in (Post.Status.VISIBLE, Post.Status.HELD):
        raise ModerationConflict(_("Este mensaje ya no estaba a la vista. No cambiamos nada."))
    held.status = Post.Status.HIDDEN
    held.save(update_fields=["status"])
    newest_post_note(held.thread)
    # An accepted answer is in the catalogue, and kept pages of visitors may show what nobody is to read any more.
    thread_entry_refresh(held.thread)
    change = change_note(thread=held.thread, kind=Kind.HIDDEN, actor=actor, reason=reason, post=held)
    tell_author_of_post(
        post=held,
        change=change,
        msgid=gettext_noop(
            "Ocultamos lo que escribiste en «%(title)s»: %(reason)s Podés volver a contarlo de otra manera."
        ),
    )
    return held


@transaction.atomic
def post_show(*, post: Post, actor: User, reason: str = "", seen: int | None = None) -> Post:
    """Show again what was hidden by the team; what its author took away stays away.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        ModerationConflict: it was not hidden.
    """
    held = post_taken(post=post, actor=actor, seen=seen)
    if held.status != Post.Status.HIDDEN:
        raise ModerationConflict(_("Este mensaje no estaba oculto. No cambiamos nada."))
    held.status = Post.Status.VISIBLE
    held.save(update_fields=["status"])
    newest_post_note(held.thread)
    thread_entry_refresh(held.thread)
    change = change_note(thread=held.thread, kind=Kind.SHOWN, actor=actor, reason=reason, post=held)
    tell_author_of_post(
        post=held,
        change=change,
        msgid=gettext_noop("Volvimos a mostrar lo que escribiste en «%(title)s». %(reason)s"),
    )
    return held
