"""Where a person went and wanted to go: her copy of it, and what is left when she erases her account: nothing."""

from collections.abc import Iterator
from typing import Any

from django.db import transaction

from portal.accounts.models import User
from share.models import Registration, RegistrationChange, RegistrationQuestion
from share.services.places import places_lock, places_settle


def export_registrations(user: User) -> Iterator[dict[str, Any]]:
    """Yield what a person said about each event, with her answers and every step."""
    rows = Registration.objects.filter(user=user).select_related("event").prefetch_related("changes")
    asked = {
        str(question.pk): question.text
        for question in RegistrationQuestion.objects.filter(event__registrations__user=user)
    }
    for row in rows.order_by("pk"):
        yield {
            "event": row.event.title,
            "at": row.event.starts_at.isoformat(timespec="minutes"),
            "status": row.status,
            "registered_at": row.registered_at.isoformat(timespec="seconds") if row.registered_at else None,
            "answers": [
                {"question": asked.get(key, key), "value": value} for key, value in row.answers.items()
            ],
            "code": row.code,
            "attendance": row.attendance,
            "history": [
                {
                    "from": change.status_from,
                    "to": change.status_to,
                    "at": change.at.isoformat(timespec="seconds"),
                    "reason": change.reason,
                    "yours": change.by_id == user.pk,
                }
                for change in row.changes.all()
            ],
        }
    yield from _done_for_others(user)


def _done_for_others(user: User) -> Iterator[dict[str, Any]]:
    """Yield what she decided about others' registrations as an organiser, without saying whose they are."""
    rows = RegistrationChange.objects.filter(by=user).exclude(registration__user=user)
    for change in rows.select_related("registration__event").order_by("pk"):
        yield {
            "event": change.registration.event.title,
            "at": change.at.isoformat(timespec="seconds"),
            "from": change.status_from,
            "to": change.status_to,
            "reason": change.reason,
            "yours": True,
        }


@transaction.atomic
def erase_registrations(user: User) -> None:
    """Delete what she said, and give her places to those who wait; others' steps lose her name and words."""
    mine = Registration.objects.filter(user=user)
    places = places_lock(list(mine.values_list("event_id", flat=True)))
    mine.delete()
    places_settle(places)
    RegistrationChange.objects.filter(by=user).update(by=None, reason="")
    Registration.objects.filter(checked_in_by=user).update(checked_in_by=None)
