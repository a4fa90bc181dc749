"""What the time after encounters tells about a person: her copy of it, and its erasure.

Her attendance itself (`attendance`, `checked_in_at`) is part of her registration, which is exported and erased with it;
here is who noted it, and what she wrote.
"""

from typing import Any

from portal.accounts.models import User
from share.models import (
    Agreement,
    AgreementChange,
    AttendanceChange,
    Material,
    Minutes,
    MinutesRevision,
    Registration,
)


def export_afterwards(user: User) -> dict[str, Any]:
    """Return the steps of a person's attendance, and what she wrote, took on, noted and uploaded."""
    return {
        "attendance": [
            {"event": str(step.registration.event), "at": _moment(step.at), "status": step.attendance_to}
            for step in AttendanceChange.objects.filter(registration__user=user).select_related(
                "registration__event"
            )
        ],
        "minutes": [
            {"event": str(row.event), "text": row.text, "published_at": _moment(row.published_at)}
            for row in Minutes.objects.filter(written_by=user).select_related("event").order_by("id")
        ],
        "agreements": [
            {
                "event": str(row.minutes.event),
                "text": row.text,
                "due_on": row.due_on.isoformat() if row.due_on else None,
                "status": row.status,
            }
            for row in Agreement.objects.filter(responsible_user=user).select_related("minutes__event")
        ],
        "materials": [
            {"event": str(row.event), "title": row.title, "url": row.url, "added_at": _moment(row.added_at)}
            for row in Material.objects.filter(added_by=user).select_related("event").order_by("id")
        ],
        "noted": _noted(user),
    }


def erase_afterwards(user: User) -> None:
    """Leave minutes, decisions and materials to those who were there, without her name."""
    Minutes.objects.filter(written_by=user).update(written_by=None)
    MinutesRevision.objects.filter(replaced_by=user).update(replaced_by=None)
    # What was decided stays to be done, and somebody else has to be found for it.
    Agreement.objects.filter(responsible_user=user).update(responsible_user=None)
    AgreementChange.objects.filter(by=user).update(by=None)
    AttendanceChange.objects.filter(registration__user=user).delete()
    AttendanceChange.objects.filter(by=user).update(by=None)
    Registration.objects.filter(checked_in_by=user).update(checked_in_by=None)
    Material.objects.filter(added_by=user).update(added_by=None)


def _noted(user: User) -> list[dict[str, Any]]:
    """Return what she noted of others, without saying of whom."""
    let_in = AttendanceChange.objects.filter(by=user).select_related("registration__event")
    agreed = AgreementChange.objects.filter(by=user).select_related("agreement__minutes__event")
    replaced = MinutesRevision.objects.filter(replaced_by=user).select_related("minutes__event")
    return [
        *(
            {"event": str(row.registration.event), "at": _moment(row.at), "what": "attendance"}
            for row in let_in
        ),
        *(
            {"event": str(row.agreement.minutes.event), "at": _moment(row.at), "what": "agreement"}
            for row in agreed
        ),
        *(
            {"event": str(row.minutes.event), "at": _moment(row.replaced_at), "what": "minutes"}
            for row in replaced
        ),
    ]


def _moment(moment: Any) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
