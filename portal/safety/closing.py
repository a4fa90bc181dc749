"""What a suspended person reads after she has given her password, and the way to answer it."""

from uuid import UUID

from django.core import signing
from django.urls import reverse

from portal.accounts.closures import ClosureNote
from portal.accounts.models import User
from portal.safety.models import Suspension

_SALT = "portal.safety.appeal"
# Long enough to write a few sentences; she can sign in again for another.
_SECONDS = 2 * 60 * 60


def suspension_note(user: User) -> ClosureNote | None:
    """Say why and until when, with a way to answer that only she gets, since she knew the password."""
    suspension = Suspension.objects.filter(user=user, lifted_at__isnull=True).first()
    if suspension is None:
        return None
    token = signing.dumps(str(suspension.public_id), salt=_SALT)
    return ClosureNote(
        reason=suspension.reason,
        since=suspension.started_at,
        until=suspension.until,
        answer_url="" if suspension.appealed_at else reverse("safety:appeal", args=[token]),
    )


def suspension_of(token: str) -> Suspension | None:
    """Return the suspension that somebody may answer; nothing for a forged or an old address."""
    try:
        public_id = UUID(signing.loads(token, salt=_SALT, max_age=_SECONDS))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Suspension.objects.filter(public_id=public_id, lifted_at__isnull=True).first()
