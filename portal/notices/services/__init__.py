"""Telling people things: writing notices, sending them by e-mail, reading them, choosing how to get them."""

from portal.notices.services.delivering import deliveries_sweep, notice_deliver
from portal.notices.services.notifying import Told, notify, notify_each
from portal.notices.services.preferences import email_turn_off, preferences_of, preferences_save
from portal.notices.services.reading import notice_open, notices_mark_read

__all__ = [
    "Told",
    "deliveries_sweep",
    "email_turn_off",
    "notice_deliver",
    "notice_open",
    "notices_mark_read",
    "notify",
    "notify_each",
    "preferences_of",
    "preferences_save",
]
