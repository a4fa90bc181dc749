"""Telling organisers once a day who registered, instead of once a person."""

from datetime import datetime, timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.services import Told, notify_each
from portal.notices.texts import Text
from share.models import Event, EventOrganiser, RegistrationChange
from share.registrations.moments import title_shown
from share.services.places import Status

KIND = "event-registrations"
_DAY = timedelta(days=1)
_NEW = "«%(event)s»: desde ayer se anotó %(number)s persona."
_MANY = "«%(event)s»: desde ayer se anotaron %(number)s personas."


def registrations_tell(*, now: datetime | None = None) -> int:
    """Tell organisers how many registered since the same hour of yesterday; returns of how many events.

    Asked again on the same day it tells nothing new.
    """
    now = now or timezone.now()
    new = dict(
        RegistrationChange.objects.filter(
            at__gt=now - _DAY,
            at__lte=now,
            status_to__in=[Status.GOING, Status.WAITING],
            registration__event__ends_at__gt=now,
        )
        # An offer that was accepted is no new person.
        .exclude(status_from__in=[Status.WAITING, Status.OFFERED])
        .values_list("registration__event")
        .annotate(number=Count("registration", distinct=True))
    )
    events = Event.objects.filter(pk__in=new).only("pk", "title")
    organising = EventOrganiser.objects.filter(event__in=new).select_related("user")
    by_event: dict[int, list[User]] = {}
    for row in organising.filter(Q(user__is_staff=True) | Q(user__memberships__status="active")).distinct():
        by_event.setdefault(row.event_id, []).append(row.user)
    notices = [
        Told(
            user=user,
            text=Text.plural(_NEW, _MANY, new[event.pk], event=title_shown(event)),
            fact=f"event:{event.pk}:registrations:{timezone.localtime(now):%Y%m%d}",
            url=reverse("share:event-people", args=[event.pk]),
        )
        for event in events
        for user in by_event.get(event.pk, [])
    ]
    notify_each(kind=KIND, notices=notices)
    return len(by_event)
