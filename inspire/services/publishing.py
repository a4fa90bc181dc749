"""Putting one solution into the library, keeping the catalogue true, and taking it out again."""

from django.db import transaction
from django.utils import timezone

from inspire.entries import KIND, solution_draft
from inspire.models import Solution
from portal.catalog.services import entry_publish, entry_withdraw
from portal.core.events import announce, solution_published


@transaction.atomic
def solution_publish(*, solution: Solution) -> Solution:
    """Put a solution into the library; its first day there stays its date when it is published again."""
    solution = Solution.objects.select_for_update().get(pk=solution.pk)
    was_published = solution.is_published
    solution.status = Solution.Status.PUBLISHED
    solution.published_at = solution.published_at or timezone.now()
    solution.save(update_fields=["status", "published_at", "updated_at"])
    entry_publish(draft=solution_draft(Solution.objects.with_slugs().get(pk=solution.pk)))
    if not was_published:
        announce(solution_published, solution_id=solution.pk)
    return solution


@transaction.atomic
def solution_withdraw(*, solution: Solution) -> Solution:
    """Take a solution out of the library; it stays as a draft."""
    solution = Solution.objects.select_for_update().get(pk=solution.pk)
    solution.status = Solution.Status.DRAFT
    solution.save(update_fields=["status", "updated_at"])
    entry_withdraw(kind=KIND, object_ids=[solution.pk])
    return solution


@transaction.atomic
def solution_save_catalogue(*, solution: Solution) -> Solution:
    """Bring the catalogue up to date with a solution that has just been saved, areas and topics included."""
    if solution.is_published:
        return solution_publish(solution=solution)
    entry_withdraw(kind=KIND, object_ids=[solution.pk])
    return solution


@transaction.atomic
def solution_delete(*, solution: Solution) -> None:
    """Delete a solution and what the catalogue knows of it."""
    entry_withdraw(kind=KIND, object_ids=[solution.pk])
    solution.delete()
