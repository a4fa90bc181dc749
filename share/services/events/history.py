"""What was done to events, appended; and whether somebody else wrote meanwhile."""

from collections.abc import Iterable, Sequence

from portal.accounts.models import User
from share.models import Event, EventChange

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
    event: Event, kind: str, *, by: User | None, fields: Iterable[str] = (), reason: str = ""
) -> EventChange:
    """Note what was done, by whom and why."""
    return EventChange.objects.create(
        event=event, kind=kind, by=by, fields=sorted(set(fields)), reason=reason
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


def event_lock(event: Event) -> Event:
    """Return an event as it is now; whoever else writes it waits."""
    return Event.objects.select_for_update(no_key=True).get(pk=event.pk)
