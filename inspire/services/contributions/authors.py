"""Writing together: inviting, accepting, leaving, and being named or not."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from inspire.models import Contribution, ContributionAuthor
from inspire.services.contributions.steps import StepNotPossible
from inspire.services.contributions.telling import tell_invited
from portal.accounts.models import User

MOST_AUTHORS = 20
MOST_A_DAY = 20


class TooManyInvited(Exception):
    """More people are invited than write anything together."""


class TooManyToday(Exception):
    """Somebody invited more people in a day than anybody writes with."""


class SaidNo(Exception):
    """Who is asked again has already said that she does not want to."""


@transaction.atomic
def author_invite(
    *, contribution: Contribution, user: User | None, invited_by: User, is_found_by_address: bool
) -> None:
    """Ask somebody to write along, once.

    Nothing happens, and nobody learns of it, where an address has no account, its owner has said no, or too many
    addresses were asked: whatever the answer depended on would tell who has an account.

    Args:
        user: whom; nobody where an address belongs to no account.
        is_found_by_address: whether the inviter knows only her address.

    Raises:
        TooManyInvited: twenty write already, or were asked by name.
        TooManyToday: the inviter asked twenty by name within a day.
        SaidNo: she was asked by name and does not want to.
    """
    held = Contribution.objects.select_for_update().get(pk=contribution.pk)
    pending = held.authors.filter(accepted_at__isnull=True, left_at__isnull=True)
    by_name = pending.filter(is_found_by_address=False).count()
    if by_name + held.authors.filter(accepted_at__isnull=False).count() >= MOST_AUTHORS:
        raise TooManyInvited
    is_full = _asked_today(invited_by, is_found_by_address) >= MOST_A_DAY
    if is_full and not is_found_by_address:
        raise TooManyToday
    if user is None or not user.is_active or is_full:
        return
    if is_found_by_address and pending.filter(is_found_by_address=True).count() >= MOST_AUTHORS:
        return
    author, is_new = ContributionAuthor.objects.get_or_create(
        contribution=held,
        user=user,
        defaults={"invited_by": invited_by, "is_found_by_address": is_found_by_address},
    )
    if is_new:
        tell_invited(author)
    else:
        _ask_again(author, invited_by, is_found_by_address)


def _asked_today(inviter: User, is_found_by_address: bool) -> int:
    day = timezone.now() - timedelta(days=1)
    rows = ContributionAuthor.objects.filter(invited_by=inviter, invited_at__gt=day)
    return rows.filter(is_found_by_address=is_found_by_address).count()


def _ask_again(author: ContributionAuthor, invited_by: User, is_found_by_address: bool) -> None:
    """Let somebody who was taken off, or asked by her address before, find the invitation again, without a notice."""
    if author.is_accepted or (author.has_declined and is_found_by_address):
        return
    if author.has_declined and not author.is_found_by_address:
        raise SaidNo
    if author.left_at is not None:
        author.invited_by = invited_by
    # Who is asked by name is shown, whether she was asked by her address before or not.
    author.is_found_by_address = author.is_found_by_address and is_found_by_address
    author.left_at, author.has_declined = None, False
    author.save(update_fields=["invited_by", "is_found_by_address", "left_at", "has_declined"])


@transaction.atomic
def author_accept(*, author: ContributionAuthor, is_named: bool) -> None:
    """Let somebody who was asked write along; who has said yes before is left as she is.

    Raises:
        StepNotPossible: she is not asked any more, or the contribution was given up or decided.
    """
    contribution = Contribution.objects.select_for_update().get(pk=author.contribution_id)
    held = contribution.authors.filter(pk=author.pk).first()
    if held is None or held.left_at or not (held.is_accepted or contribution.is_open):
        raise StepNotPossible
    if not held.is_accepted:
        contribution.authors.filter(pk=held.pk).update(accepted_at=timezone.now(), is_named=is_named)


@transaction.atomic
def author_name(*, author: ContributionAuthor, is_named: bool) -> None:
    """Put an author's name on the page, or keep it off, as she wishes."""
    ContributionAuthor.objects.filter(pk=author.pk, accepted_at__isnull=False).update(is_named=is_named)


@transaction.atomic
def author_leave(*, author: ContributionAuthor, by_herself: bool) -> bool:
    """Take somebody off a contribution; the last who writes it cannot leave. Says whether it happened.

    Args:
        by_herself: whether it is she who says no or leaves, so that nobody asks her again.
    """
    contribution = Contribution.objects.select_for_update().get(pk=author.contribution_id)
    held = contribution.authors.filter(pk=author.pk).first()
    if held is None or held.left_at is not None:
        return True
    others = contribution.authors.filter(accepted_at__isnull=False).exclude(pk=author.pk)
    if held.is_accepted and not others.exists():
        return False
    held.accepted_at, held.is_named = None, False
    held.left_at, held.has_declined = timezone.now(), by_herself
    held.save(update_fields=["accepted_at", "is_named", "left_at", "has_declined"])
    return True
