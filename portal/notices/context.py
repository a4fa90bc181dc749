"""What every template may name about notices."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.notices.models import Notification

SHOWN_AT_MOST = 99


def notices(request: HttpRequest) -> dict[str, Any]:
    """Give templates the number of unread notices, counted only if shown: "99+" at most, nothing for visitors."""
    return {"unread_notices": SimpleLazyObject(lambda: _unread(request))}


def _unread(request: HttpRequest) -> int | str:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    number = Notification.objects.visible_to(user).unread()[: SHOWN_AT_MOST + 1].count()
    return number if number <= SHOWN_AT_MOST else f"{SHOWN_AT_MOST}+"
