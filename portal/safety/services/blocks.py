"""Keeping two people apart, and letting them see each other again."""

from django.db import transaction

from portal.accounts.models import User
from portal.core.events import announce, people_blocked
from portal.safety.blocks import forget_blocks
from portal.safety.models import Block


@transaction.atomic
def block_add(*, user: User, other: User, known_as: str = "") -> Block:
    """Keep another person away from this one; a second time it stays as it was. The other is told nothing.

    Args:
        known_as: the name by which this person knows the other, for her own list.
    """
    # One statement decides, so that two clicks at once make one block.
    Block.objects.bulk_create(
        [Block(blocker=user, blocked=other, known_as=known_as[:150])], ignore_conflicts=True
    )
    block = Block.objects.get(blocker=user, blocked=other)
    forget_blocks(user)
    forget_blocks(other)
    announce(people_blocked, blocker_id=user.pk, blocked_id=other.pk)
    return block


@transaction.atomic
def block_remove(*, user: User, other: User) -> bool:
    """Take away this person's block of another; says whether there was one. The other's own block stays."""
    removed, _models = Block.objects.filter(blocker=user, blocked=other).delete()
    forget_blocks(user)
    forget_blocks(other)
    return removed > 0
