"""Saying which answers helped, thanking, and having the same question."""

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.models import User
from share.models import Post, PostThanks, Thread, ThreadSupport
from share.services.appreciation import answer_accept, support_set, thanks_set
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import member, post, thread, thread_moderator

pytestmark = pytest.mark.django_db


def outsiders() -> list[User]:
    left = UserFactory()
    MembershipFactory(user=left, left=True)
    return [UserFactory(), left]


def test_several_answers_help_and_it_can_be_taken_back() -> None:
    made = thread()
    first, second = post(made), post(made)
    for answer in (first, second, second):
        answer_accept(post=answer, by=made.author)
    made.refresh_from_db()
    assert made.accepted == 2
    answer_accept(post=first, by=thread_moderator(), is_accepted=False)
    made.refresh_from_db()
    first.refresh_from_db()
    assert (made.accepted, first.accepted_at, first.accepted_by) == (1, None, None)


def test_only_who_asked_or_looks_after_it_accepts_and_only_answers() -> None:
    made = thread()
    answer = post(made)
    comment = post(made, parent=answer)
    hidden = post(made, status="hidden")
    for other in (member(), answer.author, UserFactory(staff=True), *outsiders()):
        with pytest.raises(PermissionDenied):
            answer_accept(post=answer, by=other)
    for none in (comment, hidden, made.posts.get(number=1), post(thread(kind="discussion"))):
        with pytest.raises(PermissionDenied):
            answer_accept(post=none, by=made.author)
    assert not Post.objects.filter(accepted_at__isnull=False).exists()


def test_thanks_are_once_each_and_not_for_oneself() -> None:
    answer, reader = post(thread()), member()
    assert thanks_set(post=answer, user=reader, is_thanking=True) == 1
    assert thanks_set(post=answer, user=reader, is_thanking=True) == 1
    assert thanks_set(post=answer, user=member(), is_thanking=True) == 2
    assert thanks_set(post=answer, user=reader, is_thanking=False) == 1
    for nobody in (answer.author, *outsiders()):
        with pytest.raises(PermissionDenied):
            thanks_set(post=answer, user=nobody, is_thanking=True)
    Post.objects.filter(pk=answer.pk).update(status="hidden")
    answer.refresh_from_db()
    with pytest.raises(PermissionDenied):
        thanks_set(post=answer, user=member(), is_thanking=True)
    assert PostThanks.objects.count() == 1


def test_the_same_question_is_once_each_and_not_ones_own() -> None:
    made, reader = thread(), member()
    assert support_set(thread=made, user=reader, is_supporting=True) == 1
    assert support_set(thread=made, user=reader, is_supporting=True) == 1
    assert support_set(thread=made, user=reader, is_supporting=False) == 0
    for nobody in (made.author, *outsiders()):
        with pytest.raises(PermissionDenied):
            support_set(thread=made, user=nobody, is_supporting=True)
    with pytest.raises(PermissionDenied, match="preguntas"):
        support_set(thread=thread(kind=Thread.Kind.DISCUSSION), user=reader, is_supporting=True)
    assert not ThreadSupport.objects.exists()
