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


@shared_task
def help_deliver() -> int:
    """Send, beside the sweep that asked for it, what is due."""
    return services.deliveries_send()


@shared_task
def tell_announcement(announcement_id: int) -> int:
    """Tell an announcement to those who have not been told; a second run continues where the first stopped."""
    return services.announcement_tell(announcement_id=announcement_id)


@shared_task
def sweep_announcements() -> int:
    """Continue with announcements that were left, every minute."""
    return services.announcements_sweep()


@shared_task
def forget_notices() -> int:
    """Delete the notices that were read more than a year ago, every night."""
    return services.notices_forget()
