"""Working events out again when a country changed its clocks."""

from django.db import transaction

from portal.core.events import announce, event_changed
from share.events.entries import event_entry_refresh
from share.models import Event, EventChange
from share.services.events.history import change_append
from share.services.events.notices import tell_rules_changed
from share.times import nearest_moment

RULES = "time_zone_rules"
_CHUNK = 500


def event_times_refresh() -> int:
    """Bring the moments of events to come in line with their clocks; calendars and people are told.

    Returns:
        how many had been promised at a moment that is another one now.
    """
    keys = (
        Event.objects.upcoming()
        .order_by("pk")
        .values_list(
            "pk", "start_date", "start_time", "end_date", "end_time", "time_zone", "starts_at", "ends_at"
        )
    )
    wrong = [
        key
        for key, day, clock, last_day, last_clock, zone, starts_at, ends_at in keys.iterator(_CHUNK)
        if (nearest_moment(day, clock, zone), nearest_moment(last_day, last_clock, zone))
        != (starts_at, ends_at)
    ]
    return sum(_refresh(wrong[start : start + _CHUNK]) for start in range(0, len(wrong), _CHUNK))


@transaction.atomic
def _refresh(keys: list[int]) -> int:
    """Refresh these events; whoever writes one waits."""
    moved = []
    for event in Event.objects.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True):
        begins = nearest_moment(event.start_date, event.start_time, event.time_zone)
        ends = nearest_moment(event.end_date, event.end_time, event.time_zone)
        if (begins, ends) == (event.starts_at, event.ends_at) or ends <= begins:
            continue
        event.starts_at, event.ends_at = begins, ends
        event.sequence += bool(event.published_at)
        event.save(update_fields=["starts_at", "ends_at", "sequence", "updated_at"])
        change_append(event, EventChange.Kind.MOVED, by=None, fields=[RULES])
        moved.append(event)
    for event in moved:
        if event.published_at:
            event_entry_refresh(event_id=event.pk)
            announce(event_changed, event_id=event.pk, is_moved=True)
    tell_rules_changed([event for event in moved if event.is_published])
    return len(moved)
