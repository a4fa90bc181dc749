"""Writing the content of one solution, whole, with its history."""

from collections.abc import Sequence
from typing import Any

from django.db import models, transaction

from inspire.models import (
    Solution,
    SolutionAttachment,
    SolutionPerson,
    SolutionPhoto,
    SolutionRevision,
)
from inspire.record import COLUMNS, IDENTITY, VALUES, Attachment, Person, Photo, SolutionRecord
from inspire.services.facets import facets_refresh
from inspire.services.files import files_of_nobody_delete
from inspire.services.publishing import solution_catalogue
from inspire.services.revisions import first_revisions_keep, revisions_keep
from inspire.services.slugs import addresses_hold, free_slug
from portal.accounts.models import User
from portal.files.models import StoredFile
from portal.topics.models import PolicyArea, Topic

_CONTENT = tuple(name for name in COLUMNS if name not in IDENTITY)


@transaction.atomic
def solution_write(
    *, record: SolutionRecord, solution: Solution | None = None, actor: User | None, reason: str = ""
) -> Solution:
    """Write a solution as a record tells it, keep the revision, and bring the catalogue up to date.

    Whether it is in the library stays as it is; a new one is a draft.

    Args:
        solution: the one to change; a new one is made when there is none.
        actor: who changes it, for the history.
        reason: in her words, or the portal's.
    """
    if solution is None:
        addresses_hold()
        solution = Solution(source=record.source, source_id=record.source_id, slug=free_slug(record))
    else:
        solution = Solution.objects.select_for_update().get(pk=solution.pk)
        first_revisions_keep(solution_ids=[solution.pk])
    for name in _CONTENT:
        setattr(solution, name, _column(record, name))
    solution.save()
    solution.areas.set(PolicyArea.objects.filter(slug__in=record.areas))
    solution.topics.set(Topic.objects.filter(slug__in=record.topics))
    _write_parts(solution, record)
    facets_refresh(solution_ids=[solution.pk])
    revisions_keep(solution_ids=[solution.pk], actor=actor, reason=reason)
    solution_catalogue(solution=solution)
    return solution


@transaction.atomic
def solution_restore(*, revision: SolutionRevision, actor: User, reason: str = "") -> Solution:
    """Bring an earlier content back, as a new revision, with the photos and documents it had."""
    record = SolutionRecord.from_json(revision.content)
    return solution_write(record=record, solution=revision.solution, actor=actor, reason=reason)


def _column(record: SolutionRecord, name: str) -> Any:
    value = getattr(record, name)
    if name in VALUES:
        return record.to_json()[name]
    return value


def _write_parts(solution: Solution, record: SolutionRecord) -> None:
    if record.people is not None:
        _rewrite_people(solution, record.people)
    if record.photos is not None:
        _rewrite_files(SolutionPhoto, solution, record.photos)
    if record.attachments is not None:
        _rewrite_files(SolutionAttachment, solution, record.attachments)


def _rewrite_people(solution: Solution, people: Sequence[Person]) -> None:
    solution.people.all().delete()
    known = set(
        User.objects.filter(pk__in=[person.user_id for person in people], is_active=True).values_list(
            "pk", flat=True
        )
    )
    # Somebody named twice in a role is there once.
    different = {(person.role, person.name): person for person in people}
    SolutionPerson.objects.bulk_create(
        SolutionPerson(
            solution=solution,
            role=person.role,
            name=person.name,
            position=person.position,
            organisation=person.organisation,
            user_id=person.user_id if person.user_id in known else None,
            order=order,
        )
        for order, person in enumerate(different.values())
    )


def _rewrite_files(
    model: type[models.Model], solution: Solution, parts: Sequence[Photo | Attachment]
) -> None:
    """Put these files beside the solution; of those that it does not show any more, a version may bring them back."""
    rows: Any = model._default_manager
    wanted = [part.file_id for part in parts]
    dropped = list(rows.filter(solution=solution).exclude(file__in=wanted).values_list("file_id", flat=True))
    rows.filter(solution=solution).delete()
    files_of_nobody_delete(file_ids=dropped, solution_id=solution.pk)
    there = set(StoredFile.objects.filter(pk__in=wanted).values_list("pk", flat=True))
    names = [item for item in parts[0].__slots__ if item != "file_id"] if parts else []
    rows.bulk_create(
        model(
            solution=solution,
            file_id=part.file_id,
            order=order,
            **{name: getattr(part, name) for name in names},
        )
        for order, part in enumerate(parts)
        if part.file_id in there
    )
