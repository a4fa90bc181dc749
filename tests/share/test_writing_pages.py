"""The pages on which people write in conversations, without a script."""

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.safety.services import block_add
from share.models import Post, PostRevision, Thread
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.share.factories import member, post, thread, thread_moderator
from tests.share.test_posts_writing import a_file

pytestmark = pytest.mark.django_db
NEW = "/intercambiar/conversaciones/nueva/"


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def page(user: User | None, path: str) -> str:
    response = client_of(user).get(path)
    assert response.status_code == 200
    return response.content.decode()


def send(user: User, path: str, **data: Any) -> Any:
    return client_of(user).post(path, data)


def new(user: User, path: str = NEW, **data: Any) -> Any:
    given = {
        "kind": "question",
        "title": "¿Cómo empezaron con el compostaje?",
        "text": "Queremos empezar.",
        "visibility": "members",
        "language": "es-ar",
        "client_key": str(uuid4()),
        "municipality": str(user.memberships.get().municipality_id) if user.memberships.exists() else "",
    }
    return send(user, path, **{**given, **data})


def answer_path(made: Thread) -> str:
    return reverse("share:post-create", args=[made.pk])


def test_a_question_is_asked_and_leads_to_its_page() -> None:
    author = member()
    response = new(author, files=[a_file()])
    made = Thread.objects.get()
    assert response.url == made.get_absolute_url()
    assert made.posts.get().files.count() == 1


def test_who_may_not_ask_reads_why() -> None:
    left = UserFactory()
    MembershipFactory(user=left, left=True)
    for nobody in (UserFactory(), left):
        assert "trabajan en un municipio" in page(nobody, NEW)
        assert "trabajan en un municipio" in new(nobody).content.decode()
    assert client_of(None).get(NEW).status_code == 302
    assert not Thread.objects.exists()


def test_errors_stand_beside_their_fields_and_nothing_is_lost() -> None:
    html = new(member(), title="", text="Queremos <b>empezar</b>.", files=[a_file()]).content.decode()
    assert 'id="id_title_error"' in html
    assert "Queremos &lt;b&gt;empezar&lt;/b&gt;." in html
    assert "volvé a elegirlos" in html
    html = new(member(), text="a" * 20_001).content.decode()
    assert 'id="id_text_error"' in html
    assert "a" * 20_001 in html


def test_a_preview_keeps_everything_and_publishes_nothing() -> None:
    html = new(member(), accion="ver", title="Mi título", text="Hola **fuerte**").content.decode()
    assert "<strong>fuerte</strong>" in html
    assert 'value="Mi título"' in html
    assert "Hola **fuerte**</textarea>" in html
    assert "field--error" not in html
    assert not Thread.objects.exists()


def test_somebody_is_found_and_mentioned_without_a_script() -> None:
    author, ana = listed(), listed("Ana Pérez")
    blocked = listed("Ana Bloqueada")
    block_add(user=author, other=blocked)
    made = thread()
    found = send(author, answer_path(made), text="Hola", accion="buscar", mencion="ana").content.decode()
    assert "Ana Pérez" in found
    assert "Ana Bloqueada" not in found
    chosen = send(author, answer_path(made), text="Hola", mencionar=str(ana.public_id)).content.decode()
    assert f"Hola [@Ana Pérez](persona:{ana.public_id})" in chosen
    assert made.posts.count() == 1


def test_whom_one_can_mention_is_for_members_alone() -> None:
    listed("Ana Pérez", audience="public")
    path = reverse("share:people-to-mention") + "?mencion=ana"
    assert "Ana Pérez" in page(member(), path)
    assert "Ana Pérez" not in page(UserFactory(), path)
    assert client_of(None).get(path).status_code == 302


def test_whom_one_can_mention_is_found_by_the_beginning_of_a_name() -> None:
    listed("Inés Gómez Paz", audience="members")
    writer = member()
    path = reverse("share:people-to-mention")
    for words in ("in", "iné", "gom", "góm", "inés gom", "Inés Gómez", "paz gó", "in'"):
        assert "Inés Gómez Paz" in page(writer, f"{path}?{urlencode({'mencion': words})}"), words
    for words in ("omez", "inés x", "x gom", "'|!&:*", "<->"):
        assert "Inés Gómez Paz" not in page(writer, f"{path}?{urlencode({'mencion': words})}"), words


def test_the_preview_fragment_is_clean() -> None:
    path = reverse("share:markdown-preview")
    response = send(member(), path, field="minutes", minutes="**sí** <script>no</script>")
    assert "<strong>sí</strong>" in response.content.decode()
    assert "<script" not in response.content.decode()
    assert client_of(None).post(path, {"text": "hola"}).status_code == 302


def test_an_answer_a_comment_and_a_quote() -> None:
    made, author = thread(), member()
    answer = post(made, text="Con una ordenanza.")
    quoting = page(author, f"{answer_path(made)}?cita={answer.number}")
    assert f"&gt; [#2](mensaje:{answer.pk})\n&gt;\n&gt; Con una ordenanza." in quoting
    response = send(author, answer_path(made), text="¿Cuál?", comenta="2", client_key=str(uuid4()))
    comment = made.posts.get(number=3)
    assert comment.parent == answer
    assert response.url == comment.get_absolute_url()
    send(author, answer_path(made), text="Nosotros con un decreto.")
    assert made.posts.get(number=4).is_answer


@pytest.mark.parametrize("query", ["?cita=99", "?cita=x", "?comenta=99999999999", "?cita=²"])
def test_a_quote_of_nothing_is_an_empty_form(query: str) -> None:
    assert "Publicar" in page(member(), answer_path(thread()) + query)


def test_what_was_written_into_a_conversation_that_closed_meanwhile_is_not_lost() -> None:
    made = thread(closed_at=timezone.now())
    html = send(member(), answer_path(made), text="Una respuesta larga").content.decode()
    assert "está cerrada" in html
    assert "Una respuesta larga" in html


def test_what_waits_says_so() -> None:
    made, author = thread(), member()
    text = "Mirá https://uno.example/ https://dos.example/"
    response = client_of(author).post(answer_path(made), {"text": text}, follow=True)
    assert "lo mira alguien del equipo" in response.content.decode()


def test_nobody_finds_the_form_of_what_she_may_not_read() -> None:
    hidden = thread(hidden_at=timezone.now())
    inside = thread(visibility="members")
    assert client_of(member()).get(answer_path(hidden)).status_code == 404
    assert client_of(UserFactory()).get(answer_path(inside)).status_code == 404


def test_one_changes_and_takes_away_ones_own_and_nobody_elses() -> None:
    mine = post(thread(), text="Con una ordenansa.")
    edit, remove = (reverse(f"share:post-{step}", args=[mine.pk]) for step in ("edit", "remove"))
    assert "Con una ordenansa." in page(mine.author, edit)
    for other in (member(), thread_moderator(), mine.thread.author):
        for path in (edit, remove):
            assert client_of(other).get(path).status_code == 404
            assert client_of(other).post(path, {"text": "Otra cosa"}).status_code == 404
    send(mine.author, edit, text="Con una ordenanza.")
    mine.refresh_from_db()
    assert mine.text == "Con una ordenanza."
    assert "no se pueden recuperar" in page(mine.author, remove)
    send(mine.author, remove)
    mine.refresh_from_db()
    assert (mine.status, mine.text) == ("removed", "")


def test_the_history_is_read_by_whoever_reads_the_post() -> None:
    made = thread(visibility="public")
    mine = post(made, text="Con un decreto de marzo.")
    PostRevision.objects.create(post=mine, text="Con una <b>ordenanza</b> de marzo.", replaced_by=mine.author)
    path = reverse("share:post-history", args=[mine.pk])
    for reader in (None, UserFactory(), member()):
        html = page(reader, path)
        assert "<del>una</del>" in html or "<del>una &lt;b&gt;ordenanza&lt;/b&gt;</del>" in html
        assert "<b>" not in html
    assert mine.author.name not in page(None, path)
    Thread.objects.update(visibility="members")
    assert client_of(None).get(path).status_code == 404
    assert client_of(UserFactory()).get(path).status_code == 404
    for status in ("hidden", "held", "removed"):
        Post.objects.filter(pk=mine.pk).update(status=status)
        assert client_of(member()).get(path).status_code == 404


def test_a_conversation_about_a_thing_names_it() -> None:
    author, thing = member(), EntryFactory(kind="solution", title="Compostaje en escuelas")
    path = f"{NEW}?sobre=solution:{thing.object_id}"
    assert "Compostaje en escuelas" in page(author, path)
    new(author, path)
    assert Thread.objects.get().about_title == "Compostaje en escuelas"
    for gone in ("solution:999999999", "person:1", "x", "solution:99999999999999999999"):
        assert "ya no está a la vista" in page(author, f"{NEW}?sobre={gone}")


def test_buttons_do_what_they_say_and_say_why_not() -> None:
    made = thread()
    answer, reader = post(made), member()
    send(reader, reverse("share:post-thanks", args=[answer.pk]), value="1")
    send(reader, reverse("share:thread-support", args=[made.pk]), value="1")
    send(made.author, reverse("share:answer-accept", args=[answer.pk]), value="1")
    made.refresh_from_db()
    answer.refresh_from_db()
    assert (answer.thanks, made.supporters, made.accepted) == (1, 1, 1)
    refused = client_of(reader).post(
        reverse("share:answer-accept", args=[answer.pk]), {"value": "0"}, follow=True
    )
    assert "la marca quien preguntó" in refused.content.decode()
    closed = send(made.author, reverse("share:thread-close", args=[made.pk]), value="1")
    assert closed.url == reverse("share:thread-outcome", args=[made.pk])
    send(made.author, closed.url, outcome="Empezamos en marzo.")
    send(made.author, reverse("share:thread-close", args=[made.pk]), value="0")
    made.refresh_from_db()
    assert (made.outcome, made.is_closed) == ("Empezamos en marzo.", False)
    send(made.author, reverse("share:thread-edit", args=[made.pk]), title="¿Cómo empezamos entonces?")
    made.refresh_from_db()
    assert made.title == "¿Cómo empezamos entonces?"
