"""Beginning a conversation, and what whoever began it does with it."""

from collections.abc import Sequence
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.core.events import announce, thread_created
from portal.core.markdown import markdown_html
from portal.core.plain_text import without_hidden
from portal.core.visitor_cache import forget_visitor_pages
from portal.safety.services import allowance_take
from share.models import Thread, ThreadChange
from share.models.threads import MAX_OUTCOME
from share.permissions.threads import (
    can_change_thread,
    can_close_thread,
    can_start_thread,
    can_tell_outcome,
)
from share.services.moderation.holding import post_hold
from share.services.post_parts import Uploads, check_number, files_keep, key_of
from share.services.posts import post_append
from share.services.routed_ends import question_end
from share.services.thread_drafts import ThreadDraft, draft_check, slugs_check, title_kept
from share.spam import post_verdict
from share.threads.about import can_be_discussed
from share.threads.entries import thread_entry_write
from share.threads.limits import POSTS_A_MINUTE, THREADS_A_DAY
from share.threads.texts import text_kept

_KEPT_ONCE = "share_thread_once"


def thread_create(
    *,
    author: User,
    draft: ThreadDraft,
    files: Uploads = (),
    client_key: UUID | None = None,
    is_by_machine: bool = False,
) -> Thread:
    """Begin a conversation with its opening post; the same form sent again is the one that is already there.

    What looks like spam is kept, hidden, until somebody of the team has looked at it.

    Raises:
        PermissionDenied: she may not begin any, or not about this thing.
        ValidationError: something is missing, too long or not hers.
        LimitReached: she has begun as many as she may for now.
    """
    can_start_thread(author).require()
    if draft.about is not None:
        can_be_discussed(author, draft.about).require()
    title, text = title_kept(draft.title), text_kept(draft.text)
    draft_check(author=author, draft=draft)
    check_number(files)
    key = key_of(client_key, f"{title}\n{text}", files)
    sent = _already_sent(author, key)
    if sent is not None:
        return sent
    try:
        return _create(author, draft, title, text, files, key, is_by_machine=is_by_machine)
    except IntegrityError as error:
        # Two of the same form at once: the other one was quicker.
        sent = _already_sent(author, key)
        if sent is None or _KEPT_ONCE not in str(error):
            raise
        return sent


@transaction.atomic
def thread_edit(
    *, thread: Thread, editor: User, title: str, areas: Sequence[str], topics: Sequence[str]
) -> Thread:
    """Put a conversation's title, areas and topics right; its history says how it was called.

    Raises:
        PermissionDenied: the editor neither began it nor looks after conversations.
        ValidationError: the title says too little or too much, or there are too many areas or topics.
    """
    held = _held(thread)
    can_change_thread(editor, held).require()
    slugs_check(areas, topics)
    wanted = {"title": title_kept(title), "areas": list(areas), "topics": list(topics)}
    before = {name: getattr(held, name) for name in wanted}
    if wanted == before:
        return held
    for name, value in wanted.items():
        setattr(held, name, value)
    held.save(update_fields=list(wanted))
    was = _("Se llamaba «%(title)s».") % {"title": before["title"]}
    _note(held, ThreadChange.Kind.EDITED, editor, was if wanted["title"] != before["title"] else "")
    thread_entry_write(held)
    return held


@transaction.atomic
def thread_close(*, thread: Thread, by: User) -> Thread:
    """Close a conversation: it is read, and nobody answers any more. Closed already, it stays as it is.

    Raises:
        PermissionDenied: she neither began it nor looks after conversations.
    """
    held = _held(thread)
    can_close_thread(by, held).require()
    if not held.is_closed:
        held.closed_at = timezone.now()
        held.save(update_fields=["closed_at"])
        _note(held, ThreadChange.Kind.CLOSED, by)
        question_end(thread_id=held.pk)
        forget_visitor_pages()
    return held


@transaction.atomic
def thread_open(*, thread: Thread, by: User) -> Thread:
    """Open a conversation again that was closed by whoever began it; what the team locked, the team opens.

    Raises:
        PermissionDenied: she neither began it nor looks after conversations, or it is locked.
    """
    held = _held(thread)
    can_close_thread(by, held).require()
    if held.is_closed:
        held.closed_at, held.is_locked = None, False
        held.save(update_fields=["closed_at", "is_locked"])
        _note(held, ThreadChange.Kind.OPENED, by)
        forget_visitor_pages()
    return held


@transaction.atomic
def outcome_tell(*, thread: Thread, by: User, text: str) -> Thread:
    """Say what came of a conversation; an empty text takes away what was said.

    Raises:
        PermissionDenied: she neither began it nor looks after conversations.
        ValidationError: it is too long.
    """
    held = _held(thread)
    can_tell_outcome(by, held).require()
    kept = without_hidden(text).strip()
    if len(kept) > MAX_OUTCOME:
        raise ValidationError(
            {
                "outcome": _("Tiene %(number)d letras y entran %(maximum)d. Contalo en pocas oraciones.")
                % {"number": len(kept), "maximum": MAX_OUTCOME}
            }
        )
    if kept != held.outcome:
        held.outcome, held.outcome_html = kept, markdown_html(kept)
        held.save(update_fields=["outcome", "outcome_html"])
        _note(held, ThreadChange.Kind.OUTCOME, by)
        thread_entry_write(held)
    return held


@transaction.atomic
def _create(
    author: User,
    draft: ThreadDraft,
    title: str,
    text: str,
    files: Uploads,
    key: UUID | None,
    *,
    is_by_machine: bool,
) -> Thread:
    allowance_take(user=author, limit=THREADS_A_DAY.id)
    allowance_take(user=author, limit=POSTS_A_MINUTE.id)
    verdict = post_verdict(author=author, text=text, title=title, is_by_machine=is_by_machine)
    now = timezone.now()
    thread = Thread.objects.create(
        kind=draft.kind,
        title=title,
        language=draft.language,
        visibility=draft.visibility,
        author=author,
        municipality=draft.municipality,
        areas=list(draft.areas),
        topics=list(draft.topics),
        last_post_at=now,
        last_post_by=author,
        client_key=key,
        is_sample=author.is_sample,
        **_about(draft.about),
    )
    post = post_append(
        thread=thread,
        author=author,
        text=text,
        status=verdict.status,
        municipality_id=draft.municipality.pk if draft.municipality else None,
    )
    files_keep(post=post, user=author, uploads=files)
    if verdict.is_held:
        post_hold(post=post, reason=verdict.reason)
        return thread
    thread_entry_write(thread)
    announce(thread_created, thread_id=thread.pk)
    return thread


def _about(entry: Entry | None) -> dict[str, object]:
    """Return how a conversation names the thing that it is about."""
    if entry is None:
        return {}
    return {
        "about_kind": entry.kind,
        "about_id": entry.object_id,
        "about_title": entry.title,
        "about_url": entry.url,
    }


def _already_sent(author: User, key: UUID | None) -> Thread | None:
    return Thread.objects.filter(author=author, client_key=key).first() if key else None


def _held(thread: Thread) -> Thread:
    return Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)


def _note(thread: Thread, kind: str, by: User, reason: str = "") -> None:
    ThreadChange.objects.create(thread=thread, kind=kind, by=by, reason=reason)
