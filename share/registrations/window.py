"""Until when one registers, and how long a place is kept for whoever is first in the waiting list.

An offer lasts as many hours as the organisers chose, and never more than half of the time that is left until
registration closes, so that whoever comes next has as long to answer. In the last two hours nobody is asked any more:
the place goes at once to the first who waits, who says so if she cannot come. When registration closes the list stops.
"""

from datetime import datetime, timedelta

from share.models import Event

# Before registration closes: as long as this, places are given and not offered.
LAST_HOURS = timedelta(hours=2)


def closes_at(event: Event) -> datetime:
    """Return when registration closes: when the organisers said, else at the beginning; never after the end."""
    return min(event.registration_closes_at or event.starts_at, event.ends_at)


def has_opened(event: Event, now: datetime) -> bool:
    """Say whether registration has begun."""
    return event.registration_opens_at is None or event.registration_opens_at <= now


def is_open(event: Event, now: datetime) -> bool:
    """Say whether one may register at this moment, as far as the event is concerned."""
    return takes_place(event) and has_opened(event, now) and now < closes_at(event)


def takes_place(event: Event) -> bool:
    """Say whether the event is announced and was neither cancelled nor taken away."""
    return event.is_published and event.hidden_at is None


def offer_ends(event: Event, now: datetime) -> datetime | None:
    """Return until when a place that is free now is kept for whoever is first; None where it is hers at once."""
    left = closes_at(event) - now
    if left <= LAST_HOURS:
        return None
    ends = now + min(timedelta(hours=event.offer_hours), left / 2)
    # People read it to the minute.
    return ends.replace(second=0, microsecond=0)
