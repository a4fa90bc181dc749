"""What a person thanked for, which questions are hers too, and where she was mentioned: her copy, and its erasure."""

from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from portal.accounts.models import User
from share.models import PostMention, PostThanks, Thread, ThreadSupport


def export_appreciation(user: User) -> dict[str, Any]:
    """Return conversations by their titles, as far as she may read them still."""
    readable = Thread.objects.visible_to(user)
    thanks = PostThanks.objects.filter(user=user, post__thread__in=readable)
    mentions = PostMention.objects.filter(user=user, post__thread__in=readable, post__status="visible")
    supports = ThreadSupport.objects.filter(user=user, thread__in=readable)
    return {
        "thanked_for": _told(thanks, "post__thread__title", "at"),
        "same_question": _told(supports, "thread__title", "at"),
        "mentioned_in": _told(mentions, "post__thread__title", "post__created_at"),
    }


def erase_appreciation(user: User) -> None:
    """Take it away; counts follow."""
    PostThanks.objects.filter(user=user).delete()
    ThreadSupport.objects.filter(user=user).delete()
    PostMention.objects.filter(user=user).delete()


def _told(rows: QuerySet, title: str, at: str) -> list[dict[str, Any]]:
    told = rows.order_by("pk").values_list(F(title), F(at))
    return [
        {"conversation": name, "at": timezone.localtime(moment).isoformat(timespec="seconds")}
        for name, moment in told
    ]
