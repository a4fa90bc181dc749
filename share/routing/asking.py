"""Who may be asked at all: nobody is asked too often, and nobody who would rather not."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from portal.accounts.models import Membership, User
from portal.notices.models import NoticePreference
from portal.safety.models import Block
from share.models import Post, RoutedQuestion, Thread, ThreadReader

NOTICE = "question-for-you"
# One question in so many days.
REST = timedelta(days=7)
# Whoever said twice that she would rather not is left alone for so long.
PAUSE = timedelta(days=60)
DECLINES = 2
Status = RoutedQuestion.Status


def who_may_be_asked(thread: Thread, user_ids: Collection[int]) -> dict[int, int]:
    """Return those of these people to whom a question may be put, with the municipality where each works.

    Members who work in a municipality now and can sign in; never whoever asks, who took part already, was asked
    before or silenced the conversation, is kept apart from whoever asks, was asked lately, wants a pause, or turned
    such notices off. Samples are asked by samples only, and people by people. Eight queries at most.
    """
    author = thread.author
    if author is None or not user_ids:
        return {}
    people = User.objects.filter(
        pk__in=user_ids, is_active=True, erased_at__isnull=True, is_staff=False, is_sample=author.is_sample
    ).exclude(pk=author.pk)
    keys = set(people.values_list("pk", flat=True)) - kept_apart_now(author)
    keys -= _part_of(thread, keys) | _resting(keys) | _unwilling(keys)
    works = Membership.objects.active().filter(user_id__in=keys).order_by("-id")
    return dict(works.values_list("user_id", "municipality_id"))


def kept_apart_now(user: User) -> set[int]:
    """Return who is kept apart from a person, asked anew: a task may hold an account for longer than a request."""
    pairs = Block.objects.filter(Q(blocker=user) | Q(blocked=user)).values_list("blocker_id", "blocked_id")
    return {key for pair in pairs for key in pair} - {user.pk}


def _part_of(thread: Thread, keys: Collection[int]) -> set[int]:
    """Return who wrote in a conversation, silenced it, or was asked about it."""
    wrote = Post.objects.filter(thread=thread, author_id__in=keys).values_list("author_id")
    silent = ThreadReader.objects.filter(thread=thread, user_id__in=keys, is_muted=True).values_list(
        "user_id"
    )
    asked = RoutedQuestion.objects.filter(thread=thread, user_id__in=keys).values_list("user_id")
    return {key for (key,) in wrote.order_by().union(silent.order_by(), asked.order_by()) if key}


def _resting(keys: Collection[int]) -> set[int]:
    """Return who was asked lately, or declined so often that she is left alone for a while."""
    now = timezone.now()
    lately = RoutedQuestion.objects.filter(user_id__in=keys, asked_at__gt=now - PAUSE)
    counted = lately.values("user_id").annotate(
        asked=Count("pk", filter=Q(asked_at__gt=now - REST)),
        declined=Count("pk", filter=Q(status=Status.DECLINED)),
    )
    return {row["user_id"] for row in counted if row["asked"] or row["declined"] >= DECLINES}


def _unwilling(keys: Collection[int]) -> set[int]:
    off = NoticePreference.objects.filter(user_id__in=keys, kind=NOTICE, in_portal=False, email="never")
    return set(off.values_list("user_id", flat=True))
