"""Work on notices that the web server leaves to the workers."""

from celery import shared_task

from portal.notices import services


@shared_task
def deliver_notice(notification_id: int) -> str:
    """Send one notice by e-mail; a second run finds it sent and does nothing."""
    return services.notice_deliver(notification_id=notification_id)


@shared_task
def sweep_deliveries() -> int:
    """Send the notices that are due and were left, every minute."""
    return services.deliveries_sweep()
