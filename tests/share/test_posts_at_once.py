"""Two at the same moment, over connections of their own."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from portal.accounts.models import User
from share.models import Post, PostThanks, Thread
from share.services.appreciation import answer_accept, thanks_set
from share.services.posts import post_create, post_edit, post_remove
from share.services.thread_drafts import ThreadDraft
from share.services.threads import thread_close, thread_create
from tests.portal.safety_factories import at_once
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db(transaction=True)


def fresh(user: User) -> User:
    """Return a person as another request has her."""
    return User.objects.get(pk=user.pk)


def test_answers_at_once_get_numbers_of_their_own_and_one_sent_twice_is_one() -> None:
    made, ana, others, key = thread(), member(), [member() for _number in range(4)], uuid4()
    outcomes = at_once(
        *(
            lambda author=author: post_create(thread=made, author=fresh(author), text=f"Desde {author.pk}")
            for author in others
        ),
        *(
            lambda: post_create(thread=made, author=fresh(ana), text="Con una ordenanza.", client_key=key)
            for _twice in range(3)
        ),
    )
    assert not [problem for problem in outcomes if isinstance(problem, Exception)]
    assert list(made.posts.order_by("number").values_list("number", flat=True)) == [1, 2, 3, 4, 5, 6]
    made.refresh_from_db()
    assert (made.last_number, made.replies) == (6, 5)
    assert len({outcome.pk for outcome in outcomes[4:]}) == 1


def test_a_conversation_sent_twice_at_once_is_one() -> None:
    author, key = member(), uuid4()
    town = author.memberships.get().municipality
    draft = ThreadDraft(title="¿Cómo empezaron?", text="Queremos empezar.", municipality=town)
    outcomes = at_once(
        *(lambda: thread_create(author=fresh(author), draft=draft, client_key=key) for _time in range(3))
    )
    assert {getattr(outcome, "pk", outcome) for outcome in outcomes} == {Thread.objects.get().pk}
    assert Post.objects.count() == 1


def test_an_answer_that_is_taken_away_is_not_accepted_any_more() -> None:
    made = thread()
    answers = [post(made) for _number in range(3)]
    for answer in answers:
        outcomes = at_once(
            lambda answer=answer: answer_accept(post=answer, by=fresh(made.author)),
            lambda answer=answer: post_remove(post=answer, by=fresh(answer.author)),
        )
        assert all(not isinstance(one, Exception) or isinstance(one, PermissionDenied) for one in outcomes)
    made.refresh_from_db()
    assert made.accepted == 0
    assert not Post.objects.filter(accepted_at__isnull=False).exists()


def test_a_change_and_a_removal_leave_no_text() -> None:
    mine = post(thread())
    at_once(
        lambda: post_edit(post=mine, editor=fresh(mine.author), text="Con un decreto."),
        lambda: post_remove(post=mine, by=fresh(mine.author)),
    )
    mine.refresh_from_db()
    assert (mine.status, mine.text) == ("removed", "")
    assert not mine.revisions.exists()


def test_nothing_comes_after_a_conversation_was_closed() -> None:
    made, author = thread(), member()
    _closed, written = at_once(
        lambda: thread_close(thread=made, by=fresh(made.author)),
        lambda: post_create(thread=made, author=fresh(author), text="Con una ordenanza."),
    )
    made.refresh_from_db()
    assert made.is_closed
    assert made.replies == (0 if isinstance(written, PermissionDenied) else 1)


def test_thanking_twice_at_once_counts_once() -> None:
    answer, reader = post(thread()), member()
    at_once(
        *(lambda: thanks_set(post=answer, user=fresh(reader), is_thanking=True) for _time in range(3)),
    )
    answer.refresh_from_db()
    assert answer.thanks == PostThanks.objects.count() == 1
