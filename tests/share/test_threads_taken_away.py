"""What is hidden, taken away, closed or changed is gone at once from wherever it stood."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone

from portal.catalog.models import Entry
from share.models import Post, RoutedQuestion, Thread
from share.permissions.moderation import can_moderate_threads
from share.services import moderation
from share.services.appreciation import answer_accept
from share.services.moderation.threads import Place
from share.services.posts import post_create, post_edit, post_remove
from share.services.threads import thread_close
from share.tasks.routing import sweep_routing
from tests.share.factories import member, post, thread, thread_moderator

pytestmark = pytest.mark.django_db
WORDS = "Llamen a Rosa al municipio"


def accepted_answer() -> Post:
    made = thread(visibility="public")
    answer = post_create(thread=made, author=member(), text=WORDS)
    return answer_accept(post=answer, by=made.author)


def hide_thread(answer: Post) -> None:
    moderation.thread_hide(thread=answer.thread, actor=thread_moderator(), reason="x")


def hide(answer: Post) -> None:
    moderation.post_hide(post=answer, actor=thread_moderator(), reason="x")


def remove(answer: Post) -> None:
    post_remove(post=answer, by=answer.author)


def change(answer: Post) -> None:
    post_edit(post=answer, editor=answer.author, text="Llamen al municipio.")


def change_into_spam(answer: Post) -> None:
    links = " ".join(f"https://uno{number}.example" for number in range(20))
    assert post_edit(post=answer, editor=answer.author, text=links).status == "held"


@pytest.mark.parametrize("step", [hide, hide_thread, remove, change, change_into_spam])
def test_nobody_reads_it_a_moment_later_neither_on_a_kept_page_nor_in_the_search(
    step: Callable[[Post], None], settings, django_capture_on_commit_callbacks
) -> None:
    settings.VISITOR_CACHE_SECONDS = 300
    answer = accepted_answer()
    url = answer.thread.get_absolute_url()
    for client in (Client(), Client()):
        assert WORDS in client.get(url).content.decode()
    reader = Client()
    reader.force_login(member())
    assert WORDS in reader.get(url).content.decode()
    assert WORDS in Entry.objects.get(kind="thread").body
    with django_capture_on_commit_callbacks(execute=True):
        step(answer)
    assert WORDS not in Client().get(url).content.decode()
    assert WORDS not in reader.get(url).content.decode()
    assert WORDS not in "".join(Entry.objects.filter(kind="thread").values_list("body", flat=True))


def test_what_is_shown_again_is_found_again() -> None:
    answer = accepted_answer()
    hide(answer)
    moderation.post_show(post=answer, actor=thread_moderator())
    assert WORDS in Entry.objects.get(kind="thread").body


def test_what_was_read_before_comes_back_to_its_place_with_its_comments() -> None:
    answer = accepted_answer()
    comment = post_create(thread=answer.thread, author=member(), text="¿A qué hora?", parent=answer)
    at = Post.objects.get(pk=answer.pk).created_at
    change_into_spam(answer)
    shown = moderation.post_approve(post=answer, actor=thread_moderator())
    assert (shown.number, shown.branch, shown.created_at) == (2, comment.branch, at)
    assert "uno1.example" in Entry.objects.get(kind="thread").body


def test_a_conversation_keeps_its_day_when_what_opens_it_was_changed_and_let_in() -> None:
    answer = accepted_answer()
    opening = answer.thread.posts.get(number=1)
    at = opening.created_at
    change_into_spam(opening)
    moderation.post_approve(post=opening, actor=thread_moderator())
    made = Thread.objects.get(pk=answer.thread_id)
    assert (made.hidden_at, made.created_at) == (None, at)
    assert made.last_post_at > at


def test_what_nobody_read_yet_leaves_no_version() -> None:
    waiting = post(thread(), text="Compren en https://uno.example", status="held")
    post(waiting.thread)
    post_edit(post=waiting, editor=waiting.author, text="Con una ordenanza.")
    assert not waiting.revisions.exists()
    assert Post.objects.get(pk=waiting.pk).edited_at is None


def test_a_conversation_that_was_not_let_in_is_shown_again_whole() -> None:
    made, actor = thread(), thread_moderator()
    opening = moderation.post_hold(post=made.posts.get(), reason="links-new")
    moderation.post_reject(post=opening, actor=actor, reason="Es publicidad.")
    moderation.thread_show(thread=made, actor=actor)
    assert can_moderate_threads(actor)
    assert Post.objects.get(pk=opening.pk).is_visible


def lock(made: Thread) -> None:
    moderation.thread_lock(thread=made, actor=thread_moderator(), reason="x")


def take_away(made: Thread) -> None:
    moderation.thread_hide(thread=made, actor=thread_moderator(), reason="x")


def remove_opening(made: Thread) -> None:
    post_remove(post=made.posts.get(number=1), by=made.author)


def hold_opening(made: Thread) -> None:
    change_into_spam(made.posts.get(number=1))


def make_discussion(made: Thread) -> None:
    place = Place(kind="discussion", areas=[], topics=[])
    moderation.thread_move(thread=made, actor=thread_moderator(), place=place)


def close(made: Thread) -> None:
    thread_close(thread=made, by=made.author)


@pytest.mark.parametrize("step", [close, lock, take_away, remove_opening, hold_opening, make_discussion])
def test_nobody_is_asked_any_more_once_a_question_is_over(step: Callable[[Thread], None]) -> None:
    made = thread()
    RoutedQuestion.objects.create(thread=made, user=member(), reasons=["team"])
    step(made)
    assert [row.status for row in made.routed.all()] == ["ended"]


def test_the_sweep_finds_questions_that_ended_otherwise_and_leaves_the_others() -> None:
    over = thread(closed_at=timezone.now(), routed_at=timezone.now())
    goes_on = thread(routed_at=timezone.now())
    for made in (over, goes_on):
        RoutedQuestion.objects.create(thread=made, user=member(), reasons=["team"])
    sweep_routing()
    assert [over.routed.get().status, goes_on.routed.get().status] == ["ended", "asked"]
