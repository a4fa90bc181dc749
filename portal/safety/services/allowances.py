"""Counting what an account sends, so that a flood from one stops at the door."""

from datetime import UTC, datetime, timedelta

from django.db import connection
from django.utils import timezone

from portal.accounts.affiliation import is_network_member
from portal.accounts.models import User
from portal.safety.limits import SendingLimit, sending_limits
from portal.safety.models import Allowance

NEW_FOR = timedelta(days=7)
# Windows are a day at most; what is older tells nobody anything.
KEPT_FOR = timedelta(days=7)
# One statement: two requests at once cannot both take the last one.
_TAKE = """
    INSERT INTO safety_allowance AS taken (user_id, "limit", window_start, used) VALUES (%s, %s, %s, 1)
    ON CONFLICT (user_id, "limit", window_start) DO UPDATE SET used = taken.used + 1 WHERE taken.used < %s
    RETURNING used
"""


class LimitReached(Exception):
    """An account has done something as often as it may for now; the text says what to do."""


def allowance_take(*, user: User, limit: str) -> int:
    """Count one more of something that an account does, in the caller's transaction.

    Args:
        limit: id of a registered limit.

    Returns:
        how often it was done in this window, this time included.

    Raises:
        LimitReached: it was done as often as it may; nothing was counted.
        UnknownId: nobody registered the limit.
    """
    rule = sending_limits.get(limit)
    most = rule.most_when_new if is_new(user) else rule.most
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [user.pk, rule.id, window_start(rule), most])
        row = cursor.fetchone()
    if row is None or row[0] > most:
        raise LimitReached(str(rule.message))
    return int(row[0])


def allowances_forget() -> int:
    """Delete what was counted in windows older than a week; returns how many rows."""
    deleted, _models = Allowance.objects.filter(window_start__lt=timezone.now() - KEPT_FOR).delete()
    return deleted


def is_new(user: User) -> bool:
    """Say whether an account is so young, or so unknown, that it may send little."""
    if user.is_staff:
        return False
    return timezone.now() - user.date_joined < NEW_FOR or not is_network_member(user)


def window_start(rule: SendingLimit) -> datetime:
    """Return when the window that now lies in began."""
    seconds = rule.window.total_seconds()
    return datetime.fromtimestamp(timezone.now().timestamp() // seconds * seconds, UTC)
