"""Days on which town halls work, as far as the calendar knows: Monday to Friday."""

from datetime import datetime, timedelta

_SATURDAY = 5


def working_days_before(moment: datetime, days: int) -> datetime:
    """Return the moment that lies so many working days before; holidays are not known, and count as work."""
    found = moment
    left = days
    while left > 0:
        found -= timedelta(days=1)
        if found.weekday() < _SATURDAY:
            left -= 1
    return found
