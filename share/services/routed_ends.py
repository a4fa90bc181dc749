"""Letting people be to whom a question was put, once nobody needs their answer."""

from django.db.models import Q
from django.utils import timezone

from portal.accounts.models import Membership
from share.models import RoutedQuestion

Status = RoutedQuestion.Status
_OVER = Q(thread__closed_at__isnull=False) | Q(thread__hidden_at__isnull=False) | ~Q(thread__kind="question")


def question_end(*, thread_id: int) -> int:
    """Let those who have not answered be: the question is answered, closed or gone. They are told nothing."""
    waiting = RoutedQuestion.objects.filter(thread_id=thread_id, status=Status.ASKED)
    return waiting.update(status=Status.ENDED, decided_at=timezone.now())


def questions_end_between(*, one_id: int, other_id: int) -> int:
    """Let questions of two people be no more before the other, because they are kept apart now."""
    now = timezone.now()
    return sum(
        RoutedQuestion.objects.filter(thread__author_id=author, user_id=asked, status=Status.ASKED).update(
            status=Status.ENDED, decided_at=now
        )
        for author, asked in ((one_id, other_id), (other_id, one_id))
    )


def questions_end_of_member(*, membership_id: int) -> int:
    """Let a person be who works in no municipality of the network any more."""
    person = Membership.objects.filter(pk=membership_id).values_list("user_id", flat=True).first()
    if person is None or Membership.objects.active().filter(user_id=person).exists():
        return 0
    waiting = RoutedQuestion.objects.filter(user_id=person, status=Status.ASKED)
    return waiting.update(status=Status.ENDED, decided_at=timezone.now())


def questions_end_over() -> int:
    """Let people be whose question is closed or gone, by whatever way; what a lost message left is found here."""
    over = RoutedQuestion.objects.filter(_OVER, status=Status.ASKED)
    return over.update(status=Status.ENDED, decided_at=timezone.now())
