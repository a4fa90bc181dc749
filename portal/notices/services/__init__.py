"""Telling people things: writing notices, sending them by e-mail, reading them, choosing how to get them."""

from portal.notices.services.announcing import (
    AlreadyStarted,
    announcement_cancel,
    announcement_start,
    announcement_tell,
    announcements_sweep,
)
from portal.notices.services.delivering import (
    deliveries_send,
    deliveries_sweep,
    digest_deliver,
    notice_deliver,
)
from portal.notices.services.forgetting import emails_drop_between, notices_forget, notices_forget_names
from portal.notices.services.notifying import Told, notify, notify_each
from portal.notices.services.preferences import (
    can_be_stopped,
    digests_turn_off,
    email_stop,
    email_turn_off,
    preferences_of,
    preferences_save,
    settings_save,
    waiting_reschedule,
)
from portal.notices.services.reading import notice_open, notices_mark_read

__all__ = [
    "AlreadyStarted",
    "Told",
    "announcement_cancel",
    "announcement_start",
    "announcement_tell",
    "announcements_sweep",
    "can_be_stopped",
    "deliveries_send",
    "deliveries_sweep",
    "digest_deliver",
    "digests_turn_off",
    "email_stop",
    "email_turn_off",
    "emails_drop_between",
    "notice_deliver",
    "notice_open",
    "notices_forget",
    "notices_forget_names",
    "notices_mark_read",
    "notify",
    "notify_each",
    "preferences_of",
    "preferences_save",
    "settings_save",
    "waiting_reschedule",
]
