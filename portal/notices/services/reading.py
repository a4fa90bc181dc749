"""Reading notices."""

from django.utils import timezone

from portal.accounts.models import User
from portal.notices.models import Notification


def notice_open(*, notice: Notification) -> Notification:
    """Note that its person has opened a notice; the first time counts."""
    if notice.is_unread:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
    return notice


def notices_mark_read(*, user: User) -> int:
    """Mark all of a person's notices as read; returns how many were not."""
    return Notification.objects.visible_to(user).unread().update(read_at=timezone.now())
