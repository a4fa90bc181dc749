"""Encounters that repeat: beginning a series, changing and cancelling what follows, and going on every night."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from types import EllipsisType
from typing import cast

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.catalog.services import entry_withdraw
from share.models import Event, EventSeries, Material, Registration
from share.querysets.events import KIND
from share.recurrence import days_between, rule_read
from share.services.events import EventConflict, EventFields
from share.services.events.fields import CLOCK_FIELDS, fields_apply
from share.services.events.history import event_lock, require_fresh, series_lock
from share.services.events.notices import tell_cancelled, tell_changed
from share.services.events.repeating import DAYS_AHEAD, MOST_AHEAD, series_begin, series_extend, shifted
from share.services.events.states import event_cancel_quietly
from share.services.events.writing import event_written
from share.services.places import places_lock
from share.services.seats import SeatsConflict, seats_change

_WINDOW = ("registration_opens_at", "registration_closes_at")


class DayIsTheRules(ValueError):
    """The day of what follows is the rule's to say; the message says how to change it."""


@dataclass(frozen=True)
class RuleChanged:
    """What became of the events that followed by the old rule.

    Args:
        made: how many there are now that were not there.
        removed: how many are gone, in which nothing was but what the rule had made.
        kept: those that the new rule does not know and that hold more (people who registered, materials, changes of
            their own): somebody decides about each.
    """

    made: int
    removed: int
    kept: tuple[Event, ...] = ()


@transaction.atomic
def series_start(*, event: Event, actor: User, rule: str) -> EventSeries:
    """Let an event repeat by a rule; the others are made at once where it is published, else with its publication.

    Raises:
        RuleRefused: nothing can be repeated by it.
        EventConflict: the event repeats already.
    """
    found = event_lock(event)
    if found.series_id:
        raise EventConflict(_("Este encuentro ya se repite."))
    read = rule_read(rule, first=found.start_date, time_zone=found.time_zone)
    series = EventSeries.objects.create(
        rule=str(read),
        time_zone=found.time_zone,
        first_on=found.start_date,
        start_time=found.start_time,
        created_by=actor,
    )
    found.series, found.occurrence_on, found.is_changed_alone = series, found.start_date, False
    found.save(update_fields=["series", "occurrence_on", "is_changed_alone", "updated_at"])
    series_begin(series=series)
    return series


@transaction.atomic
def draft_rule_change(*, event: Event, actor: User, rule: str) -> None:
    """Say anew how a draft repeats, or that it does not.

    Raises:
        RuleRefused: nothing can be repeated by it.
    """
    series_lock(event)
    found = event_lock(event)
    if found.series_id:
        series, found.series, found.occurrence_on = cast(EventSeries, found.series), None, None
        found.save(update_fields=["series", "occurrence_on", "updated_at"])
        series.delete()
    if rule:
        series_start(event=found, actor=actor, rule=rule)


@transaction.atomic
def following_change(
    *,
    event: Event,
    actor: User,
    fields: EventFields,
    capacity: int | EllipsisType | None = ...,
    seen: int | None = None,
) -> list[Event]:
    """Change an event and those that follow it in its series; those that were changed alone stay as they are.

    Raises:
        DayIsTheRules: the day was changed, which differs from one to the next.
        EventStale, TimeRefused, UnsafeLink: as for one event.
        SeatsConflict: one of them has more people than places; the message says which.
    """
    series_lock(event)
    found = event_lock(event)
    require_fresh(found, seen)
    if fields.get("start_date", found.start_date) != found.start_date:
        raise DayIsTheRules(
            _("El día de los que siguen lo dice la regla: cambiala en «Repetición», o mové solo este.")
        )
    before = {name: getattr(found, name) for name in fields}
    lasting = fields.get("end_date", found.end_date) - found.start_date
    told: list[str] = []
    events = [found, *_following(found)]
    # All at once and in one order: whoever registers waits, and nobody waits for two in a circle.
    places_lock([one.pk for one in events])
    changed_events = []
    found.is_changed_alone = False
    for one in events:
        mine = _fields_for(one, found, fields, before, lasting)
        changed = fields_apply(one, mine)
        is_resized = not isinstance(capacity, EllipsisType) and one.seats.capacity != capacity
        if is_resized:
            changed.append("capacity")
        if changed:
            event_written(one, changed, actor=actor)
            if is_resized and not isinstance(capacity, EllipsisType):
                _set_seats(one, capacity)
            changed_events.append(one)
            told += changed
    tell_changed([one for one in changed_events if one.is_published], set(told), actor=actor)
    return changed_events


@transaction.atomic
def following_cancel(*, event: Event, actor: User, reason: str) -> list[Event]:
    """Cancel an event and all that follow it in its series, tell people once, and make no more.

    Raises:
        EventConflict: this one is not announced.
    """
    # Before anything else, so that nobody makes more of them meanwhile.
    series = cast(EventSeries, series_lock(event))
    later = series.events.filter(occurrence_on__gt=_day_of(event), status=Event.Status.PUBLISHED)
    events = [event_lock(event), *later.order_by("occurrence_on").select_for_update(no_key=True)]
    places_lock([one.pk for one in events])
    cancelled = [event_cancel_quietly(event=one, actor=actor, reason=reason) for one in events]
    series_end(series=series)
    tell_cancelled(cancelled, actor=actor)
    return cancelled


@transaction.atomic
def series_end(*, series: EventSeries) -> None:
    """Make no more events of a series; those that are there stay."""
    EventSeries.objects.filter(pk=series.pk, ended_at__isnull=True).update(ended_at=timezone.now())


@transaction.atomic
def series_rule_change(*, event: Event, actor: User, rule: str) -> RuleChanged:
    """Repeat by another rule from an event on; what took place stays, and so does what holds more than the rule made.

    Raises:
        RuleRefused: nothing can be repeated by it.
    """
    series = cast(EventSeries, series_lock(event))
    found = event_lock(event)
    read = rule_read(rule, first=found.start_date, time_zone=found.time_zone)
    today = timezone.now().date()
    days = days_between(
        read,
        first=found.start_date,
        after=max(found.start_date, today - timedelta(days=1)),
        until=today + timedelta(days=DAYS_AHEAD),
        most=MOST_AHEAD,
    )
    removed, kept = _make_room(series, found, set(days))
    # It may have been moved to a day of another one, which is no day of the rule any more then.
    taken = series.events.filter(occurrence_on=found.start_date).exclude(pk=found.pk)
    taken.update(occurrence_on=None, is_changed_alone=True)
    found.occurrence_on, found.is_changed_alone = found.start_date, False
    found.save(update_fields=["occurrence_on", "is_changed_alone", "updated_at"])
    series.rule, series.first_on, series.start_time = str(read), found.start_date, found.start_time
    series.time_zone, series.made_until, series.ended_at = found.time_zone, None, None
    series.save()
    return RuleChanged(made=len(series_extend(series=series)), removed=removed, kept=tuple(kept))


def series_sweep() -> int:
    """Go on with every series that is not ended; returns how many events were made."""
    keys = EventSeries.objects.filter(ended_at__isnull=True).order_by("pk").values_list("pk", flat=True)
    return sum(series_go_on(series_id=key) for key in list(keys))


def series_go_on(*, series_id: int) -> int:
    """Go on with one series, should it still be there; returns how many events were made."""
    series = EventSeries.objects.filter(pk=series_id).first()
    return len(series_extend(series=series)) if series else 0


def _day_of(event: Event) -> date:
    """Return the day from which on others follow an event; one that the rule does not know any more has its own."""
    return event.occurrence_on or event.start_date


def _following(event: Event) -> list[Event]:
    if not event.series_id:
        return []
    rows = Event.objects.filter(
        series=event.series_id, occurrence_on__gt=_day_of(event), is_changed_alone=False
    ).exclude(status=Event.Status.CANCELLED)
    return list(
        rows.select_for_update(no_key=True, of=("self",)).select_related("seats").order_by("occurrence_on")
    )


def _fields_for(
    one: Event, first: Event, fields: EventFields, before: dict[str, object], lasting: timedelta
) -> EventFields:
    """Return what a change of the first means for one that follows: the same words and hours, its own days."""
    if one is first:
        return fields
    mine = {name: value for name, value in fields.items() if before[name] != value}
    mine.pop("start_date", None)
    if not CLOCK_FIELDS.isdisjoint(mine):
        mine["end_date"] = one.start_date + lasting
    apart = (one.start_date - first.start_date).days
    for name in _WINDOW:
        if name in mine:
            mine[name] = shifted(mine[name], apart, one.time_zone)  # type: ignore[arg-type]
    return cast(EventFields, mine)


def _set_seats(event: Event, capacity: int | None) -> None:
    try:
        seats_change(event=event, capacity=capacity)
    except SeatsConflict as conflict:
        day = date_format(event.start_date, "j \\d\\e F")
        raise SeatsConflict(f"{day}: {conflict}") from conflict


def _make_room(series: EventSeries, event: Event, days: set[date]) -> tuple[int, Sequence[Event]]:
    """Take away what is to come by the old rule alone; return how many, and those that hold more."""
    others = series.events.filter(occurrence_on__gt=_day_of(event), starts_at__gt=timezone.now())
    others = others.exclude(pk=event.pk).exclude(status=Event.Status.CANCELLED)
    others = others.exclude(occurrence_on__in=days).select_for_update(no_key=True)
    unknown = list(others.order_by("occurrence_on"))
    # Whoever registers at this moment does so before, and it stays, or after, and finds it gone.
    places_lock([one.pk for one in unknown])
    holding = Event.objects.filter(
        Q(is_changed_alone=True)
        | Exists(Registration.objects.filter(event=OuterRef("pk")))
        | Exists(Material.objects.filter(event=OuterRef("pk"))),
        pk__in=[one.pk for one in unknown],
    )
    wanted = set(holding.values_list("pk", flat=True))
    gone = [one.pk for one in unknown if one.pk not in wanted]
    entry_withdraw(kind=KIND, object_ids=gone)
    Event.objects.filter(pk__in=gone).delete()
    # They are no day of the rule any more; they stay what they are.
    Event.objects.filter(pk__in=wanted).update(occurrence_on=None, is_changed_alone=True)
    return len(gone), [one for one in unknown if one.pk in wanted]
