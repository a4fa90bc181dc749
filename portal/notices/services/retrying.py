"""Trying again what was given up."""

from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.services import audit_record
from portal.core.jobs import queue_on_commit
from portal.notices.models import Notification

STATUS = Notification.EmailStatus


@transaction.atomic
def deliveries_retry(*, notification_ids: Iterable[int], actor: User) -> int:
    """Have e-mails tried again, with all their attempts, that were given up; returns how many that were.

    Args:
        notification_ids: keys of notices; those whose e-mail did not fail are left as they are.
        actor: whoever asks for it.
    """
    failed = Notification.objects.filter(pk__in=notification_ids, email_status=STATUS.FAILED)
    retried = list(failed.select_for_update(of=("self",)).order_by("pk"))
    for notice in retried:
        audit_record(
            action="notice.retried",
            target=notice,
            before={"email_status": notice.email_status, "email_problem": notice.email_problem},
            after={"email_status": STATUS.PENDING},
            actor_id=actor.pk,
        )
    Notification.objects.filter(pk__in=[notice.pk for notice in retried]).update(
        email_status=STATUS.PENDING, email_attempts=0, email_problem="", email_due_at=timezone.now()
    )
    if retried:
        queue_on_commit("portal.notices.tasks.sweep_deliveries")
    return len(retried)
