"""What every template may name about notices."""

from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

# The queryset's `visible_to(user).heads().unread()`, written out because every page of a signed-in person asks it.
_UNREAD = """
    SELECT count(*) FROM (
        SELECT 1 FROM notices_notification
        WHERE user_id = %s AND is_in_portal AND NOT is_folded AND read_at IS NULL LIMIT %s
    ) AS unread
"""

SHOWN_AT_MOST = 99


def notices(request: HttpRequest) -> dict[str, Any]:
    """Give templates the number of unread notices, counted only if shown: "99+" at most, nothing for visitors."""
    return {"unread_notices": SimpleLazyObject(lambda: _unread(request))}


def _unread(request: HttpRequest) -> int | str:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_UNREAD, [user.pk, SHOWN_AT_MOST + 1])
        (number,) = cursor.fetchone()
    return number if number <= SHOWN_AT_MOST else f"{SHOWN_AT_MOST}+"
