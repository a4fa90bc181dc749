"""What the library and its desk tell about a person: her copy of it, and its erasure."""

from collections.abc import Mapping
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

from inspire.contribution_record import name_key
from inspire.models import (
    Contribution,
    ContributionAuthor,
    ContributionComment,
    ContributionStep,
    ImportBatch,
    ImportChange,
    Solution,
    SolutionChange,
    SolutionPerson,
    SolutionRevision,
)
from inspire.services import facets_refresh, solution_catalogue
from inspire.services.files import files_of_nobody_delete
from portal.accounts.models import User
from portal.core.visitor_cache import forget_visitor_pages

# With the condition of the index that finds them (migration 0005).
_NAMED_IN_REVISIONS = """
    SELECT DISTINCT solution_id FROM inspire_solutionrevision
    WHERE content -> 'people' <> '[]'::jsonb
        AND content -> 'people' @> jsonb_build_array(jsonb_build_object('user_id', %s::bigint))
"""


def export_contributions(user: User) -> list[dict[str, Any]]:
    """Return what a person writes or wrote for the library, with its steps."""
    rows = Contribution.objects.written_by(user).prefetch_related("steps", "comments").order_by("id")
    return [
        {
            "title": row.title,
            "status": row.status,
            "created_at": row.created_at.isoformat(timespec="seconds"),
            "content": row.content,
            "steps": [
                {
                    "at": step.at.isoformat(timespec="seconds"),
                    "from": step.from_status,
                    "to": step.to_status,
                    "reason": step.reason,
                    "yours": step.actor_id == user.pk,
                }
                for step in row.steps.all()
            ],
            "comments": [comment.text for comment in row.comments.all() if comment.is_told],
        }
        for row in rows
    ]


def export_library(user: User) -> dict[str, Any]:
    """Return where a person stands in the library, and what she did there."""
    return {
        "solutions": [
            {
                "title": row.solution.title,
                "address": row.solution.get_absolute_url(),
                "role": row.role,
                "name": row.name,
                "position": row.position,
                "organisation": row.organisation,
            }
            for row in SolutionPerson.objects.filter(user=user).select_related("solution")
        ],
        "versions": _moments(SolutionRevision.objects.filter(made_by=user), "made_at"),
        "changes": _moments(SolutionChange.objects.filter(actor=user), "at"),
        "reviews": [
            {"at": step.at.isoformat(timespec="seconds"), "to": step.to_status, "reason": step.reason}
            for step in ContributionStep.objects.filter(actor=user).order_by("id")
        ],
        "comments": list(
            ContributionComment.objects.filter(author=user).order_by("id").values_list("text", flat=True)
        ),
        "imports": [
            step.at.isoformat(timespec="seconds") for step in ImportChange.objects.filter(actor=user)
        ],
        "invitations": ContributionAuthor.objects.filter(
            user=user, accepted_at__isnull=True, left_at__isnull=True
        ).count(),
    }


def erase_from_library(user: User) -> None:
    """Delete what is a person's alone; what she gave to the library stays, without her name in any version."""
    _delete_own_drafts(user)
    _forget_in_library(user)
    _forget_on_desk(user)


def _delete_own_drafts(user: User) -> None:
    others = ContributionAuthor.objects.filter(
        contribution=OuterRef("pk"), accepted_at__isnull=False
    ).exclude(user=user)
    own = Contribution.objects.written_by(user).exclude(status=Contribution.Status.PUBLISHED)
    for contribution in own.filter(~Exists(others)):
        files = list(contribution.files.values_list("file_id", flat=True))
        contribution.delete()
        files_of_nobody_delete(file_ids=files, solution_id=contribution.solution_id)


def _forget_in_library(user: User) -> None:
    naming = _solutions_that_may_name(user)
    names = _names_of(user)
    # In the order in which a review takes them, so that neither waits for the other for ever.
    _forget_in_contents(user, naming, names)
    solutions = list(Solution.objects.filter(pk__in=naming).order_by("pk").select_for_update())
    _forget_in_revisions(user, naming, names)
    _forget_on_pages(user, solutions, names)
    SolutionChange.objects.filter(actor=user).update(actor=None)
    SolutionRevision.objects.filter(made_by=user).update(made_by=None)
    ImportBatch.objects.filter(made_by=user).update(made_by=None)
    ImportChange.objects.filter(actor=user).update(actor=None)


def _solutions_that_may_name(user: User) -> list[int]:
    """Return the solutions that name her through her account, now or earlier, and those that she wrote on the desk."""
    with connection.cursor() as cursor:
        cursor.execute(_NAMED_IN_REVISIONS, [user.pk])
        found = {pk for (pk,) in cursor.fetchall()}
    found |= set(SolutionPerson.objects.filter(user=user).values_list("solution_id", flat=True))
    written = Contribution.objects.written_by(user).filter(solution__isnull=False)
    return sorted(found | set(written.values_list("solution_id", flat=True)))


def _names_of(user: User) -> set[str]:
    """Return her names, normalised: of her account, and those that her account stands beside on a page."""
    names = {user.name, *SolutionPerson.objects.filter(user=user).values_list("name", flat=True)}
    return {name_key(name) for name in names} - {""}


def _is_her(row: Mapping[str, Any], user: User, names: set[str]) -> bool:
    """Say whether a row of people is about her: her account's, or without any account and in her name."""
    account = row.get("user_id")
    return account == user.pk or (account is None and name_key(str(row.get("name") or "")) in names)


def _forget_in_contents(user: User, solutions: list[int], names: set[str]) -> None:
    """Take her out of the texts on the desk too: of solutions that may name her, and of what she wrote herself.

    Each row is held, so that what is being saved at this moment is not written over it, and its version grows, so that
    nobody accepts what was read before.
    """
    of_hers = Q(solution__in=solutions) | Q(pk__in=Contribution.objects.written_by(user).values("pk"))
    for row in Contribution.objects.filter(of_hers).order_by("pk").select_for_update():
        if _leave_out(row.content, user, names) + _leave_out(row.base_content, user, names):
            row.version += 1
            row.save(update_fields=["content", "base_content", "version"])


def _leave_out(content: dict[str, Any], user: User, names: set[str]) -> int:
    """Take her out of a content, and say how many rows told of her."""
    people = content.get("people") or []
    others = [one for one in people if not _is_her(one, user, names)]
    if len(others) < len(people):
        content["people"] = others
    return len(people) - len(others)


def _forget_in_revisions(user: User, solutions: list[int], names: set[str]) -> None:
    for revision in SolutionRevision.objects.filter(solution__in=solutions).iterator(chunk_size=200):
        if _leave_out(revision.content, user, names):
            revision.save(update_fields=["content"])


def _forget_on_pages(user: User, solutions: list[Solution], names: set[str]) -> None:
    rows = SolutionPerson.objects.filter(solution__in=solutions).values(
        "pk", "solution_id", "user_id", "name"
    )
    hers = [row for row in rows if _is_her(row, user, names)]
    SolutionPerson.objects.filter(pk__in=[row["pk"] for row in hers]).delete()
    named = {row["solution_id"] for row in hers}
    facets_refresh(solution_ids=named)
    for solution in solutions:
        if solution.pk in named:
            solution_catalogue(solution=solution)
    if named:
        forget_visitor_pages()


def _forget_on_desk(user: User) -> None:
    ContributionAuthor.objects.filter(user=user).delete()
    ContributionAuthor.objects.filter(invited_by=user).update(invited_by=None)
    ContributionStep.objects.filter(actor=user).update(actor=None)
    ContributionComment.objects.filter(author=user).update(author=None)
    ContributionComment.objects.filter(resolved_by=user).update(resolved_by=None)
    Contribution.objects.filter(created_by=user).update(created_by=None)


def _moments(rows: Any, name: str) -> list[dict[str, Any]]:
    return [
        {
            "solution": row.solution.title,
            "at": getattr(row, name).isoformat(timespec="seconds"),
            "reason": row.reason,
        }
        for row in rows.select_related("solution").order_by("id")
    ]
