"""Who is told what happens in conversations, and who is not."""

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.models import Notification
from portal.safety.services import block_add
from share.models import Post, PostMention, Thread, ThreadChange, ThreadReader
from share.services.reading import thread_follow, thread_take_part
from share.services.thread_notices import (
    ACCEPTED,
    ANSWERED,
    ASKED,
    COMMENTED,
    MENTIONED,
    OUTCOME,
    acceptance_tell,
    notices_of_thread_read,
    post_tell,
    questions_tell,
    thanks_tell,
)
from share.threads.email_body import post_email_body
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import PolicyAreaFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db


def follow(made: Thread, *users: User) -> None:
    for user in users:
        thread_follow(thread=made, user=user, is_following=True)


def told(post_or_none: object = None) -> set[tuple[int, str]]:
    return set(Notification.objects.values_list("user_id", "kind"))


def test_nobody_is_told_twice_and_nobody_of_her_own() -> None:
    made = thread()
    answerer, writer, follower, named = member(), member(), member(), member()
    answer = post(made, author=answerer)
    follow(made, answerer, writer, follower, named)
    comment = post(made, author=writer, parent=answer)
    PostMention.objects.create(post=comment, user=named)
    PostMention.objects.create(post=comment, user=writer)
    for _again in range(2):
        post_tell(post_id=comment.pk)
    assert told() == {(named.pk, MENTIONED), (answerer.pk, COMMENTED), (follower.pk, ANSWERED)}
    assert Notification.objects.count() == 3


def test_who_may_not_read_is_kept_apart_or_silenced_it_is_not_told() -> None:
    made = thread(visibility="members")
    left, apart, muted, inactive = (
        MembershipFactory(left=True).user,
        member(),
        member(),
        member(is_active=False),
    )
    follow(made, left, apart, muted, inactive)
    thread_follow(thread=made, user=muted, is_following=False, is_muted=True)
    written = post(made)
    block_add(user=apart, other=written.author, known_as="Alguien")
    for user in (left, apart, muted, inactive):
        PostMention.objects.create(post=written, user=user)
    post_tell(post_id=written.pk)
    assert told() == set()


def test_who_left_the_network_is_told_of_a_public_conversation_without_a_name() -> None:
    made, left = thread(visibility="public"), MembershipFactory(left=True).user
    follow(made, left)
    written = post(made, author=member(name="Clara Ríos"))
    post_tell(post_id=written.pk)
    notice = Notification.objects.get(user=left)
    assert "Clara" not in notice.text
    assert not notice.named


def test_what_waits_or_was_hidden_is_told_to_nobody() -> None:
    made = thread()
    follow(made, member())
    for status in ("held", "hidden", "removed"):
        post_tell(post_id=post(made, status=status).pk)
    Thread.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    post_tell(post_id=post(made).pk)
    assert told() == set()


def test_posts_of_one_conversation_are_one_line_until_it_is_read() -> None:
    made, reader = thread(title="¿Cómo separan?"), member()
    follow(made, reader)
    for _number in range(3):
        post_tell(post_id=post(made).pk)
    head = Notification.objects.get(user=reader, is_folded=False)
    assert "3 mensajes nuevos en «¿Cómo separan?»" in head.text
    notices_of_thread_read(user=reader, thread=made)
    assert not Notification.objects.filter(user=reader, read_at__isnull=True).exists()


def test_many_followers_cost_no_more_queries_than_two(django_assert_max_num_queries) -> None:
    counts = []
    for followers in (2, 30):
        made = thread()
        follow(made, *(member() for _number in range(followers)))
        written = post(made)
        with django_assert_max_num_queries(30) as asked:
            post_tell(post_id=written.pk)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_accepted_answer_an_outcome_and_thanks_are_told(django_capture_on_commit_callbacks) -> None:
    made, follower = thread(), member()
    answer = post(made, accepted_at=timezone.now(), accepted_by=made.author)
    follow(made, follower, made.author)
    acceptance_tell(post_id=answer.pk)
    thanks_tell(post=answer, by=follower)
    thanks_tell(post=answer, by=answer.author)
    Thread.objects.filter(pk=made.pk).update(outcome="Se hizo")
    ThreadChange.objects.create(thread=made, kind="outcome", by=made.author)
    assert told() == {
        (answer.author_id, ACCEPTED),
        (answer.author_id, "post-thanked"),
        (follower.pk, OUTCOME),
    }


def test_a_new_question_is_told_to_who_works_in_its_area_once() -> None:
    area = PolicyAreaFactory(slug="health")
    works, other, left = MembershipFactory(), MembershipFactory(), MembershipFactory(left=True)
    for one in (works, left):
        one.areas.add(area)
    asker = MembershipFactory()
    asker.areas.add(area)
    thread(author=asker.user, areas=["health"])
    for _again in range(2):
        assert questions_tell() == 1
    assert told() == {(works.user_id, ASKED)}
    assert Notification.objects.get().email_mode == "weekly"
    assert other.user_id not in {user for user, _kind in told()}


def test_taking_part_follows_unless_it_was_silenced() -> None:
    made, writer, silent = thread(), member(), member()
    thread_follow(thread=made, user=silent, is_following=False, is_muted=True)
    for user in (writer, silent):
        written = post(made, author=user)
        thread_take_part(thread_id=made.pk, user_id=user.pk, number=written.number)
    following = ThreadReader.objects.filter(thread=made, is_following=True)
    assert list(following.values_list("user_id", flat=True)) == [writer.pk]


def test_an_email_says_what_was_written_as_long_as_it_can_be_read() -> None:
    made, reader = thread(visibility="members"), member()
    follow(made, reader)
    written = post(made, text="Con una ordenanza de once artículos.")
    post_tell(post_id=written.pk)
    notice = Notification.objects.get(user=reader)
    assert "Con una ordenanza de once artículos." in post_email_body(notice)
    Post.objects.filter(pk=written.pk).update(status="hidden")
    assert post_email_body(notice) == ""
    Post.objects.filter(pk=written.pk).update(status="visible")
    reader.memberships.update(status="left", ended_on=timezone.localdate())
    notice.user = UserFactory._meta.model.objects.get(pk=reader.pk)
    assert post_email_body(notice) == ""
