"""Writing together: inviting, accepting, leaving, and being named or not."""

from django.db import transaction
from django.utils import timezone

from inspire.models import Contribution, ContributionAuthor
from inspire.services.contributions.telling import tell_invited
from portal.accounts.models import User

MOST_AUTHORS = 20


class TooManyInvited(Exception):
    """More people are invited than write anything together."""


@transaction.atomic
def author_invite(
    *, contribution: Contribution, user: User | None, invited_by: User, is_found_by_address: bool
) -> None:
    """Ask somebody to write along; nothing happens, and nobody learns of it, where an address has no account.

    Args:
        user: whom; nobody where an address belongs to no account.
        is_found_by_address: whether the inviter knows only her address.

    Raises:
        TooManyInvited: there are twenty already.
    """
    if contribution.authors.count() >= MOST_AUTHORS:
        raise TooManyInvited
    if user is None or not user.is_active:
        return
    author, is_new = ContributionAuthor.objects.get_or_create(
        contribution=contribution,
        user=user,
        defaults={"invited_by": invited_by, "is_found_by_address": is_found_by_address},
    )
    if is_new:
        tell_invited(author)


@transaction.atomic
def author_accept(*, author: ContributionAuthor, is_named: bool) -> None:
    """Let somebody who was asked write along."""
    author.accepted_at = timezone.now()
    author.is_named = is_named
    author.save(update_fields=["accepted_at", "is_named"])


@transaction.atomic
def author_name(*, author: ContributionAuthor, is_named: bool) -> None:
    """Put an author's name on the page, or keep it off, as she wishes."""
    author.is_named = is_named
    author.save(update_fields=["is_named"])


@transaction.atomic
def author_leave(*, author: ContributionAuthor) -> bool:
    """Take somebody off a contribution; the last who writes it cannot leave. Says whether it happened."""
    contribution = Contribution.objects.select_for_update().get(pk=author.contribution_id)
    others = contribution.authors.filter(accepted_at__isnull=False).exclude(pk=author.pk)
    if author.is_accepted and not others.exists():
        return False
    author.delete()
    return True
