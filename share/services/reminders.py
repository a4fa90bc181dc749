"""Reminders of events: planned as rows when an event is published or moved, sent once each to who counts on it."""

from datetime import datetime, timedelta

from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_noop

from portal.notices.services import Told, notify_each
from portal.notices.texts import Text
from share.models import Event, EventReminder, Registration
from share.registrations.moments import OnHerClock, title_shown
from share.services.places import Status

KIND = "event-reminder"
Before = EventReminder.Before
# One that could not go out in time is sent as long as it still helps; later ones would only confuse.
LATENESS = {
    Before.WEEK: timedelta(days=1),
    Before.DAY: timedelta(hours=6),
    Before.HOUR: timedelta(minutes=30),
}
_GOING = gettext_noop("Se acerca «%(event)s»: es el %(when)s. Tenés tu lugar; si no podés ir, avisanos.")
_INTERESTED = gettext_noop(
    "Se acerca «%(event)s», que te interesa: es el %(when)s. Todavía no dijiste si vas."
)
_AT_ONCE = 50
# What is planned already stays; what moved is planned anew, and told anew.
_PLAN = """
INSERT INTO share_eventreminder AS planned (event_id, before, due_at)
SELECT event.id, step.before, event.starts_at - step.ahead
FROM share_event AS event, (VALUES ('week', interval '7 days'), ('day', interval '24 hours'),
    ('hour', interval '1 hour')) AS step (before, ahead)
WHERE event.status = 'published' AND event.hidden_at IS NULL AND event.starts_at - step.ahead > %(now)s
    AND (%(event)s::bigint IS NULL OR event.id = %(event)s::bigint)
    AND NOT EXISTS (SELECT 1 FROM share_eventreminder AS same WHERE same.event_id = event.id
        AND same.before = step.before AND same.due_at = event.starts_at - step.ahead)
ON CONFLICT ON CONSTRAINT share_one_reminder_of_each DO UPDATE SET due_at = excluded.due_at, sent_at = NULL
WHERE planned.due_at <> excluded.due_at
"""
# Of events that moved nearer or do not take place: what can no longer go out in time.
_FORGET = """
DELETE FROM share_eventreminder AS planned USING share_event AS event
WHERE event.id = planned.event_id AND planned.sent_at IS NULL
    AND (%(event)s::bigint IS NULL OR event.id = %(event)s::bigint)
    AND (event.status <> 'published' OR event.hidden_at IS NOT NULL OR event.starts_at <= %(now)s
        OR planned.due_at <> event.starts_at - CASE planned.before WHEN 'week' THEN interval '7 days'
            WHEN 'day' THEN interval '24 hours' ELSE interval '1 hour' END)
"""


@transaction.atomic
def reminders_plan(*, event_id: int | None = None, now: datetime | None = None) -> int:
    """Plan the reminders of an event as it is now, or of all events; returns how many are new or were moved.

    A reminder whose moment has passed already is not planned: whoever registers an hour before needs none of a week.
    """
    params = {"event": event_id, "now": now or timezone.now()}
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, params)
        planned = cursor.rowcount
        cursor.execute(_FORGET, params)
    return planned


def reminders_sweep(*, now: datetime | None = None) -> int:
    """Send what is due, each reminder in a transaction of its own; returns how many went out."""
    sent = 0
    while sent < _AT_ONCE and _next_send(now or timezone.now()):
        sent += 1
    return sent


@transaction.atomic
def _next_send(now: datetime) -> bool:
    """Send the reminder that is due first, or drop it if it is too late; false where there is none.

    The notices and the mark are saved together: a worker that dies leaves neither, and the next sends it.
    """
    due = EventReminder.objects.filter(sent_at__isnull=True, due_at__lte=now).order_by("due_at", "pk")
    reminder = due.select_for_update(skip_locked=True, of=("self",)).select_related("event").first()
    if reminder is None:
        return False
    event = reminder.event
    takes_place = event.is_published and event.hidden_at is None and now < event.starts_at
    if not takes_place or now > reminder.due_at + LATENESS[Before(reminder.before)]:
        reminder.delete()
        return True
    _remind(event, reminder)
    reminder.sent_at = now
    reminder.save(update_fields=["sent_at"])
    return True


def _remind(event: Event, reminder: EventReminder) -> None:
    """Tell who goes and who is interested, in as many queries for one as for all."""
    rows = Registration.objects.filter(event=event, status__in=[Status.GOING, Status.INTERESTED])
    url = reverse("share:event-detail", args=[event.pk, event.slug])
    fact = f"event:{event.pk}:reminder:{reminder.before}:{reminder.due_at:%Y%m%dT%H%M}"
    notify_each(
        kind=KIND,
        notices=[
            Told(
                user=row.user,
                text=Text(
                    _GOING if row.status == Status.GOING else _INTERESTED,
                    event=title_shown(event),
                    when=OnHerClock(event.starts_at, row.user.time_zone),
                ),
                fact=fact,
                url=url,
            )
            for row in rows.select_related("user")
        ],
    )
