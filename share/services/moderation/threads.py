"""Conversations as a whole: hidden, locked, slowed, pinned, moved to where they belong."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from portal.core.visitor_cache import forget_visitor_pages
from share.models import Post, Thread, ThreadChange
from share.services.moderation.entries import thread_entry_refresh
from share.services.moderation.taking import ModerationConflict, change_note, thread_taken
from share.services.moderation.telling import tell_author_of_thread
from share.services.routed_ends import question_end

Kind = ThreadChange.Kind
# As long as one may be asked to wait between two posts.
MAX_SLOW_SECONDS = 24 * 60 * 60


@dataclass(frozen=True)
class Place:
    """Where a conversation belongs.

    Args:
        about: kind, key, title and address of the thing in the catalogue that it is about; none for no thing.
    """

    kind: str
    areas: Sequence[str]
    topics: Sequence[str]
    about: tuple[str, int, str, str] | None = None


@transaction.atomic
def thread_hide(
    *, thread: Thread, actor: User, reason: str, seen: int | None = None, is_report: bool = False
) -> Thread:
    """Take a conversation away from everybody but the team.

    Args:
        is_report: it was decided with a report, by somebody who may decide those.

    Raises:
        PermissionDenied: the actor does not look after conversations.
        ModerationConflict: somebody did it already.
    """
    held = thread_taken(thread=thread, actor=actor, seen=seen, is_report=is_report)
    if held.hidden_at is not None:
        raise ModerationConflict(_("Esta conversación ya estaba oculta. No cambiamos nada."))
    _write(held, hidden_at=timezone.now())
    question_end(thread_id=held.pk)
    thread_entry_refresh(held)
    _done(
        held, Kind.HIDDEN, actor, reason,
        gettext_noop("Ocultamos tu conversación «%(title)s»: %(reason)s Podés empezarla de nuevo de otra manera."),
    )  # fmt: skip
    return held


@transaction.atomic
def thread_show(*, thread: Thread, actor: User, reason: str = "", seen: int | None = None) -> Thread:
    """Show a hidden conversation again; one whose opening post waits is let in by approving that post."""
    held = thread_taken(thread=thread, actor=actor, seen=seen)
    if held.hidden_at is None:
        raise ModerationConflict(_("Esta conversación no estaba oculta. No cambiamos nada."))
    opening = held.posts.filter(number=1).first()
    if opening is not None and opening.status == Post.Status.HELD:
        raise ModerationConflict(
            _("Lo que la abre todavía espera que alguien lo mire: aprobalo, y la conversación se ve.")
        )
    if opening is not None and opening.status == Post.Status.HIDDEN:
        # It was not let in; a conversation is not read without what it begins with.
        opening.status = Post.Status.VISIBLE
        opening.save(update_fields=["status"])
        held.refresh_from_db()
    _write(held, hidden_at=None)
    thread_entry_refresh(held)
    _done(
        held, Kind.SHOWN, actor, reason,
        gettext_noop("Volvimos a mostrar tu conversación «%(title)s». %(reason)s"),
    )  # fmt: skip
    return held


@transaction.atomic
def thread_lock(*, thread: Thread, actor: User, reason: str, seen: int | None = None) -> Thread:
    """Close a conversation so that only the team opens it again; what was said is still read."""
    held = thread_taken(thread=thread, actor=actor, seen=seen)
    if held.is_locked:
        raise ModerationConflict(_("Esta conversación ya estaba cerrada por el equipo. No cambiamos nada."))
    _write(held, is_locked=True, closed_at=held.closed_at or timezone.now())
    question_end(thread_id=held.pk)
    _done(
        held, Kind.LOCKED, actor, reason,
        gettext_noop("Cerramos tu conversación «%(title)s»: %(reason)s Lo que se escribió se sigue leyendo."),
    )  # fmt: skip
    return held


@transaction.atomic
def thread_reopen(*, thread: Thread, actor: User, reason: str = "", seen: int | None = None) -> Thread:
    """Open a closed conversation again, by whomever it was closed."""
    held = thread_taken(thread=thread, actor=actor, seen=seen)
    if held.closed_at is None:
        raise ModerationConflict(_("Esta conversación ya estaba abierta. No cambiamos nada."))
    _write(held, is_locked=False, closed_at=None)
    _done(
        held, Kind.OPENED, actor, reason,
        gettext_noop("Volvimos a abrir tu conversación «%(title)s». %(reason)s"),
    )  # fmt: skip
    return held


@transaction.atomic
def thread_pin(*, thread: Thread, actor: User, seen: int | None = None) -> Thread:
    """Keep a conversation on top of the list; nobody needs to be told."""
    held = thread_taken(thread=thread, actor=actor, seen=seen)
    if held.is_pinned:
        raise ModerationConflict(_("Esta conversación ya estaba fijada. No cambiamos nada."))
    _write(held, is_pinned=True)
    change_note(thread=held, kind=Kind.PINNED, actor=actor)
    return held


@transaction.atomic
def thread_unpin(*, thread: Thread, actor: User, seen: int | None = None) -> Thread:
    """Let a conversation take its place in the list again."""
    held = thread_taken(thread=thread, actor=actor, seen=seen)
    if not held.is_pinned:
        raise ModerationConflict(_("Esta conversación no estaba fijada. No cambiamos nada."))
    _write(held, is_pinned=False)
    change_note(thread=held, kind=Kind.UNPINNED, actor=actor)
    return held


@transaction.atomic
def thread_slow(
    *, thread: Thread, actor: User, seconds: int, reason: str = "", seen: int | None = None
) -> Thread:
    """Have people wait between two posts of theirs in a conversation; 0 for no waiting.

    Raises:
        ValueError: less than nothing, or more than a day.
    """
    if not 0 <= seconds <= MAX_SLOW_SECONDS:
        raise ValueError(f"Slow mode takes up to {MAX_SLOW_SECONDS} seconds, not {seconds}.")
    held = thread_taken(thread=thread, actor=actor, seen=seen)
    if held.slow_mode_seconds == seconds:
        raise ModerationConflict(_("El modo lento ya estaba así. No cambiamos nada."))
    _write(held, slow_mode_seconds=seconds)
    change_note(thread=held, kind=Kind.SLOWED, actor=actor, reason=reason, after={"seconds": seconds})
    return held


@transaction.atomic
def thread_move(
    *, thread: Thread, actor: User, place: Place, reason: str = "", seen: int | None = None
) -> Thread:
    """Put a conversation where it belongs: its areas and topics, its kind, the thing that it is about."""
    held = thread_taken(thread=thread, actor=actor, seen=seen)
    wanted = _of_place(place)
    before = {name: getattr(held, name) for name in wanted}
    if before == wanted:
        raise ModerationConflict(_("Ya estaba ahí. No cambiamos nada."))
    _write(held, **wanted)
    if not held.is_question:
        question_end(thread_id=held.pk)
    thread_entry_refresh(held)
    _done(
        held, Kind.MOVED, actor, reason,
        gettext_noop("Acomodamos tu conversación «%(title)s» para que más personas la encuentren. %(reason)s"),
        {"kind": held.kind, "areas": held.areas, "topics": held.topics, "about": held.about_kind},
    )  # fmt: skip
    return held


def _of_place(place: Place) -> dict[str, Any]:
    about_kind, about_id, about_title, about_url = place.about or ("", None, "", "")
    return {
        "kind": place.kind,
        "areas": list(place.areas),
        "topics": list(place.topics),
        "about_kind": about_kind,
        "about_id": about_id,
        "about_title": about_title[:300],
        "about_url": about_url[:300],
    }


def _write(thread: Thread, **values: Any) -> None:
    for name, value in values.items():
        setattr(thread, name, value)
    # Counts and keys of the row are written by triggers, and stay as they are.
    thread.save(update_fields=list(values))
    forget_visitor_pages()


def _done(
    thread: Thread, step: str, actor: User, reason: str, msgid: str, after: dict[str, Any] | None = None
) -> None:
    """Note a step and tell whoever began the conversation."""
    change = change_note(thread=thread, kind=step, actor=actor, reason=reason, after=after)
    tell_author_of_thread(thread=thread, change=change, msgid=msgid)
