"""Questions asked of what people write for the library."""

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q

REVIEW_PERMISSION = "inspire.change_solution"
# Staff read what was handed in, never what somebody is still writing or took back.
READ_BY_STAFF = ("submitted", "changes_asked", "published", "declined")

_LISTED = (
    "public_id",
    "title",
    "status",
    "is_proposal",
    "submitted_at",
    "updated_at",
    "solution__status",
    "solution__slug",
    "solution__title",
)


def may_review(user: Any) -> bool:
    """Say whether somebody is of the network's staff and may change solutions."""
    is_staff = user.is_authenticated and user.is_active and user.is_staff
    return bool(is_staff and user.has_perm(REVIEW_PERMISSION))


class ContributionQuerySet(models.QuerySet):
    """Contributions to the library."""

    def written_by(self, user: Any) -> Self:
        """Only those that a person writes, alone or with others, not those she was only invited to."""
        authors: Any = self.model._meta.get_field("authors").related_model
        mine = authors.objects.filter(contribution=OuterRef("pk"), user_id=user.pk, accepted_at__isnull=False)
        return self.filter(Exists(mine))

    def visible_to(self, user: Any) -> Self:
        """Those a person may read: what she writes, and for reviewers what was handed in."""
        if not (user.is_authenticated and user.is_active):
            return self.none()
        own = self.written_by(user)
        return (
            self.filter(Q(pk__in=own.values("pk")) | Q(status__in=READ_BY_STAFF)) if may_review(user) else own
        )

    def submitted(self) -> Self:
        """Only those that wait for their review."""
        return self.filter(status="submitted")

    def open(self) -> Self:
        """Only those that are not decided yet."""
        return self.filter(status__in=["draft", "submitted", "changes_asked"])

    def titled(self, text: str) -> Self:
        """Only those whose title holds each of the words."""
        found = self
        for word in text.replace("\0", " ").split()[:6]:
            found = found.filter(title__icontains=word)
        return found

    def for_list(self) -> Self:
        """Load what a list shows, in a fixed number of queries; the content stays in the database."""
        authors: Any = self.model._meta.get_field("authors").related_model
        named = authors.objects.filter(accepted_at__isnull=False).select_related("user")
        return (
            self.select_related("solution")
            .only(*_LISTED)
            .prefetch_related(Prefetch("authors", queryset=named, to_attr="writers"))
        )
