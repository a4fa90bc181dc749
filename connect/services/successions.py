"""Who follows when an official leaves: noted as she leaves, decided once by whoever coordinates the municipality.

What she made stays with the municipality whatever is decided; only what somebody has to look after changes hands.
"""

from collections.abc import Mapping
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from connect.models import Succession, SuccessionChange
from connect.services.succession_notices import tell_coordinators, tell_successor
from portal.accounts.handovers import handovers
from portal.accounts.models import Membership, User
from portal.audit.services import audit_record

Held = dict[str, list[str]]
LOOKED_BACK = timedelta(days=3)


class SuccessorGone(Exception):
    """The colleague who was chosen does not work there any more; the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@transaction.atomic
def succession_open(*, membership_id: int) -> Succession | None:
    """Ask to whom passes what an official left behind; nothing where she left nothing, or is back already."""
    membership = Membership.objects.select_related("user", "municipality").get(pk=membership_id)
    if membership.status != Membership.Status.LEFT or _is_back(membership):
        return None
    succession = succession_note(membership=membership)
    if succession is not None and succession.is_open:
        tell_coordinators(succession)
    return succession


def successions_sweep() -> int:
    """Ask about those who left lately where the question was lost on its way; returns how many were looked at."""
    since = timezone.now() - LOOKED_BACK
    left = Membership.objects.filter(
        status=Membership.Status.LEFT, updated_at__gte=since, succession__isnull=True
    )
    keys = list(left.order_by("pk").values_list("pk", flat=True))
    for key in keys:
        succession_open(membership_id=key)
    return len(keys)


@transaction.atomic
def succession_note(*, membership: Membership) -> Succession | None:
    """Note what a person looks after in a municipality, while that is still known; nothing where it is nothing.

    What was noted before stays noted: when her account is erased, little leads from it to her any more.
    """
    # Two notes at once wait for each other, and the second finds what the first one made.
    Membership.objects.select_for_update(no_key=True).get(pk=membership.pk)
    found = Succession.objects.with_people().filter(membership=membership).first()
    if found is not None and not found.is_open:
        return found
    held = _joined(found.held if found else {}, _held(membership))
    if found is not None:
        found.held = held
        found.save(update_fields=["held", "updated_at"])
    elif held:
        found = Succession.objects.create(membership=membership, held=held)
        SuccessionChange.objects.create(succession=found, to_status=found.status)
    return found


@transaction.atomic
def succession_decide(*, succession: Succession, actor: User, successor: User | None) -> Succession:
    """Pass on what an official looked after, all at once; one that is decided already stays as it is.

    Args:
        successor: a colleague who works there now; nobody where it stays with the municipality.

    Raises:
        SuccessorGone: she does not work there any more; nothing was passed on.
    """
    locked = _locked(succession)
    if not locked.is_open:
        return locked
    if successor is not None:
        _hold_membership(successor, locked)
    passed = _pass_on(locked, successor)
    status = Succession.Status.PASSED if successor else Succession.Status.KEPT
    _close(locked, status, actor=actor, successor=successor, passed=passed)
    audit_record(
        action="succession.decided",
        target=locked,
        before={"status": Succession.Status.OPEN},
        after={"status": status, **passed},
        actor_id=actor.pk,
    )
    if successor is not None:
        tell_successor(locked, successor, passed)
    return locked


@transaction.atomic
def successions_end_on_return(*, membership_id: int) -> None:
    """Close what waits for a decision about somebody who works there again: what she looked after is still hers.

    Late word of a membership that has ended meanwhile closes nothing.
    """
    back = Membership.objects.get(pk=membership_id)
    if not back.is_active:
        return
    waiting = Succession.objects.open().filter(
        membership__user_id=back.user_id, membership__municipality_id=back.municipality_id
    )
    for succession in waiting.select_for_update(of=("self",)):
        _close(succession, Succession.Status.KEPT, actor=None, successor=None, passed={})


def successions_tell_again(*, user_id: int) -> None:
    """Ask anew about what waits for a decision, without a name, after its person erased her account."""
    for succession in Succession.objects.open().with_people().filter(membership__user_id=user_id):
        tell_coordinators(succession)


def _is_back(membership: Membership) -> bool:
    again = Membership.objects.active().filter(user=membership.user_id)
    return again.filter(municipality=membership.municipality_id).exists()


def _held(membership: Membership) -> Held:
    found = {each.id: each.held(membership.user, membership.municipality) for each in handovers}
    return {handover: keys for handover, keys in found.items() if keys}


def _joined(known: Held, more: Held) -> Held:
    """Return everything that either of two notes names, each thing once."""
    names = dict.fromkeys([*known, *more])
    return {name: list(dict.fromkeys([*known.get(name, []), *more.get(name, [])])) for name in names}


def _locked(succession: Succession) -> Succession:
    rows = Succession.objects.select_related("membership__user", "membership__municipality")
    return rows.select_for_update(of=("self",)).get(pk=succession.pk)


def _hold_membership(successor: User, succession: Succession) -> None:
    """Keep the successor from leaving until everything has passed to her."""
    working = Membership.objects.active().filter(user=successor, municipality=succession.municipality)
    if not successor.is_active or not working.select_for_update(no_key=True).first():
        raise SuccessorGone(
            _(
                "La persona que elegiste ya no figura en el municipio. Elegí a otra, o dejá todo en el municipio."
            )
        )


def _pass_on(succession: Succession, successor: User | None) -> dict[str, int]:
    leaver, municipality = succession.leaver, succession.municipality
    held = _joined(succession.held, _held(succession.membership))
    passed = {
        each.id: each.pass_on(leaver, municipality, successor, held[each.id])
        for each in handovers
        if held.get(each.id)
    }
    return {name: number for name, number in passed.items() if number}


def _close(
    succession: Succession,
    status: Succession.Status,
    *,
    actor: User | None,
    successor: User | None,
    passed: Mapping[str, int],
) -> None:
    was, succession.status = succession.status, status
    succession.successor, succession.decided_by = successor, actor
    succession.decided_at, succession.held = timezone.now(), {}
    succession.save(update_fields=["status", "successor", "decided_by", "decided_at", "held", "updated_at"])
    SuccessionChange.objects.create(
        succession=succession, from_status=was, to_status=status, actor=actor, passed=dict(passed)
    )
