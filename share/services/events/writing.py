"""Making encounters and changing what they say."""

from types import EllipsisType
from uuid import UUID

from django.db import IntegrityError, transaction

from portal.accounts.models import User
from portal.core.events import announce, event_changed
from share.events.entries import event_entry_refresh
from share.models import Event, EventChange, EventOrganiser, Seats
from share.services.events.fields import EventFields, fields_apply, is_for_calendars, is_moving
from share.services.events.history import change_append, event_lock, require_fresh, series_lock
from share.services.events.notices import tell_changed
from share.services.places import places_lock
from share.services.seats import seats_change

Kind = EventChange.Kind


def event_create(
    *, actor: User, fields: EventFields, capacity: int | None = None, client_key: UUID | None = None
) -> Event:
    """Make a draft that its maker looks after; the same form sent twice makes one.

    Raises:
        TimeRefused: it cannot be at that time.
        UnsafeLink: where one connects is no address of a page.
    """
    try:
        with transaction.atomic():
            return _create(actor, fields, capacity, client_key)
    except IntegrityError as problem:
        made = client_key and Event.objects.filter(created_by=actor, client_key=client_key).first()
        if "share_event_once" in str(problem) and made:
            return made
        raise


def _create(actor: User, fields: EventFields, capacity: int | None, client_key: UUID | None) -> Event:
    event = Event(created_by=actor, client_key=client_key)
    fields_apply(event, fields)
    event.save()
    Seats.objects.create(event=event, capacity=capacity)
    EventOrganiser.objects.create(event=event, user=actor)
    change_append(event, Kind.CREATED, by=actor)
    return event


@transaction.atomic
def event_change(
    *,
    event: Event,
    actor: User,
    fields: EventFields,
    capacity: int | EllipsisType | None = ...,
    seen: int | None = None,
    reason: str = "",
) -> Event:
    """Change what an event says, tell calendars and people what they must know, and note who did it.

    Args:
        capacity: how many places; none for as many as come; left out where it stays.
        seen: key of the newest change that the writer had before her; who wrote since is not overwritten.

    Raises:
        EventStale: somebody else changed it since.
        TimeRefused: it cannot be at that time.
        UnsafeLink: where one connects is no address of a page.
        SeatsConflict: more people are registered than there would be places.
    """
    found = event_lock(event)
    require_fresh(found, seen)
    changed = fields_apply(found, fields)
    is_resized = not isinstance(capacity, EllipsisType) and _capacity_of(found) != capacity
    if is_resized:
        changed.append("capacity")
    if changed:
        # What a series goes on with is not copied from what was changed alone.
        found.is_changed_alone = found.is_changed_alone or bool(found.series_id and found.published_at)
        event_written(found, changed, actor=actor, reason=reason)
        if is_resized and not isinstance(capacity, EllipsisType):
            # Places are offered by the dates that hold from now on.
            seats_change(event=found, capacity=capacity)
        if found.is_published:
            tell_changed([found], changed, actor=actor)
    return found


def event_written(event: Event, changed: list[str], *, actor: User | None, reason: str = "") -> None:
    """Save what was put on an event, and let everything that follows it know."""
    if is_for_calendars(changed) and event.published_at:
        event.sequence += 1
    moved = is_moving(changed)
    if moved or "capacity" in changed:
        # Whoever registers at this moment does so before, and is told, or after, and reads the new hour. Before the
        # event is written: a registration that is being saved waits for that row, too.
        places_lock([event.pk])
    begun = Event.objects.filter(pk=event.pk).values_list("starts_at", flat=True).first() if moved else None
    event.save()
    kind = Kind.MOVED if moved else Kind.EDITED
    change_append(event, kind, by=actor, fields=changed, reason=reason, previous_start=begun)
    if event.published_at:
        event_entry_refresh(event_id=event.pk)
        announce(event_changed, event_id=event.pk, is_moved=moved)


@transaction.atomic
def event_delete(*, event: Event) -> None:
    """Delete a draft with everything that was prepared for it; its series too, where nothing came of it."""
    series_lock(event)
    found = event_lock(event)
    series = found.series
    found.delete()
    if series and not series.events.exists():
        series.delete()


def _capacity_of(event: Event) -> int | None:
    return Seats.objects.values_list("capacity", flat=True).get(event=event)
