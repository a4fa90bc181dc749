"""Work that keeps the installation observable."""

from celery import shared_task

from portal.pages.health import note_heartbeat


@shared_task
def beat_heart() -> None:
    """Show that a worker takes tasks and beat hands them out."""
    note_heartbeat()
