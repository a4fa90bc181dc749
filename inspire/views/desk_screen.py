"""What the template of the one screen is given."""

from typing import Any

from django.http import HttpRequest

from inspire.contribution_page import screen_of
from inspire.duplicates import LikelyDuplicate, likely_duplicates
from inspire.forms import AttachmentForm, ContributionForm, InviteForm, PhotoForm
from inspire.models import Contribution, Solution
from inspire.views.desk_access import person
from inspire.views.desk_actions import Outcome


def screen_context(
    request: HttpRequest,
    contribution: Contribution | None,
    form: ContributionForm,
    content: dict[str, Any],
    *,
    solution: Solution | None = None,
    outcome: Outcome | None = None,
    conflicts: dict[str, Any] | None = None,
    refused: dict[str, str] | None = None,
) -> dict[str, Any]:
    """Gather the screen: the form, what was said about it, its files, its authors, and what is like it.

    Args:
        outcome: what came of the button that was pressed, where it did not lead away.
        conflicts: what this author typed where a co-author had changed the same.
        refused: why, by field, where what the form shows was too long to be kept.
    """
    solution = contribution.solution if contribution else solution
    files = list(contribution.files.select_related("file")) if contribution else []
    comments = contribution.comments.filter(is_told=True).select_related("author") if contribution else []
    return {
        "contribution": contribution,
        "public_id": contribution.public_id if contribution else None,
        "solution": solution,
        "form": form,
        "screen": screen_of(
            form, content, comments=comments, conflicts=conflicts, files=files, refused=refused
        ),
        "files": files,
        "photo_form": (outcome and outcome.photo_form) or PhotoForm(),
        "attachment_form": (outcome and outcome.attachment_form) or AttachmentForm(),
        "invite_form": (outcome and outcome.invite_form) or InviteForm(inviter=person(request)),
        "duplicates": duplicates_of(content, solution),
        **_authors(request, contribution),
    }


def duplicates_of(content: dict[str, Any], solution: Solution | None) -> list[LikelyDuplicate]:
    """Return what the library holds that is like a text being written."""
    choice = str((content.get("municipality") or {}).get("choice") or "")
    return likely_duplicates(
        str(content.get("title") or ""),
        country=str(content.get("country") or ""),
        municipality_id=int(choice) if choice.isascii() and choice.isdigit() and len(choice) < 19 else None,
        besides=solution.pk if solution else None,
    )


def _authors(request: HttpRequest, contribution: Contribution | None) -> dict[str, Any]:
    """Return who writes, who was asked by name, and the reader herself; who was asked by address is nobody's to see."""
    if contribution is None:
        return {"authors": [], "invited": [], "own_role": None}
    rows = list(contribution.authors.select_related("user"))
    return {
        "authors": [row for row in rows if row.is_accepted],
        "invited": [row for row in rows if row.is_pending and not row.is_found_by_address],
        "own_role": next((row for row in rows if row.user_id == request.user.pk), None),
    }
