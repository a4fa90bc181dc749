"""Deciding what becomes of a contribution."""

from collections.abc import Callable
from dataclasses import replace

from django.db import transaction

from inspire.models import Contribution, Solution
from inspire.record import SolutionRecord
from inspire.services.contributions.steps import StepNotPossible, step
from inspire.services.contributions.telling import tell_decided
from inspire.services.publishing import solution_publish
from inspire.services.slugs import addresses_hold, free_source_id
from inspire.services.writing import solution_write
from portal.accounts.models import User
from portal.core.events import announce, contribution_decided

Status = Contribution.Status
_BEGINS = (Status.SUBMITTED,)


class ReadAnotherVersion(StepNotPossible):
    """The contribution was changed since the reviewer read it."""


class SolutionGone(StepNotPossible):
    """The solution that it would change is in no table any more."""


class SaysNothing(StepNotPossible):
    """Changes are asked for without saying which."""


@transaction.atomic
def contribution_accept(
    *,
    contribution: Contribution,
    record_of: Callable[[Contribution], SolutionRecord],
    version: int,
    actor: User,
    reason: str = "",
) -> Contribution:
    """Write what a contribution says into the library, publish it, and tell its authors.

    What staff archived or withdrew is corrected and stays where it is: publishing it again is a decision of its own.

    Args:
        record_of: makes of it what its form says; asked once nobody else can change it or its solution.
        version: what the reviewer read.

    Raises:
        SolutionGone: it changes a solution that was deleted.
        StepNotPossible: it does not wait for a review any more, or not in this version.
    """
    held = _begun(contribution, version)
    before = held.solution = _held_solution(held)
    record = record_of(held)
    if before is None:
        addresses_hold()
        record = replace(record, source_id=free_source_id(record))
    solution = solution_write(record=record, solution=before, actor=actor, reason=reason)
    if before is None:
        solution = solution_publish(solution=solution, actor=actor, reason=reason)
    Contribution.objects.filter(pk=held.pk).update(solution=solution)
    return _decide(held, Status.PUBLISHED, actor, reason)


@transaction.atomic
def contribution_ask_changes(
    *, contribution: Contribution, version: int, actor: User, reason: str = ""
) -> Contribution:
    """Give a contribution back to its authors with what should change.

    Raises:
        SaysNothing: there is neither an open comment nor a reason.
        StepNotPossible: it does not wait for a review any more, or not in this version.
    """
    held = _begun(contribution, version)
    if not reason and not held.comments.filter(resolved_at__isnull=True).exists():
        raise SaysNothing
    return _decide(held, Status.CHANGES_ASKED, actor, reason)


@transaction.atomic
def contribution_decline(
    *, contribution: Contribution, version: int, actor: User, reason: str
) -> Contribution:
    """Decide that a contribution does not become part of the library, and say why.

    Raises:
        SaysNothing: there is no reason.
        StepNotPossible: it does not wait for a review any more, or not in this version.
    """
    held = _begun(contribution, version)
    if not reason:
        raise SaysNothing
    return _decide(held, Status.DECLINED, actor, reason)


def _begun(contribution: Contribution, version: int) -> Contribution:
    held = Contribution.objects.select_for_update(of=("self",)).get(pk=contribution.pk)
    if held.status not in _BEGINS:
        raise StepNotPossible
    if held.version != version:
        raise ReadAnotherVersion
    return held


def _held_solution(contribution: Contribution) -> Solution | None:
    """Return the solution that a contribution changes, with its row held; none where it becomes a new one."""
    if contribution.solution_id is not None:
        return Solution.objects.select_for_update().get(pk=contribution.solution_id)
    if contribution.is_proposal:
        raise SolutionGone
    return None


def _decide(contribution: Contribution, status: str, actor: User, reason: str) -> Contribution:
    held = step(contribution, status, begins=_BEGINS, actor=actor, reason=reason)
    held.comments.filter(is_told=False).update(is_told=True)
    tell_decided(held)
    announce(contribution_decided, contribution_id=held.pk, status=str(status), actor_id=actor.pk)
    return held
