"""Following decisions up."""

from celery import shared_task
from django.utils import timezone

from share.services.agreements import agreements_remind


@shared_task
def remind_of_agreements() -> int:
    """Tell people which of what they took on is due within a week, each of them once."""
    return agreements_remind(today=timezone.localdate())
