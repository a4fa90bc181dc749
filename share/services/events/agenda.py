"""What an encounter offers and asks: its sessions, those who speak, and the questions to those who register."""

from typing import Any, TypeVar

from django.db import transaction
from django.db.models import Max

from portal.accounts.models import User
from portal.core.events import announce, event_changed
from share.events.entries import event_entry_refresh
from share.models import Event, EventChange, RegistrationQuestion, Session, Speaker
from share.services.events.history import change_append, event_lock

Part = TypeVar("Part", Session, Speaker, RegistrationQuestion)


@transaction.atomic
def session_save(*, event: Event, actor: User, session: Session | None = None, **fields: Any) -> Session:
    """Add a session to an event or change one.

    Args:
        fields: `begins_after` and `minutes`, `title`, `description`, `room`.
    """
    return _save(Session, session, event, actor, "sessions", fields)


@transaction.atomic
def session_remove(*, session: Session, actor: User) -> None:
    """Take a session out; those who were to speak in it speak in the event."""
    Speaker.objects.filter(session=session).update(session=None)
    _remove(session, actor, "sessions")


@transaction.atomic
def speaker_save(*, event: Event, actor: User, speaker: Speaker | None = None, **fields: Any) -> Speaker:
    """Add somebody who speaks or change what is said of her.

    Args:
        fields: `name`, `role`, `user` and `session` (of the same event).
    """
    return _save(Speaker, speaker, event, actor, "speakers", fields)


@transaction.atomic
def speaker_remove(*, speaker: Speaker, actor: User) -> None:
    """Take somebody out of those who speak."""
    _remove(speaker, actor, "speakers")


@transaction.atomic
def question_save(
    *, event: Event, actor: User, question: RegistrationQuestion | None = None, **fields: Any
) -> RegistrationQuestion:
    """Add a question to those who register or change one; answers that were given stay as they were.

    Args:
        fields: `text`, `kind`, `choices`, `is_required`.
    """
    return _save(RegistrationQuestion, question, event, actor, "questions", fields)


@transaction.atomic
def question_remove(*, question: RegistrationQuestion, actor: User) -> None:
    """Ask a question no more."""
    _remove(question, actor, "questions")


def _save(
    kind: type[Part], part: Part | None, event: Event, actor: User, what: str, fields: dict[str, Any]
) -> Part:
    found = event_lock(event)
    row = part or kind(event=found)
    if part is None and hasattr(row, "order"):
        rows = kind._default_manager.filter(event=found)
        row.order = (rows.aggregate(last=Max("order"))["last"] or 0) + 1
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    _parts_changed(found, actor, what)
    return row


def _remove(part: Session | Speaker | RegistrationQuestion, actor: User, what: str) -> None:
    found = event_lock(part.event)
    part.delete()
    _parts_changed(found, actor, what)


def _parts_changed(event: Event, actor: User, what: str) -> None:
    change_append(event, EventChange.Kind.EDITED, by=actor, fields=[what])
    if event.published_at:
        event.save(update_fields=["updated_at"])
        event_entry_refresh(event_id=event.pk)
        announce(event_changed, event_id=event.pk, is_moved=False)
