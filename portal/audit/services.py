"""Writing to the audit trail."""

from dataclasses import dataclass
from typing import Any

from django.db import models
from django.utils.crypto import salted_hmac

from portal.audit.context import acting
from portal.audit.models import AuditEvent


@dataclass(frozen=True)
class Target:
    """Something that was acted on, named without loading its row.

    Args:
        type: the model's label in lower case ("accounts.membership").
        id: its key.
    """

    type: str
    id: str


def audit_record(
    *,
    action: str,
    target: models.Model | Target,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    actor_id: int | None = None,
    address: str | None = None,
) -> AuditEvent:
    """Append what was done to the trail, in the caller's transaction: what cannot be recorded does not happen.

    Args:
        action: noun and past participle with a dot between them ("membership.decided").
        target: what it was done to.
        before: the fields that changed, as they were; names and texts of people do not belong here, because
            the trail outlives an erased account.
        after: the same fields as they are now.
        actor_id: the account; that of the current request when not given.
        address: where it came from; that of the current request when not given.
    """
    current = acting.get()
    place = _target(target)
    return AuditEvent.objects.create(
        action=action,
        target_type=place.type,
        target_id=place.id,
        before=before or {},
        after=after or {},
        actor_id=current.user_id if actor_id is None else actor_id,
        address=current.address if address is None else address,
    )


def audit_pseudonym(text: str) -> str:
    """Return a stable stand-in for an e-mail address that may belong to nobody here.

    Attempts on one address can be counted with it, and the address cannot be read back without the secret key.
    """
    digest = salted_hmac("portal.audit.pseudonym", text.strip().lower(), algorithm="sha256")
    return digest.hexdigest()[:32]


def _target(target: models.Model | Target) -> Target:
    if isinstance(target, Target):
        return target
    return Target(target._meta.label_lower, str(target.pk))
