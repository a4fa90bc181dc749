"""Work on uploads that the web server leaves to the workers."""

from celery import shared_task

from portal.files import services


@shared_task
def make_thumbnails(file_id: int) -> int:
    """Make the smaller pictures of one upload; a second run finds them made and does nothing."""
    return services.thumbnails_make(file_id=file_id)


@shared_task
def sweep_thumbnails() -> int:
    """Make the smaller pictures that were left, every minute."""
    return services.thumbnails_sweep()
