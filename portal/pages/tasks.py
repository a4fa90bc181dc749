"""Work that keeps the installation observable."""

from celery import shared_task
from celery.signals import worker_ready

from portal.pages.health import note_heartbeat


@shared_task
def beat_heart() -> None:
    """Show that a worker takes tasks and beat hands them out."""
    note_heartbeat()


@worker_ready.connect(dispatch_uid="pages.first_heartbeat")
def first_heartbeat(**kwargs: object) -> None:
    """Let the installation be ready as soon as its worker is, without waiting for beat."""
    beat_heart.delay()
