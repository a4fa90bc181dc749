"""What looks after encounters every night."""

from celery import shared_task

from share.services.events import event_times_refresh
from share.services.series import series_go_on, series_sweep


@shared_task
def extend_series() -> int:
    """Make the events of series that are due to be made."""
    return series_sweep()


@shared_task
def extend_one_series(series_id: int) -> int:
    """Make the events of one series that are due to be made."""
    return series_go_on(series_id=series_id)


@shared_task
def refresh_event_times() -> int:
    """Work out again when events begin, where a country changed its clocks."""
    return event_times_refresh()
