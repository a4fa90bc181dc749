"""Writing in conversations: numbers, branches, what is refused and why."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.safety.models import Allowance
from portal.safety.services import LimitReached, block_add
from share.models import Post, PostFile, PostMention, Thread
from share.services.posts import post_create
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import member, post, thread, thread_moderator

pytestmark = pytest.mark.django_db


def a_file(name: str = "ordenanza.txt", content: bytes = b"Ordenanza 1234") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "text/plain")


def test_answers_are_numbered_and_comments_follow_their_answer() -> None:
    made = thread()
    answer = post_create(thread=made, author=member(), text="Con una ordenanza.")
    other = post_create(thread=made, author=member(), text="Con voluntarias.")
    comment = post_create(thread=made, author=member(), text="¿Cuál?", parent=answer)
    below = post_create(thread=made, author=member(), text="La 1234.", parent=comment)
    below_opening = post_create(
        thread=made, author=member(), text="¡Suerte!", parent=made.posts.get(number=1)
    )
    assert [each.number for each in (answer, other, comment, below, below_opening)] == [2, 3, 4, 5, 6]
    assert (comment.parent, comment.branch, below.parent, below.branch) == (answer, 2, answer, 2)
    assert below_opening.is_answer
    made.refresh_from_db()
    assert (made.last_number, made.replies, made.answers) == (6, 5, 3)
    assert (made.last_post_at, made.last_post_by) == (below_opening.created_at, below_opening.author)


def test_the_same_form_sent_again_is_the_same_post_and_another_text_is_another() -> None:
    made, author, key = thread(), member(), uuid4()
    first = post_create(thread=made, author=author, text="Va", client_key=key)
    assert post_create(thread=made, author=author, text="Va", client_key=key) == first
    assert post_create(thread=made, author=author, text="Va otra", client_key=key) != first
    assert made.posts.count() == 3


def test_who_may_write_and_why_not() -> None:
    made = thread(visibility="public")
    left = UserFactory()
    MembershipFactory(user=left, left=True)
    for nobody in (UserFactory(), left):
        with pytest.raises(PermissionDenied, match="trabajan en un municipio"):
            post_create(thread=made, author=nobody, text="Hola")
    blocked, blocker = listed(), made.author

    block_add(user=blocker, other=blocked)
    assert post_create(thread=made, author=blocked, text="Se habla en público").is_visible
    assert post_create(thread=made, author=UserFactory(staff=True), text="Del equipo").municipality is None


def test_a_closed_conversation_takes_no_post_and_a_locked_one_those_of_the_team() -> None:
    closed = thread(closed_at=timezone.now())
    with pytest.raises(PermissionDenied, match="está cerrada"):
        post_create(thread=closed, author=closed.author, text="Hola")
    locked = thread(closed_at=timezone.now(), is_locked=True)
    with pytest.raises(PermissionDenied, match="equipo de la red cerró"):
        post_create(thread=locked, author=locked.author, text="Hola")
    assert post_create(thread=locked, author=thread_moderator(), text="Por esto la cerramos.").is_visible
    hidden = thread(hidden_at=timezone.now())
    with pytest.raises(PermissionDenied):
        post_create(thread=hidden, author=hidden.author, text="Hola")


def test_slow_mode_says_how_long_to_wait() -> None:
    made, author = thread(slow_mode_seconds=600), member()
    first = post_create(thread=made, author=author, text="Uno")
    Post.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(seconds=400))
    with pytest.raises(ValidationError, match="en 4 minutos"):
        post_create(thread=made, author=author, text="Dos")
    Post.objects.filter(pk=first.pk).update(created_at=timezone.now() - timedelta(seconds=601))
    assert post_create(thread=made, author=author, text="Dos").number == 3


def test_a_comment_on_what_is_gone_is_refused_and_nothing_is_kept() -> None:
    made = thread()
    answer = post(made)
    elsewhere = post(thread())
    Post.objects.filter(pk=answer.pk).update(status="hidden")
    for parent in (answer, elsewhere):
        with pytest.raises(ValidationError, match="ya no está"):
            post_create(thread=made, author=member(), text="¿Cuál?", parent=parent)
    assert made.posts.count() == 2


@pytest.mark.parametrize(("text", "said"), [(" \u200b\n\x00 ", "vacío"), ("a" * 20_001, "20001 letras")])
def test_nothing_and_too_much_are_refused(text: str, said: str) -> None:
    with pytest.raises(ValidationError, match=said):
        post_create(thread=thread(), author=member(), text=text)


def test_a_flood_from_one_account_stops_at_the_door() -> None:
    made, author = thread(), member()
    for number in range(4):
        post_create(thread=made, author=author, text=f"Respuesta {number}")
    with pytest.raises(LimitReached, match="esperá un minuto"):
        post_create(thread=made, author=author, text="Otra más")
    assert made.posts.count() == 5


def test_what_looks_like_spam_waits_and_moves_nothing() -> None:
    made, author = thread(), member()
    before = made.last_post_at
    text = "Mirá https://uno.example/ https://dos.example/ https://tres.example/"
    held = post_create(thread=made, author=author, text=text)
    made.refresh_from_db()
    assert held.status == "held"
    assert (made.replies, made.last_post_at) == (0, before)
    assert post_create(thread=made, author=member(), text="Gracias").number == 3
    by_machine = post_create(thread=made, author=member(), text="Hola", is_by_machine=True)
    assert by_machine.status == "held"


def test_hostile_texts_are_kept_as_words() -> None:
    text = "<script>alert(1)</script> [x](javascript:alert(1)) \u202etxt.exe <img src=x onerror=y>"
    made = post_create(thread=thread(), author=member(), text=text)
    assert "\u202e" not in made.text
    assert "<script" not in made.html
    assert "<img" not in made.html
    assert "<a" not in made.html


def test_a_mention_keeps_no_name_and_notes_whom_the_author_may_know() -> None:
    author, ana, hidden = listed(), listed("Ana Pérez"), member(name="Nadie La Ve")
    text = f"¿Qué decís, [@Ana Pérez](persona:{ana.public_id})? Y [@Nadie La Ve](persona:{hidden.public_id})."
    made = post_create(thread=thread(), author=author, text=text)
    assert "Ana" not in made.text + made.html
    assert "Nadie" not in made.text + made.html
    assert f'data-reference="persona:{ana.public_id}"' in made.html
    assert list(made.mentions.values_list("user", flat=True)) == [ana.pk]


def test_nobody_kept_apart_and_not_the_author_is_mentioned() -> None:

    author, ana = listed(), listed("Ana Pérez")
    block_add(user=ana, other=author)
    text = f"[@Ana](persona:{ana.public_id}) [@Yo](persona:{author.public_id})"
    post_create(thread=thread(), author=author, text=text)
    assert not PostMention.objects.exists()


def test_a_post_does_not_mention_a_crowd() -> None:
    text = " ".join(f"[@a](persona:{uuid4()})" for _number in range(11))
    with pytest.raises(ValidationError, match="Mencionaste a 11"):
        post_create(thread=thread(), author=member(), text=text)
    assert not Post.objects.filter(number=2).exists()


def test_files_come_with_a_post_and_not_too_many() -> None:
    made, author = thread(), member()
    sent = post_create(thread=made, author=author, text="Va", files=[a_file(), a_file("acta.txt")])
    assert list(sent.files.values_list("file__name", flat=True)) == ["ordenanza.txt", "acta.txt"]
    with pytest.raises(ValidationError, match="hasta 5 archivos"):
        post_create(thread=made, author=author, text="Van", files=[a_file()] * 6)
    assert PostFile.objects.count() == 2
    assert Allowance.objects.get(user=author, limit="posts-a-minute").used == 1


def test_writing_takes_as_many_queries_in_a_long_conversation_as_in_a_short_one() -> None:
    def queries(made: Thread) -> int:
        author = member()
        with CaptureQueriesContext(connection) as counted:
            post_create(thread=made, author=author, text="Con una ordenanza de residuos.")
        return len(counted)

    short, long = thread(), thread()
    for _number in range(12):
        post(long)
    assert queries(long) <= queries(short)


def test_an_author_writes_from_the_town_of_the_conversation_if_she_works_there() -> None:
    author = member()
    second = MembershipFactory(user=author).municipality
    made = thread(municipality=second)
    assert post_create(thread=made, author=author, text="Hola").municipality == second
