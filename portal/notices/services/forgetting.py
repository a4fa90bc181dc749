"""Deleting what nobody needs any more."""

from collections.abc import Iterable
from datetime import timedelta

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from portal.notices.models import Notification

KEPT = timedelta(days=365)
FORGOTTEN_AT_ONCE = 10_000


def notices_forget() -> int:
    """Delete the notices that were read more than a year ago, in small transactions; returns how many.

    Those that are not in the portal are never read: they go a year after they were written, unless they wait.
    """
    long_ago = timezone.now() - KEPT
    by_email_only = Q(is_in_portal=False) & ~Q(email_status=Notification.EmailStatus.PENDING)
    # The first condition is there for the index.
    old = Notification.objects.filter(Q(read_at__lt=long_ago) | by_email_only, created_at__lt=long_ago)
    total = 0
    while keys := list(old.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]):
        total += Notification.objects.filter(pk__in=keys).delete()[0]
    return total


@transaction.atomic
def notices_forget_names(*, people: Iterable[int]) -> int:
    """Delete the notices whose text names one of these people, by the keys of their accounts; returns how many.

    Where such a notice spoke for a group, the one before it speaks again.
    """
    naming = Notification.objects.naming(people)
    heads = list(naming.filter(is_folded=False).exclude(group="").values_list("user_id", "kind", "group"))
    deleted = naming.delete()[0]
    for start in range(0, len(heads), FORGOTTEN_AT_ONCE):
        _unfold(heads[start : start + FORGOTTEN_AT_ONCE])
    return deleted


def emails_drop_between(*, one_id: int, other_id: int) -> int:
    """Send neither of two people what waits for her and names the other, because one blocked the other."""
    named = Q(user=one_id, named__contains=[other_id]) | Q(user=other_id, named__contains=[one_id])
    waiting = Notification.objects.to_send().filter(named)
    return waiting.update(email_status=Notification.EmailStatus.NOT_WANTED)


def _unfold(places: list[tuple[int, str, str]]) -> None:
    wanted = set(places)
    users, kinds, groups = zip(*places, strict=True)
    left = Notification.objects.filter(user__in=users, kind__in=kinds, group__in=groups).unread()
    last = left.values("user_id", "kind", "group").annotate(last=Max("pk"))
    keys = [row["last"] for row in last if (row["user_id"], row["kind"], row["group"]) in wanted]
    Notification.objects.filter(pk__in=keys, is_folded=True).update(is_folded=False)
