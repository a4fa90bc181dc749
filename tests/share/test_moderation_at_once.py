"""Two of the team, or two questions, at the same moment and over connections of their own."""

import pytest

from portal.accounts.models import User
from share.models import RoutedQuestion, Thread, ThreadChange
from share.services import moderation
from share.services.moderation.taking import state_seen
from share.services.routing import AT_A_TIME, question_decline, thread_route
from share.spam import LINKS_OF_THE_NEW
from tests.portal.accounts_factories import UserFactory
from tests.portal.safety_factories import at_once
from tests.share.factories import post, thread
from tests.share.test_routing import maker, question

pytestmark = pytest.mark.django_db(transaction=True)
Status = RoutedQuestion.Status


def test_of_two_moderators_at_once_one_is_told_that_the_other_was_first() -> None:
    of, team = thread(), [UserFactory(superuser=True) for _number in range(3)]
    seen = state_seen(of)
    outcomes = at_once(
        *(
            lambda actor=actor: moderation.thread_lock(
                thread=of, actor=User.objects.get(pk=actor.pk), reason="Se fue de tema.", seen=seen
            )
            for actor in team
        )
    )
    refused = [one for one in outcomes if isinstance(one, moderation.ModerationConflict)]
    assert len(refused) == 2
    assert ThreadChange.objects.filter(thread=of).count() == 1


def test_what_waits_is_let_in_or_kept_out_and_never_both() -> None:
    of, team = thread(), UserFactory(superuser=True)
    waiting = moderation.post_hold(post=post(of), reason=LINKS_OF_THE_NEW)
    outcomes = at_once(
        lambda: moderation.post_approve(post=waiting, actor=User.objects.get(pk=team.pk)),
        lambda: moderation.post_reject(
            post=waiting, actor=User.objects.get(pk=team.pk), reason="Es publicidad."
        ),
    )
    assert sum(isinstance(one, moderation.ModerationConflict) for one in outcomes) == 1
    waiting.refresh_from_db()
    assert Thread.objects.get(pk=of.pk).answers == (1 if waiting.is_visible else 0)


def test_questions_at_once_do_not_ask_one_person_twice_in_a_week() -> None:
    maker()
    asking = [question() for _number in range(3)]
    at_once(*(lambda key=of.pk: thread_route(thread_id=key) for of in asking))
    assert RoutedQuestion.objects.count() == 1


def test_one_question_routed_twice_and_declined_meanwhile_is_before_three_at_most() -> None:
    for _number in range(6):
        maker()
    of = question()
    at_once(lambda: thread_route(thread_id=of.pk), lambda: thread_route(thread_id=of.pk))
    rows = list(of.routed.all())
    assert len(rows) == AT_A_TIME
    at_once(*(lambda row=row: question_decline(routed=row) for row in rows))
    assert of.routed.filter(status=Status.ASKED).count() == AT_A_TIME
    assert of.routed.count() == 2 * AT_A_TIME
