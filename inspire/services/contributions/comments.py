"""What reviewers say about the parts of a contribution."""

from django.utils import timezone

from inspire.models import Contribution, ContributionComment
from portal.accounts.models import User


def comment_add(*, contribution: Contribution, section: str, text: str, author: User) -> ContributionComment:
    """Note what a reviewer says; its authors read it once she asks for changes."""
    return ContributionComment.objects.create(
        contribution=contribution, section=section, text=text, author=author
    )


def comment_resolve(*, comment: ContributionComment, actor: User, is_resolved: bool) -> ContributionComment:
    """Note that its authors did what a comment asks for, or that it is open again."""
    comment.resolved_at = timezone.now() if is_resolved else None
    comment.resolved_by = actor if is_resolved else None
    comment.save(update_fields=["resolved_at", "resolved_by"])
    return comment
