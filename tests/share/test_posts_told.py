"""Whoever writes does not wait until thousands were told; and nobody stays untold, whatever happens to a worker."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from portal.notices.models import Notification
from share.models import PostToTell, ThreadReader
from share.services.post_telling import post_announce
from share.services.posts import post_create
from share.services.thread_notices import ANSWERED, group_of, post_fact
from share.tasks.threads import tell_posts
from tests.portal.killed_processes import killed_at, wait_until
from tests.portal.notices_factories import NotificationFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db
TELL = "from share.services.post_telling import posts_tell\nposts_tell()"


def followed(number: int = 3) -> tuple:
    """Return a conversation and people who follow it."""
    made, people = thread(), [member() for _number in range(number)]
    ThreadReader.objects.bulk_create(ThreadReader(thread=made, user=one, is_following=True) for one in people)
    return made, people


def told() -> list[int]:
    return sorted(Notification.objects.filter(kind=ANSWERED).values_list("user_id", flat=True))


def test_followers_are_told_by_a_worker_and_not_by_whoever_writes(django_capture_on_commit_callbacks):
    made, people = followed()
    with django_capture_on_commit_callbacks(execute=True), CaptureQueriesContext(connection) as asked:
        written = post_create(thread=made, author=member(), text="Lo probamos y anduvo.")
    assert not any("notices_" in query["sql"] for query in asked)
    assert list(PostToTell.objects.values_list("pk", flat=True)) == [written.pk]
    assert (tell_posts(), tell_posts()) == (1, 0)
    assert told() == [one.pk for one in people]


def test_a_post_that_was_taken_away_before_anybody_was_told_is_told_to_nobody():
    made, _people = followed()
    written = post(made)
    post_announce(post=written)
    written.status = "removed"
    written.save()
    tell_posts()
    assert told() == [] and not PostToTell.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_is_killed_leaves_the_post_to_the_next_and_everybody_is_told_once():
    made, people = followed()
    written = post_create(thread=made, author=member(), text="Lo probamos y anduvo.")
    fact = post_fact(written.pk)
    killed_at(
        TELL,
        lambda: NotificationFactory(user=people[1], kind=ANSWERED, fact=fact, group=group_of(made.pk)),
    )
    assert (told(), PostToTell.objects.count()) == ([], 1)
    # The database has to notice first that the dead worker's connection is gone.
    wait_until(lambda: tell_posts() == 1)
    assert told() == [one.pk for one in people]
    assert (tell_posts(), PostToTell.objects.count()) == (0, 0)
