"""Sending notices by e-mail: each once, however often it is tried."""

import logging
from datetime import timedelta
from smtplib import SMTPException
from time import monotonic

from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import timezone

from portal.notices.emails import notice_email
from portal.notices.models import Notification

MAX_ATTEMPTS = 5
# 5 and 25 minutes, 2 and 10 hours: a mail server may be away for a night.
FIRST_PAUSE = timedelta(minutes=5)
PAUSE_FACTOR = 5
SWEPT_AT_ONCE = 2_000
# The next sweep comes every minute and continues.
SWEEP_SECONDS = 50
MAIL_FAILURES = (SMTPException, OSError)
STATUS = Notification.EmailStatus
logger = logging.getLogger(__name__)


@transaction.atomic
def notice_deliver(*, notification_id: int, connection: BaseEmailBackend | None = None) -> str:
    """Send one notice by e-mail, unless it was sent, is being sent by somebody else, or is no longer wanted.

    The row stays locked while the mail server takes the message, so that two workers never send it twice.

    Args:
        connection: an open connection to the mail server, where many are sent.

    Returns:
        the status that the notice has now; nothing where another worker has it or it does not wait.
    """
    notice = (
        Notification.objects.to_send()
        .filter(pk=notification_id)
        .select_for_update(skip_locked=True, of=("self",))
        .select_related("user")
        .first()
    )
    if notice is None:
        return ""
    if not notice.user.is_active:
        notice.email_status = STATUS.NOT_WANTED
    else:
        _try_to_send(notice, connection)
    notice.save(update_fields=["email_status", "email_attempts", "email_due_at", "emailed_at"])
    return notice.email_status


def deliveries_sweep() -> int:
    """Send what is due and was left, because a message was lost or the mail server was away; returns how many.

    While the mail server does not answer nothing is tried, so that an outage uses up nobody's attempts.
    """
    due = Notification.objects.due(timezone.now()).order_by("email_due_at", "id")
    waiting = list(due.values_list("pk", flat=True)[:SWEPT_AT_ONCE])
    if not waiting:
        return 0
    connection = get_connection()
    try:
        connection.open()
        return _send_each(waiting, connection)
    except MAIL_FAILURES as error:
        logger.warning("The mail server does not answer; %s notices wait: %s", len(waiting), _named(error))
        return 0
    finally:
        connection.close()


def _send_each(waiting: list[int], connection: BaseEmailBackend) -> int:
    started = monotonic()
    sent = 0
    for notification_id in waiting:
        status = notice_deliver(notification_id=notification_id, connection=connection)
        if status == STATUS.SENT:
            sent += 1
        elif status:
            # A connection that failed once is of no use to the next.
            connection.close()
        if monotonic() - started > SWEEP_SECONDS:
            break
    return sent


def _try_to_send(notice: Notification, connection: BaseEmailBackend | None) -> None:
    notice.email_attempts += 1
    try:
        notice_email(notice, connection).send()
    except MAIL_FAILURES as error:
        logger.warning("Notice %s not sent, attempt %s: %s", notice.pk, notice.email_attempts, _named(error))
        _try_later(notice)
    except ValueError:
        logger.exception("Notice %s cannot be written as an e-mail.", notice.pk)
        notice.email_status = STATUS.FAILED
    else:
        notice.email_status = STATUS.SENT
        notice.emailed_at = timezone.now()


def _try_later(notice: Notification) -> None:
    if notice.email_attempts >= MAX_ATTEMPTS:
        notice.email_status = STATUS.FAILED
        return
    pause = FIRST_PAUSE * PAUSE_FACTOR ** (notice.email_attempts - 1)
    notice.email_due_at = timezone.now() + pause


def _named(error: Exception) -> str:
    """Describe a failure for the log without the addresses that the text of some failures holds."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".rstrip()
