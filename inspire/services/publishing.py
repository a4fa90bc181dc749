"""Putting one solution into the library, keeping the catalogue true, and taking it out again."""

from django.db import transaction
from django.utils import timezone

from inspire.entries import KIND, solution_draft
from inspire.models import Solution, SolutionChange
from inspire.services.facets import facets_refresh
from inspire.services.files import files_of_nobody_delete, files_of_versions
from inspire.services.revisions import revisions_keep
from portal.accounts.models import User
from portal.catalog.services import entry_publish, entry_withdraw
from portal.core.events import announce, solution_published


@transaction.atomic
def solution_publish(*, solution: Solution, actor: User | None = None, reason: str = "") -> Solution:
    """Put a solution into the library; its first day there stays its date when it is published again."""
    solution = Solution.objects.select_for_update().get(pk=solution.pk)
    was_published = solution.is_published
    solution.published_at = solution.published_at or timezone.now()
    _move(solution, Solution.Status.PUBLISHED, actor, reason)
    facets_refresh(solution_ids=[solution.pk])
    solution_catalogue(solution=solution)
    if not was_published:
        announce(solution_published, solution_id=solution.pk)
    return solution


@transaction.atomic
def solution_withdraw(*, solution: Solution, actor: User | None = None, reason: str = "") -> Solution:
    """Take a solution out of the library; it stays as a draft."""
    return _take_out(solution, Solution.Status.DRAFT, actor, reason)


@transaction.atomic
def solution_archive(*, solution: Solution, actor: User | None = None, reason: str = "") -> Solution:
    """Take a solution that is no longer of use out of the library, for good until somebody publishes it again."""
    return _take_out(solution, Solution.Status.ARCHIVED, actor, reason)


@transaction.atomic
def solution_saved_by_hand(*, solution: Solution, actor: User | None = None) -> Solution:
    """Bring history, facets and catalogue up to date with a solution whose row, areas and topics were just saved."""
    facets_refresh(solution_ids=[solution.pk])
    revisions_keep(solution_ids=[solution.pk], actor=actor)
    solution_catalogue(solution=solution)
    return solution


@transaction.atomic
def solution_catalogue(*, solution: Solution) -> None:
    """Let the catalogue say what the solution says now; it is silent about what is not in the library."""
    if solution.is_published:
        entry_publish(draft=solution_draft(Solution.objects.with_slugs().get(pk=solution.pk)))
    else:
        entry_withdraw(kind=KIND, object_ids=[solution.pk])


@transaction.atomic
def solution_delete(*, solution: Solution) -> None:
    """Delete a solution, the photos and documents of all its versions, and what the catalogue knows of it."""
    entry_withdraw(kind=KIND, object_ids=[solution.pk])
    files = {row.file_id for rows in (solution.photos, solution.attachments) for row in rows.all()}
    files |= files_of_versions(solution_id=solution.pk)
    solution.delete()
    # What somebody is still writing about keeps its files.
    files_of_nobody_delete(file_ids=files, solution_id=None)


def _take_out(solution: Solution, status: str, actor: User | None, reason: str) -> Solution:
    solution = Solution.objects.select_for_update().get(pk=solution.pk)
    _move(solution, status, actor, reason)
    solution_catalogue(solution=solution)
    return solution


def _move(solution: Solution, status: str, actor: User | None, reason: str) -> None:
    """Give it a status and note the step; a step that leads nowhere is none."""
    before = solution.status
    solution.status = status
    solution.save(update_fields=["status", "published_at", "updated_at"])
    if before != status:
        SolutionChange.objects.create(
            solution=solution, from_status=before, to_status=status, actor=actor, reason=reason
        )
