"""People as readers may see them: the only way in which any page, partial, API or file of this app shows a person."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import Http404

from connect.audience import circles_of
from connect.models import Profile
from connect.people.showing import person_shown
from connect.people.shown import ShownPerson
from connect.visibility import Circle, may_see
from portal.accounts.models import Membership, User
from portal.safety.models import Suspension

WORKS, WORKED = Membership.Status.ACTIVE, Membership.Status.LEFT


def shown_people(
    reader: Any, user_ids: Collection[int], *, acquainted: Collection[int] = ()
) -> dict[int, ShownPerson]:
    """Return those of these people whom a reader may know, by key, each with what the reader may see of her.

    Asks the database at most six times however many they are: blocks, connections and the reader's work (each once
    in a request), people with their profiles, memberships, thumbnails.

    Args:
        acquainted: people who turned to the reader themselves (a message, a request): they are shown with their
            names though they are not in the directory; the rest of them as everywhere.
    """
    wanted = set(user_ids)
    if not wanted:
        return {}
    circles = circles_of(reader, wanted)
    rows = _accounts().filter(pk__in=[key for key in wanted if circles[key] > Circle.NONE])
    people = {}
    for account in rows:
        shown = _shown(account, circles[account.pk], is_acquainted=account.pk in acquainted)
        if shown is not None:
            people[account.pk] = shown
    return people


def shown_person(reader: Any, public_id: UUID) -> ShownPerson:
    """Return a person as a reader may see her.

    Raises:
        Http404: there is nobody with this id whom the reader may know; who is hidden, gone or blocked is not told.
    """
    key = User.objects.filter(public_id=public_id).values_list("pk", flat=True).first()
    # The same questions for somebody who does not exist: not even the time tells.
    shown = shown_people(reader, [key or 0]).get(key or 0)
    if shown is None:
        raise Http404
    return shown


def shown_to_circle(user: User, circle: Circle) -> ShownPerson | None:
    """Return a person as a reader of this circle sees her while she is in the directory; None where not at all."""
    account = _accounts().filter(pk=user.pk).first()
    if account is None or not may_see(circle, profile_or_blank(account).visibility, "name"):
        return None
    return person_shown(account, profile_or_blank(account), circle)


def is_in_directory(account: User) -> bool:
    """Say whether those who do not know her find her: she agreed, and works in a municipality or for the network.

    Args:
        account: an active one, as `_accounts` loads it.
    """
    works = any(row.status == WORKS for row in account.memberships.all())
    return profile_or_blank(account).is_listed and (works or account.is_staff)


def profile_or_blank(account: User) -> Profile:
    """Return a person's profile, or one that says nothing where she has none yet."""
    found: Profile | None = getattr(account, "profile", None)
    return found if found is not None else Profile(user=account)


def _shown(account: User, circle: Circle, *, is_acquainted: bool) -> ShownPerson | None:
    profile = profile_or_blank(account)
    if is_acquainted:
        circle = max(circle, Circle.MEMBER)
    else:
        knows_her = circle >= Circle.CONNECTION
        if not (knows_her or is_in_directory(account)) or not may_see(circle, profile.visibility, "name"):
            return None
    return person_shown(account, profile, circle)


def _accounts() -> QuerySet[User]:
    """Return accounts that can be seen at all, with everything that is shown of them."""
    # One whose time is over ends when the sweep lifts it, as in the directory.
    suspended = Suspension.objects.filter(user_id=OuterRef("pk"), lifted_at__isnull=True)
    memberships = Membership.objects.filter(status__in=[WORKS, WORKED]).select_related("municipality")
    return (
        User.objects.filter(~Exists(suspended), is_active=True, erased_at__isnull=True)
        .select_related("profile__photo")
        .prefetch_related(
            Prefetch("memberships", memberships.order_by("-started_on", "-id")),
            "profile__photo__thumbnails",
        )
    )
