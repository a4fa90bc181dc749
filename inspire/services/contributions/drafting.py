"""Writing a contribution, a few fields at a time, by several people at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from inspire.contribution_content import merge
from inspire.contribution_record import FILES, content_of, solution_record
from inspire.contribution_size import bounded
from inspire.models import (
    TITLE_LENGTH,
    Contribution,
    ContributionAuthor,
    ContributionFile,
    ContributionStep,
    Solution,
)
from inspire.services.contributions.steps import StepNotPossible
from portal.accounts.models import User


@dataclass(frozen=True)
class Saved:
    """A contribution after a page was sent back.

    Args:
        conflicts: what the page wanted where somebody else had changed the same meanwhile.
        refused: why, by field, where something is too long to be kept.
    """

    contribution: Contribution
    changed: tuple[str, ...]
    conflicts: dict[str, Any]
    refused: dict[str, str]


@transaction.atomic
def contribution_start(*, public_id: UUID, author: User, solution: Solution | None = None) -> Contribution:
    """Begin a contribution, empty or with what a solution says now; the same id again is the same contribution.

    Args:
        public_id: given by the page, so that a request that is repeated after a broken connection makes no second one.
        solution: the published one that she wants to change.
    """
    contribution, is_new = Contribution.objects.get_or_create(
        public_id=public_id,
        defaults={"created_by": author, "solution": solution, "is_proposal": solution is not None},
    )
    if not is_new:
        return contribution
    if solution is not None:
        contribution.content = content_of(solution_record(solution))
        contribution.base_content = contribution.content | {FILES: _take_over_files(contribution, solution)}
        contribution.title = solution.title
        contribution.save(update_fields=["content", "base_content", "title", "updated_at"])
    ContributionAuthor.objects.create(contribution=contribution, user=author, accepted_at=timezone.now())
    ContributionStep.objects.create(
        contribution=contribution, to_status=Contribution.Status.DRAFT, actor=author
    )
    return contribution


@transaction.atomic
def contribution_save(
    *, contribution: Contribution, sent: Mapping[str, Any], held: Mapping[str, str]
) -> Saved:
    """Keep what a page sends, field by field; where a co-author was quicker, hers stays and both are told.

    Args:
        sent: values as `contribution_content.plain` leaves them.
        held: marks of what the page showed.

    Raises:
        StepNotPossible: it was handed in or decided meanwhile, and the page would change it.
    """
    row = Contribution.objects.select_for_update().get(pk=contribution.pk)
    merged, refused = bounded(row.content, merge(row.content, sent, held))
    if merged.changed and not row.is_editable:
        raise StepNotPossible
    if merged.changed:
        row.content = merged.content
        row.title = _title(merged.content)
        row.version += 1
        row.save(update_fields=["content", "title", "version", "updated_at"])
    return Saved(row, merged.changed, merged.conflicts, refused)


def _title(content: Mapping[str, Any]) -> str:
    title = " ".join(str(content.get("title") or "").split())
    return title if len(title) <= TITLE_LENGTH else f"{title[: TITLE_LENGTH - 1]}…"


def _take_over_files(contribution: Contribution, solution: Solution) -> list[int]:
    """Put the solution's files with a proposal; returns which they are."""
    photos = [
        ContributionFile(
            contribution=contribution,
            kind=ContributionFile.Kind.PHOTO,
            file_id=photo.file_id,
            alt=photo.alt,
            caption=photo.caption,
            credit=photo.credit,
            licence=photo.licence,
        )
        for photo in solution.photos.all()
    ]
    documents = [
        ContributionFile(
            contribution=contribution,
            kind=ContributionFile.Kind.ATTACHMENT,
            file_id=document.file_id,
            title=document.title,
        )
        for document in solution.attachments.all()
    ]
    rows = ContributionFile.objects.bulk_create([*photos, *documents])
    return [row.file_id for row in rows]
