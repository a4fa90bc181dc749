"""What there is to do about an encounter, for whoever looks after it: the next thing first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from share.models import Event, EventOrganiser, RegistrationQuestion, Session, Speaker
from share.permissions.events import can_cancel_event, can_delete_event, can_publish_event, can_restore_event
from share.recurrence import days_between
from share.services.events.repeating import MOST_AHEAD
from share.signatures import Signature, signatures
from share.times import latest_year, shown_twice

_SHOWN_DAYS = 6


@dataclass(frozen=True)
class Task:
    """A page where something is done about the event."""

    label: str | Promise
    hint: str | Promise
    url: str
    icon: str


@dataclass(frozen=True)
class Organiser:
    """Somebody who looks after the event."""

    key: int
    signature: Signature
    is_reader: bool


# Pages of the other parts, each shown where it exists; what is of use before the event, and what after it.
_BEFORE = (
    (
        "share:event-people",
        _("Inscripciones"),
        _("Quién viene, la lista de espera y lo que respondieron."),
        "user",
    ),
    (
        "share:event-materials",
        _("Materiales"),
        _("Lo que hay que leer antes, y la grabación después."),
        "document",
    ),
    ("share:event-checkin", _("Ingreso"), _("El código para la puerta o la pantalla."), "check"),
)
_AFTER = (
    ("share:event-attendance", _("Asistencia"), _("Quién estuvo."), "check"),
    ("share:event-minutes", _("Acta y decisiones"), _("Qué se acordó y quién se ocupa."), "document"),
    (
        "share:event-materials",
        _("Grabación y materiales"),
        _("Lo que quedó para quien no pudo ir."),
        "document",
    ),
    ("share:event-people", _("Inscripciones"), _("Quién se anotó y qué respondió."), "user"),
)


def desk_of(reader: User, event: Event) -> dict[str, Any]:
    """Gather what the desk shows; the number of queries does not depend on how many people or parts there are."""
    is_over = event.ends_at < timezone.now()
    return {
        "is_over": is_over,
        "is_ongoing": event.starts_at <= timezone.now() <= event.ends_at,
        "can_publish": can_publish_event(reader, event),
        "can_cancel": bool(can_cancel_event(reader, event)) and not is_over,
        "can_restore": bool(can_restore_event(reader, event)) and not is_over,
        "can_delete": can_delete_event(reader, event),
        "tasks": _tasks(event, _AFTER if is_over else _BEFORE),
        "sessions": _sessions(event),
        "speakers": list(Speaker.objects.filter(event=event).select_related("session")),
        "questions": list(RegistrationQuestion.objects.filter(event=event)),
        "organisers": organisers_of(reader, event),
        "is_twice": shown_twice(event.start_date, event.start_time, event.time_zone),
        **_repeating(event),
    }


def organisers_of(reader: User, event: Event) -> list[Organiser]:
    """Return who looks after an event, as the reader knows them."""
    keys = list(EventOrganiser.objects.filter(event=event).order_by("pk").values_list("user_id", flat=True))
    known = signatures(reader, {(key, None) for key in keys})
    return [Organiser(key, known[key, None], key == reader.pk) for key in keys]


def _tasks(event: Event, rows: tuple[tuple[str, Promise, Promise, str], ...]) -> list[Task]:
    if not event.published_at:
        return []
    found = []
    for name, label, hint, icon in rows:
        try:
            found.append(Task(label, hint, reverse(name, args=[event.pk]), icon))
        except NoReverseMatch:
            continue
    return found


def _sessions(event: Event) -> list[tuple[datetime, Session]]:
    """Return the agenda, each part with what the clock shows when it begins."""
    beginning = datetime.combine(event.start_date, event.start_time)
    rows = Session.objects.filter(event=event)
    return [(beginning + timedelta(minutes=row.begins_after), row) for row in rows]


def _repeating(event: Event) -> dict[str, Any]:
    """Say on which days it takes place: those that are made, or those that its publication will make."""
    if event.series is None:
        return {}
    if event.published_at:
        rows = Event.objects.filter(series=event.series, starts_at__gte=timezone.now()).exclude(pk=event.pk)
        siblings = list(
            rows.order_by("starts_at").only("pk", "title", "start_date", "status", "start_time")[:MOST_AHEAD]
        )
        return {"siblings": siblings}
    end = event.start_date.replace(year=min(event.start_date.year + 2, latest_year()), day=1)
    days = days_between(
        event.series.rule, first=event.start_date, after=None, until=end, most=_SHOWN_DAYS + 1
    )
    return {"days": days[:_SHOWN_DAYS], "has_more_days": len(days) > _SHOWN_DAYS}
