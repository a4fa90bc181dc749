"""What calendars do in the background."""

from celery import shared_task

from share.services.calendars import calendar_texts_rebuild


@shared_task
def rebuild_calendars() -> int:
    """Write anew what calendars read of every encounter: an area is called otherwise now."""
    return calendar_texts_rebuild()


@shared_task
def refresh_calendars() -> int:
    """Write anew what calendars read of what is to come, where an interrupted change left it behind."""
    return calendar_texts_rebuild(only_upcoming=True)
