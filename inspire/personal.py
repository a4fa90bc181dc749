"""What the library and its desk tell about a person: her copy of it, and its erasure."""

from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q

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
from inspire.services.contributions.files import files_of_nobody_delete
from portal.accounts.models import User
from portal.core.visitor_cache import forget_visitor_pages

_FORGET_IN_REVISIONS = """
    UPDATE inspire_solutionrevision SET content = jsonb_set(content, '{people}', (
        SELECT coalesce(jsonb_agg(person), '[]'::jsonb) FROM jsonb_array_elements(content -> 'people') AS person
        WHERE person -> 'user_id' IS DISTINCT FROM to_jsonb(%s::bigint)))
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
        "invitations": ContributionAuthor.objects.filter(user=user, accepted_at__isnull=True).count(),
    }


def erase_from_library(user: User) -> None:
    """Delete what is a person's alone; what she gave to the library stays, without her name in any version."""
    _delete_own_drafts(user)
    _forget_in_library(user)
    with connection.cursor() as cursor:
        cursor.execute(_FORGET_IN_REVISIONS, [user.pk, user.pk])
    _forget_on_desk(user)


def _delete_own_drafts(user: User) -> None:
    others = ContributionAuthor.objects.filter(
        contribution=OuterRef("pk"), accepted_at__isnull=False
    ).exclude(user=user)
    own = Contribution.objects.written_by(user).exclude(status=Contribution.Status.PUBLISHED)
    for contribution in own.filter(~Exists(others)):
        files = list(contribution.files.values_list("file_id", flat=True))
        contribution.delete()
        files_of_nobody_delete(files)


def _forget_in_library(user: User) -> None:
    rows = SolutionPerson.objects.filter(user=user)
    solutions = list(Solution.objects.filter(pk__in=rows.values("solution")))
    _forget_in_contents(user, solutions)
    rows.delete()
    facets_refresh(solution_ids=[solution.pk for solution in solutions])
    for solution in solutions:
        solution_catalogue(solution=solution)
    if solutions:
        forget_visitor_pages()
    SolutionChange.objects.filter(actor=user).update(actor=None)
    SolutionRevision.objects.filter(made_by=user).update(made_by=None)
    ImportBatch.objects.filter(made_by=user).update(made_by=None)
    ImportChange.objects.filter(actor=user).update(actor=None)


def _forget_in_contents(user: User, solutions: list[Solution]) -> None:
    """Take her out of the texts on the desk too: of solutions that name her, and of what she wrote herself."""
    named = set(SolutionPerson.objects.filter(user=user).values_list("name", flat=True)) | {user.name}
    of_hers = Q(solution__in=solutions) | Q(pk__in=Contribution.objects.written_by(user).values("pk"))
    for contribution in Contribution.objects.filter(of_hers):
        for content in (contribution.content, contribution.base_content):
            if people := content.get("people"):
                content["people"] = [row for row in people if row.get("name", "").strip() not in named]
        contribution.save(update_fields=["content", "base_content"])


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
