"""The encounters that a person organised or spoke at: her copy, and what stays of them without her."""

from typing import Any

from django.db import transaction

from portal.accounts.models import User
from portal.core.events import announce, event_changed
from share.events.entries import event_entry_refresh
from share.models import Event, EventChange, EventOrganiser, EventSeries, Speaker


def export_organising(user: User) -> dict[str, Any]:
    """Return what a person organised, what she did to each, and where she spoke."""
    organised = EventOrganiser.objects.filter(user=user).select_related("event").order_by("pk")
    made = Event.objects.filter(created_by=user).order_by("pk")
    changes = EventChange.objects.filter(by=user).select_related("event").order_by("pk")
    spoke = Speaker.objects.filter(user=user).select_related("event").order_by("pk")
    return {
        "organised": [
            {"event": row.event.title, "added_at": row.added_at.isoformat(timespec="seconds")}
            for row in organised
        ],
        "created": [
            {"event": row.title, "created_at": row.created_at.isoformat(timespec="seconds")} for row in made
        ],
        "changes": [
            {
                "event": row.event.title,
                "at": row.at.isoformat(timespec="seconds"),
                "what": row.get_kind_display(),
                "reason": row.reason,
            }
            for row in changes
        ],
        "spoke": [{"event": row.event.title, "name": row.name, "position": row.role} for row in spoke],
    }


@transaction.atomic
def erase_organising(user: User) -> None:
    """Take her out of the encounters that others count on, and delete drafts that nobody else looks after."""
    drafts = Event.objects.filter(created_by=user, status=Event.Status.DRAFT)
    drafts.exclude(organisers__user__in=User.objects.exclude(pk=user.pk)).delete()
    named = set(Speaker.objects.filter(user=user).values_list("event_id", flat=True))
    named |= set(EventOrganiser.objects.filter(user=user).values_list("event_id", flat=True))
    Speaker.objects.filter(user=user).delete()
    EventOrganiser.objects.filter(user=user).delete()
    EventChange.objects.filter(by=user).update(by=None, reason="")
    EventSeries.objects.filter(created_by=user).update(created_by=None)
    Event.objects.filter(created_by=user).update(created_by=None, client_key=None)
    for key in Event.objects.announced().filter(pk__in=named).order_by("pk").values_list("pk", flat=True):
        event_entry_refresh(event_id=key)
        announce(event_changed, event_id=key, is_moved=False)
