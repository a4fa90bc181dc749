"""Questions that are put to people, and those that nobody answers."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from share.models import Thread
from share.services.routed_ends import questions_end_over
from share.services.routing import questions_escalate, thread_route

# What could not be put to anybody in so long is the team's to look at.
_LEFT_FOR = timedelta(days=14)
_AT_ONCE = 100


@shared_task
def route_thread(thread_id: int) -> int:
    """Put a new question to people who are likely to know; returns to how many."""
    return len(thread_route(thread_id=thread_id))


@shared_task
def sweep_routing() -> int:
    """Put to people the questions that a lost message left, and let be whose question is over; returns how many."""
    questions_end_over()
    left = Thread.objects.unanswered().filter(
        routed_at__isnull=True, created_at__gt=timezone.now() - _LEFT_FOR
    )
    keys = list(left.order_by("-created_at", "-id").values_list("pk", flat=True)[:_AT_ONCE])
    for key in keys:
        thread_route(thread_id=key)
    return len(keys)


@shared_task
def escalate_questions() -> int:
    """Tell the network's team of questions without an answer; returns how many."""
    return questions_escalate()
