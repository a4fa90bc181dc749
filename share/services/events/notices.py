"""Telling people that an encounter moved, was cancelled or takes place again, and who looks after it now."""

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.accounts.models import User
from portal.notices.models import Notification
from portal.notices.services import Told, notify, notify_each
from portal.notices.texts import Text
from portal.safety.blocks import kept_apart_from
from share.models import Event, Registration
from share.services.events.fields import CLOCK_FIELDS, MOVING_FIELDS
from share.times import zone_city_later

CHANGED = "event-changed"
CANCELLED = "event-cancelled"
ORGANISING = "event-organising"
CONCERNED = (
    Registration.Status.GOING,
    Registration.Status.OFFERED,
    Registration.Status.WAITING,
    Registration.Status.INTERESTED,
)
MOST_OF_TITLE = 110
MOST_OF_REASON = 110


def _day(event: Event) -> str:
    return date_format(event.start_date, "l j \\d\\e F")


_day_later = lazy(_day, str)


def tell_changed(events: Sequence[Event], changed: Collection[str], *, actor: User | None) -> None:
    """Tell whoever planned to go that events are at another time or place; nothing of what has ended."""
    if not MOVING_FIELDS.isdisjoint(changed):
        _tell(CHANGED, events, lambda event: _changed_text(event, changed), actor=actor)


def tell_rules_changed(events: Sequence[Event]) -> None:
    """Tell whoever planned to go that a country changed its clocks: the hour there stays, hers may not."""
    _tell(CHANGED, events, _rules_text, actor=None)


def tell_restored(event: Event, *, actor: User) -> None:
    """Tell whoever planned to go that an event takes place after all."""
    _tell(CHANGED, [event], _restored_text, actor=actor)


def tell_cancelled(events: Sequence[Event], *, actor: User | None) -> None:
    """Tell whoever planned to go that events do not take place, and why."""
    _tell(CANCELLED, events, _cancelled_text, actor=actor)


def tell_organiser(event: Event, user: User, *, actor: User) -> None:
    """Tell a person that she looks after an event now; nobody is told by whom she is kept apart from."""
    if user.pk == actor.pk or actor.pk in kept_apart_from(user):
        return
    notify(
        users=user,
        kind=ORGANISING,
        text=Text(
            gettext_noop("%(person)s te sumó a quienes organizan «%(title)s»."),
            person=actor.name[:100],
            title=event.title[:MOST_OF_TITLE],
        ),
        url=event.get_absolute_url(),
        fact=f"event:{event.pk}:organising:{timezone.now():%Y%m%d}",
        naming=[actor],
    )


def concerned_count(events: Iterable[Event]) -> int:
    """Return how many people would be told of a change to events."""
    rows = Registration.objects.filter(event__in=list(events), status__in=CONCERNED)
    return rows.values("user").distinct().count()


def event_id_of(fact: str) -> int | None:
    """Return the key of the event that a fact is about."""
    word, _colon, rest = fact.partition(":")
    key = rest.partition(":")[0]
    return int(key) if word == "event" and key.isdecimal() else None


def _tell(
    kind: str, events: Sequence[Event], text_of: Callable[[Event], Text], *, actor: User | None
) -> None:
    """Tell everybody once about each event that is still to come; the number of queries does not grow."""
    coming = {event.pk: event for event in events if event.ends_at > timezone.now() and not event.hidden_at}
    if not coming:
        return
    rows = Registration.objects.filter(event__in=coming, status__in=CONCERNED).select_related("user")
    if actor is not None:
        rows = rows.exclude(user=actor)
    texts = {key: text_of(event) for key, event in coming.items()}
    notify_each(
        kind=kind,
        notices=[
            Told(
                user=row.user,
                text=texts[row.event_id],
                fact=_fact(kind, coming[row.event_id]),
                url=coming[row.event_id].get_absolute_url(),
                group=_group(kind, coming[row.event_id]),
                grouped_text=_grouped_text(kind, coming[row.event_id]),
            )
            for row in rows
        ],
    )


def _fact(kind: str, event: Event) -> str:
    return f"event:{event.pk}:{kind}:{event.sequence}"


def _group(kind: str, event: Event) -> str:
    """Events of a series are one line while it is unread, and what is done to one event again and again, too."""
    about = f"series:{event.series_id}" if event.series_id else f"event:{event.pk}"
    return f"{about}:{kind}"


def _said(event: Event) -> dict[str, Any]:
    return {
        "title": event.title[:MOST_OF_TITLE],
        "day": _day_later(event),
        "time": f"{event.start_time:%H:%M}",
        "place": zone_city_later(event.time_zone),
    }


def _changed_text(event: Event, changed: Collection[str]) -> Text:
    if not CLOCK_FIELDS.isdisjoint(changed):
        return Text(
            gettext_noop("«%(title)s» cambió: ahora es el %(day)s a las %(time)s (hora de %(place)s)."),
            **_said(event),
        )
    if event.venue and not {"venue", "address"}.isdisjoint(changed):
        return Text(
            gettext_noop("«%(title)s», del %(day)s, cambió de lugar: ahora es en %(venue)s."),
            **_said(event),
            venue=event.venue[:80],
        )
    return Text(
        gettext_noop(
            "Cambió cómo conectarse a «%(title)s», del %(day)s: mirá los datos nuevos en su página."
        ),
        **_said(event),
    )


def _rules_text(event: Event) -> Text:
    return Text(
        gettext_noop(
            "Cambió la hora oficial en %(place)s: «%(title)s» sigue siendo el %(day)s a las %(time)s de allá. "
            "Fijate a qué hora te queda."
        ),
        **_said(event),
    )


def _restored_text(event: Event) -> Text:
    return Text(
        gettext_noop("Al final se hace «%(title)s»: el %(day)s a las %(time)s (hora de %(place)s)."),
        **_said(event),
    )


def _cancelled_text(event: Event) -> Text:
    return Text(
        gettext_noop("Se canceló «%(title)s», que iba a ser el %(day)s. Por qué: %(reason)s"),
        **_said(event),
        reason=Truncator(event.cancel_reason).chars(MOST_OF_REASON),
    )


def _grouped_text(kind: str, event: Event) -> Text:
    title = event.title[:MOST_OF_TITLE]
    if kind == CANCELLED:
        return Text.plural(
            "Se canceló «%(title)s».", "Se cancelaron %(number)s encuentros de «%(title)s».", title=title
        )
    return Text.plural(
        "Cambió «%(title)s»: mirá cuándo y dónde es.",
        "Hubo %(number)s cambios en «%(title)s»: mirá cuándo y dónde es.",
        title=title,
    )


def cancelled_email_body(notice: Notification) -> str:
    """Return what was to take place, and the whole reason why it does not."""
    event = Event.objects.filter(pk=event_id_of(notice.fact) or 0).first()
    if event is None or not event.is_cancelled or event.hidden_at:
        return ""
    when = f"{_day(event)}, {event.start_time:%H:%M} ({zone_city_later(event.time_zone)})"
    return "\n".join([event.title, when, _("Por qué: %(reason)s") % {"reason": event.cancel_reason}])
