"""Taking a conversation in hand: one moderator at a time, and whoever comes second is told."""

from typing import Any

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services import audit_record
from share.models import Post, Thread, ThreadChange
from share.permissions.moderation import can_moderate_threads

MAX_REASON = 200
_BY_TEAM = frozenset(ThreadChange.Kind) - {ThreadChange.Kind.EDITED, ThreadChange.Kind.OUTCOME}


class ModerationConflict(Exception):
    """Somebody did something meanwhile, or the step does not apply; the message is for the moderator's page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


def state_seen(thread: Thread) -> int:
    """Return what a page notes of a conversation's state, so that a step taken on an old page is noticed."""
    return ThreadChange.objects.filter(thread=thread).aggregate(newest=Max("pk"))["newest"] or 0


def thread_taken(*, thread: Thread, actor: User, seen: int | None, is_report: bool = False) -> Thread:
    """Return the conversation's row, held until the caller's transaction ends.

    Args:
        seen: what the moderator's page noted; nothing where there was no page.
        is_report: it was decided with a report, by somebody who may decide those.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        ModerationConflict: somebody of the team did something to it since the page was opened.
    """
    if not is_report:
        can_moderate_threads(actor).require()
    held = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    if seen is not None:
        newer = ThreadChange.objects.filter(thread=held, pk__gt=seen, kind__in=_BY_TEAM)
        change = newer.exclude(by=None).exclude(by=actor).select_related("by").first()
        if change is not None:
            raise ModerationConflict(
                _("Mientras mirabas, %(who)s ya hizo algo: «%(what)s». No cambiamos nada: fijate cómo quedó.")
                % {"who": change.by, "what": change.get_kind_display()}
            )
    return held


def post_taken(*, post: Post, actor: User, seen: int | None, is_report: bool = False) -> Post:
    """Return a post with its conversation, both held; see `thread_taken`."""
    thread = thread_taken(thread=post.thread, actor=actor, seen=seen, is_report=is_report)
    held = Post.objects.select_for_update(of=("self",)).select_related("author").get(pk=post.pk)
    if held.thread_id != thread.pk:
        raise ModerationConflict(_("Este mensaje ya está en otra conversación. No cambiamos nada."))
    held.thread = thread
    return held


def change_note(
    *,
    thread: Thread,
    kind: str,
    actor: User | None,
    reason: str = "",
    post: Post | None = None,
    after: dict[str, Any] | None = None,
) -> ThreadChange:
    """Append a step to the conversation's history and to the audit trail.

    Args:
        after: what holds now, without anybody's words.
    """
    number = post.number if post is not None else None
    audit_record(
        action=f"{'post' if post is not None else 'thread'}.{kind}",
        target=post if post is not None else thread,
        after=after,
        actor_id=actor.pk if actor is not None else None,
    )
    return ThreadChange.objects.create(
        thread=thread, kind=kind, by=actor, number=number, reason=reason.strip()[:MAX_REASON]
    )


def newest_post_note(thread: Thread) -> None:
    """Note with the conversation, whose row the caller holds, which of its visible posts is the newest."""
    newest = Post.objects.filter(thread=thread, status=Post.Status.VISIBLE).order_by("-number")
    row = newest.values("created_at", "author_id").first()
    thread.last_post_at = row["created_at"] if row else thread.created_at
    thread.last_post_by_id = row["author_id"] if row else thread.author_id
    thread.save(update_fields=["last_post_at", "last_post_by"])
