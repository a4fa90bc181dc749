"""Changing and taking away what one wrote."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.files.models import StoredFile
from share.models import Post, PostFile, PostThanks, Thread, ThreadChange
from share.services.appreciation import answer_accept, thanks_set
from share.services.posts import post_create, post_edit, post_remove
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory
from tests.share.factories import member, post, thread, thread_moderator
from tests.share.test_posts_writing import a_file

pytestmark = pytest.mark.django_db


def get(reader: User | None, path: str) -> int:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return client.get(path).status_code


def test_a_slip_is_put_right_without_a_mark_as_long_as_nobody_wrote_since() -> None:
    made = thread()
    mine = post_create(thread=made, author=member(), text="Con una ordenansa.")
    edited = post_edit(post=mine, editor=mine.author, text="Con una ordenanza.")
    assert (edited.text, edited.edited_at) == ("Con una ordenanza.", None)
    assert "ordenanza" in edited.html
    post_create(thread=made, author=member(), text="Gracias")
    again = post_edit(post=mine, editor=mine.author, text="Con un decreto.")
    assert again.edited_at is not None
    assert [each.text for each in again.revisions.all()] == ["Con una ordenanza."]


def test_a_change_after_some_minutes_is_marked_and_the_same_text_is_no_change() -> None:
    mine = post_create(thread=thread(), author=member(), text="Con una ordenanza.")
    Post.objects.filter(pk=mine.pk).update(created_at=timezone.now() - timedelta(minutes=6))
    assert post_edit(post=mine, editor=mine.author, text="Con una ordenanza.").edited_at is None
    edited = post_edit(post=mine, editor=mine.author, text="Con un decreto.")
    assert edited.edited_at is not None
    assert edited.revisions.get().replaced_by == mine.author


def test_nobody_else_changes_or_takes_away_a_post() -> None:
    mine = post(thread(), author=listed())
    for other in (member(), mine.thread.author, UserFactory(staff=True), thread_moderator(), UserFactory()):
        with pytest.raises(PermissionDenied):
            post_edit(post=mine, editor=other, text="Otra cosa")
        with pytest.raises(PermissionDenied):
            post_remove(post=mine, by=other)
    mine.refresh_from_db()
    assert mine.text == "Con una ordenanza."


def test_who_left_the_network_takes_away_and_does_not_change() -> None:
    mine = post(thread())
    mine.author.memberships.update(status="left", ended_on=timezone.localdate())
    left = User.objects.get(pk=mine.author_id)
    with pytest.raises(PermissionDenied):
        post_edit(post=mine, editor=left, text="Otra cosa")
    assert post_remove(post=mine, by=left).post.text == ""


def test_a_locked_conversation_stays_as_it_was_written() -> None:
    mine = post(thread(closed_at=timezone.now(), is_locked=True))
    with pytest.raises(PermissionDenied, match="queda como está"):
        post_edit(post=mine, editor=mine.author, text="Otra cosa")


def test_a_post_that_is_changed_into_spam_waits() -> None:
    made = thread()
    mine = post_create(thread=made, author=member(), text="Con una ordenanza.")
    text = "Mirá https://uno.example/ https://dos.example/"
    assert post_edit(post=mine, editor=mine.author, text=text).status == "held"
    made.refresh_from_db()
    assert (made.replies, made.last_post_by) == (0, made.author)
    assert ThreadChange.objects.get(thread=made).kind == "held"


def test_taking_away_leaves_no_word_no_version_and_no_file() -> None:
    made = thread()
    mine = post_create(thread=made, author=member(), text="Con una ordenanza.", files=[a_file()])
    post_create(thread=made, author=member(), text="¿Cuál?", parent=mine)
    post_edit(post=mine, editor=mine.author, text="Con un decreto.")
    answer_accept(post=mine, by=made.author)
    thanks_set(post=mine, user=member(), is_thanking=True)
    removal = post_remove(post=mine, by=mine.author)
    gone = Post.objects.get(pk=mine.pk)
    assert removal.is_place_kept
    assert (gone.status, gone.text, gone.html, gone.accepted_at) == ("removed", "", "", None)
    assert not gone.revisions.exists()
    assert not PostFile.objects.exists()
    assert not StoredFile.objects.exists()
    assert not PostThanks.objects.exists()
    made.refresh_from_db()
    assert (made.replies, made.answers, made.accepted) == (1, 0, 0)


def test_a_conversation_that_nobody_answered_goes_with_its_opening_post() -> None:
    alone, answered = thread(), thread()
    post(answered)
    assert not post_remove(post=alone.posts.get(), by=alone.author).is_place_kept
    assert post_remove(post=answered.posts.get(number=1), by=answered.author).is_place_kept
    alone.refresh_from_db()
    answered.refresh_from_db()
    assert alone.hidden_at is not None
    assert answered.hidden_at is None


def test_files_go_and_come_with_a_change() -> None:
    mine = post_create(thread=thread(), author=member(), text="Va", files=[a_file(), a_file("acta.txt")])
    first = mine.files.first()
    post_edit(post=mine, editor=mine.author, text="Va", files=[a_file("mapa.txt")], without=[first.pk])
    assert sorted(mine.files.values_list("file__name", flat=True)) == ["acta.txt", "mapa.txt"]
    other = post_create(thread=thread(), author=member(), text="Va", files=[a_file()])
    post_edit(post=mine, editor=mine.author, text="Va", without=[other.files.get().pk])
    assert other.files.exists()
    with pytest.raises(ValidationError, match="hasta 5"):
        post_edit(post=mine, editor=mine.author, text="Va", files=[a_file()] * 4)


def test_a_file_is_read_by_whoever_reads_its_post() -> None:
    made = thread()
    mine = post_create(thread=made, author=member(), text="Va", files=[a_file()])
    path = mine.files.get().file.get_absolute_url()
    left = UserFactory()
    readers = {
        "visitor": None,
        "account": UserFactory(),
        "left": left,
        "member": member(),
        "author": mine.author,
    }
    served = {name: get(reader, path) for name, reader in readers.items()}
    assert served == {"visitor": 302, "account": 404, "left": 404, "member": 200, "author": 200}
    Thread.objects.update(visibility="public")
    assert get(None, path) == 200
    for status in ("held", "hidden", "removed"):
        Post.objects.filter(pk=mine.pk).update(status=status)
        assert get(member(), path) == 404, status
        assert get(None, path) in (302, 404)
    Post.objects.filter(pk=mine.pk).update(status="visible")
    Thread.objects.update(hidden_at=timezone.now())
    assert get(member(), path) == 404
