"""What is looked at every minute: offers whose time is over, places that nobody has and somebody waits for.

Places become free without anybody asking: an account is erased, a row deleted by hand, somebody leaves the network or
is suspended. Each batch takes as many queries for one event as for all of them; several workers share the work.
"""

from collections.abc import Collection

from django.db import transaction
from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.utils import timezone

from share.models import Event, Registration, Seats
from share.registrations.window import closes_at, offer_ends
from share.services.places import (
    CONCERNED,
    Status,
    Step,
    may_not_attend,
    people_take_off,
    places_lock,
    places_settle,
)

EVENTS_AT_ONCE = 100
# A sweep that is not done by then leaves the rest to the next.
_MOST_BATCHES = 50


def offers_sweep() -> int:
    """End what is over and give what is free, at all events; returns at how many something was done."""
    done = 0
    for _batch in range(_MOST_BATCHES):
        found = _batch_settle()
        done += found
        if not found:
            break
    return done


@transaction.atomic
def offers_shorten(*, event_id: int) -> int:
    """Let no offer of an event last longer than its registration, now that either was moved; returns how many were.

    Where registration has closed meanwhile, what was offered before may be answered until the event begins.
    """
    now = timezone.now()
    for each in places_lock([event_id]):
        closes = closes_at(each.event)
        ends = closes if closes > now else max(each.event.starts_at, now)
        rows = Registration.objects.filter(event=each.event, status=Status.OFFERED, offer_expires_at__gt=ends)
        return rows.update(offer_expires_at=ends, updated_at=now)
    return 0


@transaction.atomic
def offers_renew(*, event: Event) -> int:
    """Keep what was offered before an event was cancelled as long as a new offer, now that it takes place after all.

    While it was cancelled nobody could answer.
    """
    now = timezone.now()
    for each in places_lock([event.pk]):
        until = offer_ends(each.event, now) or max(closes_at(each.event), now)
        rows = Registration.objects.filter(event=each.event, status=Status.OFFERED)
        return rows.update(offer_expires_at=Greatest(F("offer_expires_at"), Value(until)), updated_at=now)
    return 0


def absences_sweep() -> int:
    """Take off the lists of events to come those who left the network or were suspended; returns at how many events."""
    rows = Registration.objects.filter(may_not_attend(), status__in=CONCERNED, event__in=_to_come())
    keys = sorted(set(rows.values_list("event_id", flat=True)[: EVENTS_AT_ONCE * 10]))
    for start in range(0, len(keys), EVENTS_AT_ONCE):
        people_leave(event_ids=keys[start : start + EVENTS_AT_ONCE], skip_locked=True)
    return len(keys)


@transaction.atomic
def people_leave(*, event_ids: Collection[int], skip_locked: bool = False) -> list[Step]:
    """Take off the lists of these events whoever may not come any more; what becomes free passes on."""
    places = places_lock(event_ids, skip_locked=skip_locked)
    keys = [each.event.pk for each in places]
    concerned = Registration.objects.filter(event__in=_to_come().filter(pk__in=keys), status__in=CONCERNED)
    steps = people_take_off(concerned)
    return steps + places_settle(places)


def person_leaves(*, user_id: int) -> None:
    """Take a person off the lists of the events to come if she may not come any more."""
    rows = Registration.objects.filter(
        may_not_attend(), user_id=user_id, status__in=CONCERNED, event__in=_to_come()
    )
    keys = list(rows.values_list("event_id", flat=True))
    if keys:
        people_leave(event_ids=keys)


@transaction.atomic
def _batch_settle() -> int:
    """Settle the next events where something is to be done and nobody is busy; returns how many."""
    now = timezone.now()
    keys = set(_with_free_places(now)[:EVENTS_AT_ONCE])
    ended = Registration.objects.filter(
        status=Status.OFFERED, offer_expires_at__lte=now, event__in=_to_come()
    ).order_by("offer_expires_at")
    keys |= set(ended.values_list("event_id", flat=True)[:EVENTS_AT_ONCE])
    places = places_lock(sorted(keys), skip_locked=True) if keys else []
    steps = places_settle(places, now=now) if places else []
    return len({step.registration.event_id for step in steps})


def _with_free_places(now: object) -> QuerySet:
    """Return the events with a free place, somebody who waits, and registration open."""
    closes = Q(event__registration_closes_at__isnull=True, event__starts_at__gt=now) | Q(
        event__registration_closes_at__gt=now, event__ends_at__gt=now
    )
    has_opened = Q(event__registration_opens_at__isnull=True) | Q(event__registration_opens_at__lte=now)
    is_free = Q(capacity__isnull=True) | Q(taken__lt=F("capacity"))
    announced = Q(event__status=Event.Status.PUBLISHED, event__hidden_at__isnull=True)
    rows = Seats.objects.filter(is_free, closes, has_opened, announced, waiting__gt=0)
    return rows.order_by("pk").values_list("pk", flat=True)


def _to_come() -> QuerySet[Event]:
    return Event.objects.filter(
        status=Event.Status.PUBLISHED, hidden_at__isnull=True, ends_at__gt=timezone.now()
    )
