"""Giving an answer, with its comments, a conversation of its own: links to where they stood lead to where they are."""

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from portal.core.events import announce, thread_created
from share.models import MovedPost, Post, Thread, ThreadChange
from share.services.moderation.entries import thread_entry_refresh
from share.services.moderation.taking import ModerationConflict, change_note, newest_post_note, post_taken
from share.services.moderation.telling import tell_author_of_post

Kind = ThreadChange.Kind
MAX_TITLE = 200
# Whoever wrote in the branch and follows the old conversation follows the new one; all of it counts as read.
_FOLLOW = """
    INSERT INTO share_threadreader (thread_id, user_id, is_following, is_muted, read_number, read_at)
    SELECT DISTINCT %(new)s::bigint, reader.user_id, reader.is_following, reader.is_muted,
        %(last)s::integer, %(now)s::timestamptz
    FROM share_threadreader AS reader JOIN share_post AS post ON post.author_id = reader.user_id
    WHERE reader.thread_id = %(old)s AND post.thread_id = %(new)s
    ON CONFLICT (user_id, thread_id) DO NOTHING
"""


@transaction.atomic
def answer_split(
    *, answer: Post, actor: User, title: str, kind: str, reason: str = "", seen: int | None = None
) -> Thread:
    """Make an answer and its comments a conversation: the answer opens it, its comments answer there.

    Args:
        title: of the new conversation.
        kind: a question or a discussion.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        ModerationConflict: it is no answer that everybody sees.
        ValidationError: it has no title.
    """
    wanted = title.strip()[:MAX_TITLE]
    if not wanted:
        raise ValidationError({"title": _("Escribí un título para la conversación nueva.")})
    held = post_taken(post=answer, actor=actor, seen=seen)
    if not held.is_answer or not held.is_visible:
        raise ModerationConflict(_("Solo se separa una respuesta que se ve, con sus comentarios."))
    old = held.thread
    new = _begun(old, held, wanted, kind)
    _carry_over(old, new, held)
    newest_post_note(old)
    newest_post_note(new)
    with connection.cursor() as cursor:
        cursor.execute(
            _FOLLOW, {"new": new.pk, "old": old.pk, "last": new.last_number, "now": timezone.now()}
        )
    thread_entry_refresh(old)
    thread_entry_refresh(new)
    change_note(thread=old, kind=Kind.SPLIT, actor=actor, reason=reason, after={"thread_to": new.pk})
    held.refresh_from_db()
    change = change_note(
        thread=new, kind=Kind.SPLIT, actor=actor, reason=reason, post=held, after={"thread_from": old.pk}
    )
    tell_author_of_post(
        post=held,
        change=change,
        msgid=gettext_noop(
            "Lo que escribiste merecía una conversación propia: ahora es «%(title)s». %(reason)s"
        ),
    )
    announce(thread_created, thread_id=new.pk)
    return new


def _begun(old: Thread, answer: Post, title: str, kind: str) -> Thread:
    return Thread.objects.create(
        kind=Thread.Kind(kind),
        title=title,
        language=old.language,
        visibility=old.visibility,
        author=answer.author,
        municipality_id=answer.municipality_id,
        areas=old.areas,
        topics=old.topics,
        last_post_at=answer.created_at,
        last_post_by=answer.author,
        is_sample=old.is_sample,
    )


def _carry_over(old: Thread, new: Thread, answer: Post) -> None:
    """Move the branch: the answer becomes number 1, each comment an answer, in their order."""
    comments = list(Post.objects.filter(thread=old, parent=answer).order_by("number").select_for_update())
    moving = [answer, *comments]
    MovedPost.objects.bulk_create(MovedPost(thread=old, number=post.number, post=post) for post in moving)
    for number, post in enumerate(moving, start=1):
        post.thread, post.number, post.branch = new, number, number
        post.parent = None
        # What opens a conversation cannot be its accepted answer.
        post.accepted_at = post.accepted_by = None
    Post.objects.bulk_update(
        moving, ["thread", "number", "branch", "parent", "accepted_at", "accepted_by"], batch_size=500
    )
    new.last_number = len(moving)
    new.save(update_fields=["last_number"])
