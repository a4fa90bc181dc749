"""The steps of a contribution that its authors take, and how every step is noted."""

from django.db import transaction
from django.utils import timezone

from inspire.models import Contribution, ContributionStep
from inspire.services.contributions.telling import tell_submitted
from portal.accounts.models import User
from portal.core.events import announce, contribution_submitted

Status = Contribution.Status


class StepNotPossible(Exception):
    """The contribution is no longer where this step begins; somebody else was quicker."""


def hold_editable(contribution: Contribution) -> Contribution:
    """Return a contribution that its authors may change, with its row held; the caller's transaction.

    Raises:
        StepNotPossible: it was handed in, given up or decided meanwhile.
    """
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if not held.is_editable:
        raise StepNotPossible
    return held


def step(
    contribution: Contribution, to_status: str, *, begins: tuple[str, ...], actor: User, reason: str = ""
) -> Contribution:
    """Move a contribution, with its row held, and append who, from, to and why; the caller's transaction.

    Raises:
        StepNotPossible: it stands where the step does not begin.
    """
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    if held.status not in begins:
        raise StepNotPossible
    before, now = held.status, timezone.now()
    held.status = to_status
    if to_status == Status.SUBMITTED:
        held.submitted_at = now
    if to_status in Contribution.DECIDED:
        held.decided_at = now
    held.save(update_fields=["status", "submitted_at", "decided_at", "updated_at"])
    ContributionStep.objects.create(
        contribution=held, from_status=before, to_status=to_status, actor=actor, reason=reason
    )
    return held


@transaction.atomic
def contribution_submit(*, contribution: Contribution, actor: User) -> Contribution:
    """Hand a contribution in for its review, and tell the staff; its form must have found nothing wrong."""
    held = step(contribution, Status.SUBMITTED, begins=Contribution.EDITABLE, actor=actor)
    tell_submitted(held)
    announce(contribution_submitted, contribution_id=held.pk, actor_id=actor.pk)
    return held


@transaction.atomic
def contribution_take_back(*, contribution: Contribution, actor: User) -> Contribution:
    """Let its authors go on writing what they handed in and nobody has decided yet."""
    return step(contribution, Status.DRAFT, begins=(Status.SUBMITTED,), actor=actor)


@transaction.atomic
def contribution_withdraw(*, contribution: Contribution, actor: User, reason: str = "") -> Contribution:
    """Give a contribution up; it can be taken up again."""
    begins = (Status.DRAFT, Status.CHANGES_ASKED, Status.SUBMITTED)
    return step(contribution, Status.WITHDRAWN, begins=begins, actor=actor, reason=reason)


@transaction.atomic
def contribution_reopen(*, contribution: Contribution, actor: User) -> Contribution:
    """Take up again what was given up or not published."""
    begins = (Status.WITHDRAWN, Status.DECLINED)
    return step(contribution, Status.DRAFT, begins=begins, actor=actor)
