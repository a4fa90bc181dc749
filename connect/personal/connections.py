"""A person's connections and introductions: her copy of them, and their erasure."""

from typing import Any

from django.utils.translation import gettext as _

from connect.models import Connection, ConnectionChange, Introduction, IntroductionChange
from connect.people.finding import shown_people
from connect.services.connection_notices import take_away as take_connection_notices_away
from connect.services.introduction_notices import take_away as take_introduction_notices_away
from portal.accounts.models import User

Status = Connection.Status


def export_connections(user: User) -> list[dict[str, Any]]:
    """Return a person's connections and requests, with the names that she may see and the steps that she took.

    What somebody else decided is not told here either: a request that was declined reads as one without an answer.
    """
    rows = list(Connection.objects.of(user.pk).prefetch_related("changes").order_by("id"))
    names = _names(user, {key for row in rows for key in (row.requester_id, row.recipient_id)})
    return [_exported_connection(row, user, names) for row in rows]


def export_introductions(user: User) -> list[dict[str, Any]]:
    """Return the introductions that concern a person, with what she herself decided."""
    rows = list(Introduction.objects.visible_to(user).prefetch_related("changes").order_by("id"))
    keys = {key for row in rows for key in (row.first_id, row.second_id, row.introducer_id) if key}
    names = _names(user, keys)
    return [
        {
            "first": names.get(row.first_id, _nobody()),
            "second": names.get(row.second_id, _nobody()),
            "introducer": names.get(row.introducer_id, "") if row.introducer_id else "",
            "note": row.note,
            "status": str(row.get_status_display()),
            "asked_by_you": row.asked_by_id == user.pk,
            "accepted_by_you": row.is_accepted_by(user.pk),
            "created_at": _moment(row.created_at),
            "your_steps": _own_steps(row, user),
        }
        for row in rows
        if user.pk in (row.first_id, row.second_id, row.introducer_id, row.asked_by_id)
    ]


def erase_connections(user: User) -> None:
    """Take a person out of everybody's connections and introductions, with the notices that name her."""
    connections = Connection.objects.of(user.pk)
    take_connection_notices_away(connections)
    connections.delete()
    introductions = Introduction.objects.naming(user.pk)
    take_introduction_notices_away(introductions)
    _close_those_she_makes(user)
    Introduction.objects.naming(user.pk).delete()
    ConnectionChange.objects.filter(actor=user).update(actor=None)
    IntroductionChange.objects.filter(actor=user).update(actor=None)


def _close_those_she_makes(user: User) -> None:
    """Keep what others agreed to through her, without her name or her words; what is open does not prosper."""
    hers = Introduction.objects.filter(introducer=user)
    hers.open().update(status=Introduction.Status.DECLINED)
    hers.exclude(asked_by=user).update(introducer=None, note="")


def _exported_connection(row: Connection, user: User, names: dict[int, str]) -> dict[str, Any]:
    asked_by_you = row.requester_id == user.pk
    other_id = row.recipient_id if asked_by_you else row.requester_id
    is_silent = asked_by_you and row.status == Status.DECLINED
    return {
        "with": names.get(other_id, _nobody()),
        "asked_by_you": asked_by_you,
        "status": str(Status.REQUESTED.label if is_silent else row.get_status_display()),
        "note": row.note,
        "asked_at": _moment(row.created_at),
        "decided_at": _moment(row.decided_at) if row.decided_at and not is_silent else None,
        "your_steps": _own_steps(row, user),
    }


def _own_steps(row: Any, user: User) -> list[dict[str, str]]:
    return [
        {"at": _moment(step.at), "to": str(step.get_to_status_display())}
        for step in row.changes.all()
        if step.actor_id == user.pk
    ]


def _names(user: User, keys: set[int]) -> dict[int, str]:
    received = Connection.objects.received_by(user).values_list("requester_id", flat=True)
    return {key: str(person) for key, person in shown_people(user, keys, acquainted=set(received)).items()}


def _nobody() -> str:
    return _("una persona que ya no ves")


def _moment(moment: Any) -> str:
    return moment.isoformat(timespec="seconds")
