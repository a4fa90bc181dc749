"""Beginning an encounter as a copy of another."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from portal.accounts.affiliation import active_municipalities
from portal.accounts.models import User
from share.models import Event, EventChange, EventOrganiser, Seats
from share.permissions.events import can_host_in
from share.services.events.fields import moments_apply
from share.services.events.history import change_append
from share.services.events.repeating import COPIED, copy_parts
from share.times import TimeRefused

_WEEK = timedelta(days=7)
_NOT_COPIED = ("series_id", "created_by_id", "is_sample")


@transaction.atomic
def event_duplicate(*, event: Event, actor: User) -> Event:
    """Make a draft like an event, a week after it or after today, with its sessions, speakers and questions.

    Registrations, minutes and materials are the other's; a municipality in whose name the copier does not invite gives
    way to her own.
    """
    copy = Event(
        **{name: getattr(event, name) for name in COPIED if name not in _NOT_COPIED}, created_by=actor
    )
    if not can_host_in(actor, event.municipality_id):
        copy.municipality = active_municipalities(actor).first()
    lasting = event.end_date - event.start_date
    copy.start_date = max(event.start_date, timezone.now().date()) + _WEEK
    copy.end_date, copy.end_time = copy.start_date + lasting, event.end_time
    try:
        moments_apply(copy)
    except TimeRefused:
        # The clock jumps over this hour on that day.
        copy.start_date, copy.end_date = copy.start_date + _WEEK, copy.end_date + _WEEK
        moments_apply(copy)
    copy.save()
    Seats.objects.create(event=copy, capacity=Seats.objects.get(event=event).capacity)
    EventOrganiser.objects.create(event=copy, user=actor)
    copy_parts(event, [copy])
    change_append(copy, EventChange.Kind.CREATED, by=actor)
    return copy
