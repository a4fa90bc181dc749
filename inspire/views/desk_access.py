"""Finding the contribution that a page is about, for those whom it concerns; for everybody else there is none."""

from typing import cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from inspire.models import Contribution, Solution
from inspire.permissions import can_view_solution, can_write_contribution
from inspire.services.contributions import contribution_start
from portal.accounts.models import User

# Nobody writes more at once; a program that makes drafts does.
MOST_OPEN = 50
NEW = "nuevo"
SOLUTION = "solucion"


def person(request: HttpRequest) -> User:
    """Return who is behind a request whose view asked for a sign-in."""
    return cast(User, request.user)


def seen_contribution(request: HttpRequest, public_id: UUID) -> Contribution:
    """Return a contribution that the reader may see.

    Raises:
        Http404: there is none, or it is somebody else's.
    """
    rows = Contribution.objects.visible_to(request.user).select_related("solution", "created_by")
    return get_object_or_404(rows, public_id=public_id)


def own_contribution(request: HttpRequest, public_id: UUID) -> Contribution:
    """Return a contribution that the reader writes.

    Raises:
        Http404: there is none, or it is somebody else's, which staff may read and not write.
    """
    rows = Contribution.objects.written_by(request.user).select_related("solution", "created_by")
    return get_object_or_404(rows, public_id=public_id)


def sees_library(request: HttpRequest, contribution: Contribution) -> bool:
    """Say whether the reader may see what the solution that a contribution changes says now."""
    solution = contribution.solution
    return solution is not None and bool(can_view_solution(request.user, solution))


def own_or_new_contribution(request: HttpRequest, public_id: UUID) -> Contribution:
    """Return a contribution that the reader writes, begun now if a page of hers says that it is new.

    Raises:
        Http404: it does not exist and is not new, or it is somebody else's.
        PermissionDenied: she has more drafts than anybody writes.
    """
    is_known = Contribution.objects.filter(public_id=public_id).exists()
    if is_known or NEW not in request.POST:
        return own_contribution(request, public_id)
    can_write_contribution(request.user).require()
    if Contribution.objects.written_by(request.user).open().count() >= MOST_OPEN:
        raise PermissionDenied(
            _("Tenés demasiados borradores abiertos. Enviá o retirá alguno antes de empezar otro.")
        )
    solution = changed_solution(request, request.POST.get(SOLUTION, ""))
    return contribution_start(public_id=public_id, author=person(request), solution=solution)


def changed_solution(request: HttpRequest, slug: str) -> Solution | None:
    """Return the published solution that a contribution would change; none where it is a new one.

    Raises:
        Http404: there is no such solution in the library.
    """
    if not slug:
        return None
    solution = Solution.objects.published().filter(slug=slug.replace("\0", "")).first()
    if solution is None:
        raise Http404(_("No encontramos esa solución en la biblioteca."))
    return solution
