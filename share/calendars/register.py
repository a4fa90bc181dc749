"""What calendars tell the kernel about themselves, and what they listen to."""

from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.accounts.personal_data import Erasure, SubjectAccess, erasures, subject_accesses
from portal.core.events import (
    event_cancelled,
    event_changed,
    event_published,
    registration_changed,
    topics_changed,
)
from portal.core.jobs import queue_on_commit
from portal.core.starter import StarterContent, starter_contents
from portal.notices.kinds import NoticeKind, notice_kinds
from share.calendars.invitations import notice_calendar
from share.personal.calendars import erase_calendars, export_calendars
from share.services import calendar_notices
from share.services.calendars import calendar_text_refresh, calendar_texts_rebuild, calendar_texts_version

REBUILD = "share.tasks.calendars.rebuild_calendars"


def register_calendars() -> None:
    """Register everything; called once, by the app's hooks."""
    notice_kinds.register(
        NoticeKind(
            id=calendar_notices.LEFT,
            function="share",
            label=_("Sacamos un encuentro de tu calendario"),
            # She knows that she cancelled; her calendar does not.
            in_portal=False,
            email="now",
            order=16,
            reason=_("Porque cancelaste tu inscripción y ese encuentro estaba en tu calendario."),
            email_calendar=notice_calendar,
        )
    )
    subject_accesses.register(
        SubjectAccess(
            id="calendar-feed", label=_("Tu calendario de encuentros"), export=export_calendars, order=55
        )
    )
    erasures.register(Erasure(id="calendar-feed", erase=erase_calendars, order=55))
    starter_contents.register(
        StarterContent(
            id="calendars",
            label=_("Encuentros de la red"),
            load=load_calendars,
            version=calendar_texts_version(),
            order=90,
        )
    )
    for event in (event_published, event_changed, event_cancelled):
        event.connect(on_event_told, dispatch_uid="share.calendar_text", weak=False)
    registration_changed.connect(on_registration_changed, dispatch_uid="share.calendar_left", weak=False)
    topics_changed.connect(on_topics_changed, dispatch_uid="share.rebuild_calendars", weak=False)


def load_calendars() -> str:
    """Write all texts, once for each of their forms: at the first start after an update, before anybody reads one."""
    changed = calendar_texts_rebuild()
    return gettext("Encuentros que se corrigieron en los calendarios: %(number)s.") % {"number": changed}


def on_event_told(event_id: int, **kwargs: Any) -> None:
    """Write anew what calendars read of it; what is lost here is found at night."""
    calendar_text_refresh(event_ids=[event_id])


def on_registration_changed(registration_id: int, status_to: str, **kwargs: Any) -> None:
    """Let the calendar of whoever cancelled herself hear of it."""
    calendar_notices.tell_left(registration_id=registration_id, status_to=status_to)


def on_topics_changed(**kwargs: Any) -> None:
    """Let calendars call areas as they are called now."""
    queue_on_commit(REBUILD)
