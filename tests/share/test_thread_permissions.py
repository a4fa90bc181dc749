"""Who reads and who writes: the functions agree with the lists, for every role."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.safety.services import block_add
from share.models import Post, PostRevision, Thread
from share.permissions.threads import (
    can_accept_answer,
    can_change_thread,
    can_close_thread,
    can_edit_post,
    can_remove_post,
    can_see_post,
    can_see_thread,
    can_start_thread,
    can_support,
    can_tell_outcome,
    can_thank,
    can_write_in_thread,
)
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import member, post, thread, thread_moderator

pytestmark = pytest.mark.django_db


def everybody(author: User) -> dict[str, object]:
    left = UserFactory()
    MembershipFactory(user=left, left=True)
    blocked = member()
    block_add(user=author, other=blocked)
    return {
        "visitor": AnonymousUser(),
        "account": UserFactory(),
        "left": left,
        "member": member(),
        "colleague": member(municipality=author.memberships.get().municipality),
        "blocked": blocked,
        "author": author,
        "staff": UserFactory(staff=True),
        "moderator": thread_moderator(),
        "superuser": UserFactory(superuser=True),
    }


def test_pages_and_lists_agree_on_who_reads_what() -> None:
    author = member()
    threads = [
        thread(author=author, visibility=visibility, hidden_at=hidden_at)
        for visibility in Thread.Visibility.values
        for hidden_at in (None, timezone.now())
    ]
    posts = [post(made, author=author, status=status) for made in threads for status in Post.Status.values]
    for role, reader in everybody(author).items():
        for made in threads:
            listed = Thread.objects.visible_to(reader).filter(pk=made.pk).exists()
            assert bool(can_see_thread(reader, made)) == listed, (role, made.visibility, made.hidden_at)
        for each in posts:
            readable = Thread.objects.visible_to(reader).filter(pk=each.thread_id)
            listed = readable.exists() and Post.objects.visible_to(reader).filter(pk=each.pk).exists()
            assert bool(can_see_post(reader, each)) == listed, (role, each.status, each.thread.visibility)


def test_who_does_what() -> None:
    author = member()
    made = thread(author=author, visibility="public")
    answer, own = post(made), made.posts.get(number=1)
    members = {"member", "colleague", "blocked", "author", "staff", "moderator", "superuser"}
    leaders = {"author", "moderator", "superuser"}
    expected = {
        "start": (lambda user: can_start_thread(user), members),
        "write": (lambda user: can_write_in_thread(user, made), members),
        "thank": (lambda user: can_thank(user, answer), members),
        "support": (lambda user: can_support(user, made), members - {"author"}),
        "accept": (lambda user: can_accept_answer(user, answer), leaders),
        "change": (lambda user: can_change_thread(user, made), leaders),
        "close": (lambda user: can_close_thread(user, made), leaders),
        "outcome": (lambda user: can_tell_outcome(user, made), leaders),
        "edit": (lambda user: can_edit_post(user, own), {"author"}),
        "remove": (lambda user: can_remove_post(user, own), {"author"}),
    }
    people = everybody(author)
    for step, (may, whom) in expected.items():
        assert {role for role, user in people.items() if may(user)} == whom, step
        for user in people.values():
            decision = may(user)
            assert decision or str(decision.reason), step


def test_an_author_who_left_leads_no_more() -> None:
    made = thread()
    made.author.memberships.update(status="left", ended_on=timezone.localdate())
    left = User.objects.get(pk=made.author_id)
    for may in (can_change_thread, can_close_thread, can_tell_outcome, can_write_in_thread):
        assert not may(left, made)


def test_the_history_takes_as_many_queries_for_many_versions_as_for_one() -> None:
    mine = post(thread())
    client = Client()
    client.force_login(member())
    path = reverse("share:post-history", args=[mine.pk])

    def queries() -> int:
        with CaptureQueriesContext(connection) as counted:
            assert client.get(path).status_code == 200
        return len(counted)

    PostRevision.objects.create(post=mine, text="Antes", replaced_by=mine.author)
    queries()
    few = queries()
    for number in range(25):
        PostRevision.objects.create(post=mine, text=f"Versión {number}", replaced_by=mine.author)
    assert queries() == few


def test_ten_megabytes_are_answered_and_not_kept() -> None:
    made, client = thread(), Client()
    client.force_login(member())
    response = client.post(reverse("share:post-create", args=[made.pk]), {"text": "a" * 10_000_000})
    assert response.status_code in (200, 400, 413)
    assert made.posts.count() == 1
