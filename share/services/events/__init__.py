"""Encounters as those who organise them write them."""

from share.services.events.agenda import (
    question_remove,
    question_save,
    session_remove,
    session_save,
    speaker_remove,
    speaker_save,
)
from share.services.events.fields import EventFields, UnsafeLink
from share.services.events.history import EventStale, newest_change_id
from share.services.events.organisers import LastOrganiser, organiser_add, organiser_remove
from share.services.events.refreshing import event_times_refresh
from share.services.events.states import (
    EventConflict,
    event_cancel,
    event_hide,
    event_publish,
    event_restore,
    event_show,
)
from share.services.events.writing import event_change, event_create, event_delete

__all__ = [
    "EventConflict",
    "EventFields",
    "EventStale",
    "LastOrganiser",
    "UnsafeLink",
    "event_cancel",
    "event_change",
    "event_create",
    "event_delete",
    "event_hide",
    "event_publish",
    "event_restore",
    "event_show",
    "event_times_refresh",
    "newest_change_id",
    "organiser_add",
    "organiser_remove",
    "question_remove",
    "question_save",
    "session_remove",
    "session_save",
    "speaker_remove",
    "speaker_save",
]
