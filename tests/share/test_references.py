"""People and posts that a text names, as each reader may know them."""

from uuid import UUID, uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.accounts.models import User
from portal.safety.services import block_add
from share.models import Post
from share.services.posts import post_create
from share.threads.references import filled_in
from share.threads.texts import mention_of, quote_of, text_html, text_kept, text_shown, text_with_names
from tests.connect.factories import listed
from tests.portal.accounts_factories import UserFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db


def shown(reader, *posts: Post) -> str:
    return "".join(filled_in(reader, posts).values())


def mentioning(*people: User) -> Post:
    text = "Hola " + " ".join(mention_of(one.public_id, one.name) for one in people)
    return post_create(thread=thread(visibility="public"), author=listed(), text=text)


def test_a_mention_links_for_who_may_know_her() -> None:
    ana = listed("Ana Pérez")
    made = mentioning(ana)
    assert f'href="/conectarme/personas/{ana.public_id}/">@Ana Pérez</a>' in shown(listed(), made)
    for stranger in (AnonymousUser(), UserFactory()):
        html = shown(stranger, made)
        assert "Ana" not in html
        assert "alguien de la red" in html
        assert "<a" not in html


def test_everybody_reads_the_name_of_who_shows_herself_to_everybody() -> None:
    assert "@Ana Pérez" in shown(AnonymousUser(), mentioning(listed("Ana Pérez", audience="public")))


def test_whoever_is_kept_apart_erased_or_unknown_is_somebody_of_the_network() -> None:
    ana, reader, gone = listed("Ana Pérez"), listed(), listed("Luz Gómez")
    made = mentioning(ana, gone)
    block_add(user=reader, other=ana)
    User.objects.filter(pk=gone.pk).update(erased_at=timezone.now(), is_active=False)
    html = shown(reader, made)
    assert html.count("alguien de la red") == 2
    assert "Ana" not in html
    nobody = post_create(thread=thread(), author=listed(), text=f"[@x](persona:{uuid4()})")
    assert "alguien de la red" in shown(reader, nobody)


def test_a_name_that_is_hostile_is_a_word() -> None:
    html = shown(listed(), mentioning(listed("<b>Ana</b> [x](https://x.example)")))
    assert "&lt;b&gt;Ana&lt;/b&gt;" in html
    assert "https://x.example" not in html.replace("(https://x.example)", "")


def test_a_quote_leads_to_the_post_and_names_who_wrote_it() -> None:
    made = thread()
    answer = post(made, author=listed("Ana Pérez"), text="Con **una** ordenanza.\nDe marzo.")
    quoting = post_create(
        thread=made, author=member(), text=quote_of(answer.pk, answer.number, answer.text) + "¿Cuál?"
    )
    assert "Ana" not in quoting.text + quoting.html
    html = shown(listed(), quoting)
    assert f'<a class="quote-of" href="{answer.get_absolute_url()}">Ana Pérez escribió (#2):</a>' in html
    assert "<blockquote>" in html
    assert "<strong>una</strong>" in html
    assert "<p>¿Cuál?</p>" in html


@pytest.mark.parametrize("change", [{"status": "hidden"}, {"status": "removed"}, {"status": "held"}])
def test_a_quote_of_what_is_gone_names_nobody(change: dict) -> None:
    answer = post(thread(), author=listed("Ana Pérez"))
    quoting = post_create(thread=thread(), author=member(), text=f"> [#2](mensaje:{answer.pk})\n> hola")
    Post.objects.filter(pk=answer.pk).update(**change)
    html = shown(listed(), quoting)
    assert "Ana" not in html
    assert "ya no está" in html


def test_a_quote_of_what_the_reader_may_not_read_names_nobody() -> None:
    answer = post(thread(visibility="members"), author=listed("Ana Pérez", audience="public"))
    public = post_create(
        thread=thread(visibility="public"), author=member(), text=f"> [#2](mensaje:{answer.pk})\n> hola"
    )
    assert "Ana" not in shown(AnonymousUser(), public)
    assert "Ana" in shown(member(), public)


def test_keys_that_are_none_name_nobody() -> None:
    text = "[@x](persona:123) [#](mensaje:99999999999999999999999) [#](mensaje:abc) [@](persona:-)"
    html = shown(listed(), post_create(thread=thread(), author=member(), text=text))
    assert "data-reference" not in html


def test_fifty_posts_are_filled_in_with_the_queries_of_one() -> None:
    reader, made = listed(), thread()
    answer = post(made)

    def posts(number: int) -> list[Post]:
        people = [listed() for _number in range(2)]
        text = "".join(
            [quote_of(answer.pk, 2, "hola"), *(mention_of(one.public_id, one.name) for one in people)]
        )
        return [post_row(made, text) for _number in range(number)]

    def queries(rows: list[Post]) -> int:
        with CaptureQueriesContext(connection) as counted:
            filled_in(User.objects.get(pk=reader.pk), rows)
        return len(counted) - 1

    assert queries(posts(20)) <= queries(posts(1)) <= 9
    assert queries([post(made)]) == 0


def post_row(made, text: str) -> Post:
    row = post(made, text=text_kept(text))
    row.html = text_html(row.text)
    return row


def test_whoever_changes_a_text_reads_names_in_it() -> None:
    key = UUID(int=7)
    kept = text_kept(f"Hola [@Ana Pérez](persona:{key}) y [@x](persona:{UUID(int=8)})")
    named = text_with_names(kept, {key: "Ana [de] Pérez"})
    assert named == f"Hola [@Ana de Pérez](persona:{key}) y [@](persona:{UUID(int=8)})"
    assert text_kept(named) == kept
    assert text_shown(kept, {key: "Ana"}) == "Hola @Ana y @alguien de la red"
