"""Reading notices."""

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.models import Notification


@transaction.atomic
def notice_open(*, notice: Notification) -> Notification:
    """Note that its person has opened a notice, and with it all that it speaks for; the first time counts."""
    if notice.is_unread:
        notice.read_at = timezone.now()
        notice.save(update_fields=["read_at"])
        if notice.group:
            folded = Notification.objects.filter(user=notice.user_id, kind=notice.kind, group=notice.group)
            folded.filter(is_folded=True, pk__lt=notice.pk).unread().update(read_at=notice.read_at)
    return notice


def notices_mark_read(*, user: User) -> int:
    """Mark all of a person's notices as read; returns how many lines that were."""
    now = timezone.now()
    with transaction.atomic():
        number = Notification.objects.visible_to(user).heads().unread().update(read_at=now)
        Notification.objects.filter(user=user, is_folded=True).unread().update(read_at=now)
    return number
