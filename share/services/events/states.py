"""Publishing encounters, cancelling and restoring them, and taking them away."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services import audit_record
from portal.core.events import announce, event_cancelled, event_changed, event_published
from share.events.entries import event_entry_refresh
from share.models import Event, EventChange
from share.services.events.history import change_append, event_lock, series_lock
from share.services.events.notices import tell_cancelled, tell_restored
from share.services.events.repeating import series_begin
from share.services.offers import offers_renew
from share.services.places import places_lock

Kind = EventChange.Kind
Status = Event.Status


class EventConflict(ValueError):
    """The event is not any more where the step begins; the message says where it is."""


@transaction.atomic
def event_publish(*, event: Event, actor: User) -> Event:
    """Announce a draft: people find it and register; of one that repeats, those that follow are made.

    Raises:
        EventConflict: it is no draft any more.
    """
    series_lock(event)
    found = event_lock(event)
    if found.status != Status.DRAFT:
        raise EventConflict(_("Este encuentro ya se publicó."))
    found.status, found.published_at = Status.PUBLISHED, timezone.now()
    _save(found, "status", "published_at")
    change_append(found, Kind.PUBLISHED, by=actor)
    announce(event_published, event_id=found.pk)
    if found.series:
        series_begin(series=found.series)
    return found


@transaction.atomic
def event_cancel(*, event: Event, actor: User, reason: str) -> Event:
    """Say that an announced event does not take place and why, and tell everybody who planned to go.

    Raises:
        EventConflict: it is not announced.
        ValueError: no reason was given.
    """
    found = event_cancel_quietly(event=event, actor=actor, reason=reason)
    tell_cancelled([found], actor=actor)
    return found


def event_cancel_quietly(*, event: Event, actor: User, reason: str) -> Event:
    """Do the same within a transaction that tells people once about several.

    Raises:
        EventConflict: it is not announced.
        ValueError: no reason was given.
    """
    if not reason.strip():
        raise ValueError("A cancellation has a reason.")
    found = event_lock(event)
    if not found.is_published:
        raise EventConflict(_("Este encuentro no está publicado: quizás alguien ya lo canceló."))
    # Whoever registers at this moment does so before, and is told, or after, and is refused.
    places_lock([found.pk])
    found.status, found.cancelled_at = Status.CANCELLED, timezone.now()
    found.cancel_reason, found.sequence = reason.strip(), found.sequence + 1
    # What a series goes on with is not copied from what does not take place.
    found.is_changed_alone = found.series_id is not None
    _save(found, "status", "cancelled_at", "cancel_reason", "sequence", "is_changed_alone")
    change_append(found, Kind.CANCELLED, by=actor, reason=found.cancel_reason)
    announce(event_cancelled, event_id=found.pk)
    return found


@transaction.atomic
def event_restore(*, event: Event, actor: User) -> Event:
    """Take a cancellation back: the event takes place, and whoever was told otherwise is told.

    Raises:
        EventConflict: it is not cancelled.
    """
    found = event_lock(event)
    if not found.is_cancelled:
        raise EventConflict(_("Este encuentro no está cancelado: quizás alguien ya lo retomó."))
    # Places are locked before the event is written: a registration that is being saved waits for that row, too.
    offers_renew(event=found)
    found.status, found.cancelled_at, found.cancel_reason = Status.PUBLISHED, None, ""
    found.sequence += 1
    _save(found, "status", "cancelled_at", "cancel_reason", "sequence")
    change_append(found, Kind.RESTORED, by=actor)
    tell_restored(found, actor=actor)
    # Its reminders are planned anew, as of one that moved.
    announce(event_changed, event_id=found.pk, is_moved=True)
    return found


@transaction.atomic
def event_hide(*, event: Event, actor: User | None, reason: str = "") -> Event:
    """Take an event away from everybody but its organisers and the team; hiding it again does nothing."""
    found = event_lock(event)
    if found.hidden_at is None:
        found.hidden_at = timezone.now()
        _hidden_or_shown(found, Kind.HIDDEN, actor, reason)
    return found


@transaction.atomic
def event_show(*, event: Event, actor: User | None, reason: str = "") -> Event:
    """Show again what was taken away; showing it twice does nothing."""
    found = event_lock(event)
    if found.hidden_at is not None:
        found.hidden_at = None
        _hidden_or_shown(found, Kind.SHOWN, actor, reason)
    return found


def _hidden_or_shown(event: Event, kind: str, actor: User | None, reason: str) -> None:
    _save(event, "hidden_at")
    change_append(event, kind, by=actor, reason=reason)
    audit_record(action=f"event.{kind}", target=event, actor_id=actor.pk if actor else None)
    if event.published_at:
        announce(event_changed, event_id=event.pk, is_moved=False)


def _save(event: Event, *fields: str) -> None:
    event.save(update_fields=[*fields, "updated_at"])
    if event.published_at:
        event_entry_refresh(event_id=event.pk)
