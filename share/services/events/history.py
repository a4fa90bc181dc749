"""What was done to events, appended; and whether somebody else wrote meanwhile."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from portal.accounts.models import User
from share.models import Event, EventChange, EventSeries

_WRITING = (EventChange.Kind.EDITED, EventChange.Kind.MOVED)


class EventStale(ValueError):
    """Somebody else changed the event since the form was opened.

    Args:
        changes: what she did, the newest first.
    """

    def __init__(self, changes: Sequence[EventChange]) -> None:
        super().__init__()
        self.changes = changes


def change_append(
    event: Event,
    kind: str,
    *,
    by: User | None,
    fields: Iterable[str] = (),
    reason: str = "",
    previous_start: datetime | None = None,
) -> EventChange:
    """Note what was done, by whom and why; and when it was to begin before, where that is another moment now."""
    return EventChange.objects.create(
        event=event,
        kind=kind,
        by=by,
        fields=sorted(set(fields)),
        reason=reason,
        previous_start=None if previous_start == event.starts_at else previous_start,
    )


def newest_change_id(event: Event) -> int:
    """Return the key of the newest change: what a form that is opened now has seen."""
    return EventChange.objects.filter(event=event).values_list("pk", flat=True).first() or 0


def require_fresh(event: Event, seen: int | None) -> None:
    """Go on where nobody wrote since.

    Raises:
        EventStale: somebody did.
    """
    if seen is None:
        return
    since = EventChange.objects.filter(event=event, pk__gt=seen, kind__in=_WRITING).select_related("by")
    changes = list(since)
    if changes:
        raise EventStale(changes)


def series_lock(event: Event) -> EventSeries | None:
    """Hold the series of an event, if it has one, until the transaction ends; asked for before any of its events.

    Whoever writes several of its events, and what makes the next ones, wait for each other here and never in a circle.
    """
    rows = EventSeries.objects.filter(pk__in=Event.objects.filter(pk=event.pk).values("series_id"))
    return rows.select_for_update(no_key=True).first()


def event_lock(event: Event) -> Event:
    """Return an event as it is now; whoever else writes it waits."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)
