"""Sending notices by e-mail: each once, however often it is tried."""

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from time import monotonic

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import connection as database
from django.db import transaction
from django.utils import timezone

from portal.core.jobs import queue_now
from portal.notices.emails import digest_email, notice_email
from portal.notices.models import Notification
from portal.notices.querysets import NotificationQuerySet
from portal.notices.services.outcomes import (
    MAIL_FAILURES,
    UNWRITABLE,
    Problem,
    next_attempt,
    problem_of,
)
from portal.notices.timing import Hours

SWEPT_AT_ONCE = 2_000
# The next sweep comes every minute and continues.
SWEEP_SECONDS = 50
# Who helps lets other work have its turn sooner. One helper for so many e-mails, and no more than so many helpers.
HELP_SECONDS = 25
WORTH_A_HELPER = 250
MOST_HELPERS = 3
STATUS, MODE = Notification.EmailStatus, Notification.EmailMode
DIGESTS = (MODE.DAILY, MODE.WEEKLY)
logger = logging.getLogger(__name__)

Mailer = BaseEmailBackend | None


@transaction.atomic
def notice_deliver(*, notification_id: int, connection: Mailer = None) -> str:
    """Send one notice by e-mail, unless it was sent, is being sent by somebody else, is not due or not wanted any more.

    Args:
        connection: an open connection to the mail server, where many are sent.

    Returns:
        the status that the notice has now; nothing where another worker has it or it does not wait.
    """
    if not _take(f"notice {notification_id}"):
        return ""
    now = timezone.now()
    notice = _due(now).filter(pk=notification_id, email_mode=MODE.NOW).first()
    if notice is None:
        return ""
    return _deliver([notice], lambda notices: notice_email(notices[0], connection), now)


@transaction.atomic
def digest_deliver(*, user_id: int, connection: Mailer = None) -> str:
    """Send one person all that waits for her digests and is due, in one e-mail, less what she has read meanwhile.

    Args:
        connection: an open connection to the mail server, where many are sent.

    Returns:
        the status that her notices have now; nothing where another worker has them or none waits.
    """
    if not _take(f"digest {user_id}"):
        return ""
    now = timezone.now()
    notices = list(_due(now).filter(user=user_id, email_mode__in=DIGESTS).order_by("id"))
    return _deliver(notices, lambda unread: digest_email(unread, connection), now)


def deliveries_sweep() -> int:
    """Send what is due, and ask other workers to help where that is much; returns how many e-mails this one sent.

    Everybody's morning is at the same hour: one worker that waits for the mail server's answer to each would take
    until noon. With the queue away it sends alone.
    """
    waiting = Notification.objects.due(timezone.now())[: WORTH_A_HELPER * MOST_HELPERS].count()
    for _helper in range(waiting // WORTH_A_HELPER):
        if not queue_now("portal.notices.tasks.help_deliver"):
            break
    return deliveries_send(seconds=SWEEP_SECONDS)


def deliveries_send(*, seconds: float = HELP_SECONDS) -> int:
    """Send what is due: digests, what waited for the end of quiet hours, and what was left; returns how many e-mails.

    Any number of workers may do so at once: each e-mail is one's. While the mail server does not answer nothing is
    tried, so that an outage uses up nobody's attempts.

    Args:
        seconds: after which no other e-mail is begun.
    """
    started, sent, done = monotonic(), 0, set[str]()
    connection = get_connection()
    try:
        while monotonic() - started < seconds and (waiting := _waiting(done)):
            for task, deliver in waiting.items():
                connection.open()
                status = deliver(connection)
                done.add(task)
                sent += status == STATUS.SENT
                if status in (STATUS.PENDING, STATUS.FAILED):
                    # A connection that failed once is of no use to the next.
                    connection.close()
                if monotonic() - started > seconds:
                    break
    except MAIL_FAILURES as error:
        logger.warning("The mail server does not answer; the notices wait: %s", _named(error))
    finally:
        connection.close()
    return sent


def _waiting(done: Collection[str]) -> dict[str, Callable[[BaseEmailBackend], str]]:
    """Return the e-mails that are due, the longest waiting first, without those that this sweep has tried."""
    due = Notification.objects.due(timezone.now()).order_by("email_due_at", "id")
    found: dict[str, Callable[[BaseEmailBackend], str]] = {}
    for key, user_id, mode in due.values_list("pk", "user_id", "email_mode")[: SWEPT_AT_ONCE + len(done)]:
        if mode in DIGESTS:
            found.setdefault(f"digest {user_id}", _digest_of(user_id))
        else:
            found.setdefault(f"notice {key}", _notice_of(key))
    return {task: deliver for task, deliver in found.items() if task not in done}


def _digest_of(user_id: int) -> Callable[[BaseEmailBackend], str]:
    return lambda connection: digest_deliver(user_id=user_id, connection=connection)


def _notice_of(key: int) -> Callable[[BaseEmailBackend], str]:
    return lambda connection: notice_deliver(notification_id=key, connection=connection)


def _take(name: str) -> bool:
    """Take an e-mail in hand until the transaction ends; false where another worker has it.

    The row itself stays free: whoever reads the notice in the portal does not wait for the mail server.
    """
    with database.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(hashtextextended(%s, 0))", [f"portal.notices {name}"]
        )
        return bool(cursor.fetchone()[0])


def _due(now: datetime) -> NotificationQuerySet:
    return Notification.objects.due(now).select_related("user__notice_settings")


def _deliver(
    notices: Sequence[Notification], write: Callable[[Sequence[Notification]], EmailMessage], now: datetime
) -> str:
    unread = [notice for notice in notices if notice.is_unread and notice.user.is_active]
    # What she has read in the portal needs no e-mail.
    _move(set(notices) - set(unread), email_status=STATUS.NOT_WANTED)
    if not unread:
        return STATUS.NOT_WANTED if notices else ""
    user = unread[0].user
    hours = Hours.of(user, getattr(user, "notice_settings", None))
    if (end := hours.out_of_quiet(now)) > now:
        _move(unread, email_due_at=end)
        return STATUS.PENDING
    attempts = max(notice.email_attempts for notice in unread) + 1
    problem = _try_to_send(unread, write)
    if problem is None:
        Notification.objects.filter(pk__in=[notice.pk for notice in unread]).update(
            email_status=STATUS.SENT, emailed_at=timezone.now(), email_attempts=attempts, email_problem=""
        )
        return STATUS.SENT
    again = None if problem.is_final else next_attempt(attempts=attempts, now=now)
    if again is None:
        _move(unread, email_status=STATUS.FAILED, email_attempts=attempts, email_problem=str(problem))
        return STATUS.FAILED
    _move(
        unread,
        email_attempts=attempts,
        email_problem=str(problem),
        email_due_at=hours.out_of_quiet(again),
    )
    return STATUS.PENDING


def _try_to_send(
    notices: Sequence[Notification], write: Callable[[Sequence[Notification]], EmailMessage]
) -> Problem | None:
    """Hand an e-mail to the mail server; returns what went wrong, or nothing."""
    keys = [notice.pk for notice in notices]
    try:
        with transaction.atomic():
            message = write(notices)
        message.send()
    except MAIL_FAILURES as error:
        logger.warning("Notices %s not sent: %s", keys, _named(error))
        return problem_of(error)
    except Exception:
        # Whatever a kind's text stumbles on must not keep everybody else's e-mails waiting.
        logger.exception("Notices %s cannot be written as an e-mail.", keys)
        return Problem(UNWRITABLE, is_final=True)
    return None


def _move(notices: Collection[Notification], **fields: object) -> None:
    """Change those that still wait: what was folded or turned off meanwhile stays so."""
    if notices:
        Notification.objects.to_send().filter(pk__in=[notice.pk for notice in notices]).update(**fields)


def _named(error: Exception) -> str:
    """Describe a failure for the log without the addresses that the text of some failures holds."""
    return f"{type(error).__name__} {getattr(error, 'smtp_code', '')}".rstrip()
