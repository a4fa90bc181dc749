"""The page of a conversation as each reader finds it."""

import re

import pytest
from django.test import Client
from django.utils import timezone

from portal.accounts.models import User
from portal.safety.services import block_add
from share.models import Post, Thread, ThreadReader
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db


def get(reader: User | None, url: str) -> Client:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return client.get(url, follow=True)


def page(reader: User | None, made: Thread, query: str = "") -> str:
    response = get(reader, made.get_absolute_url() + query)
    assert response.status_code == 200
    return response.content.decode()


def numbers(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'id="mensaje-(\d+)" tabindex', html)]


def long_thread(posts: int, **wanted: object) -> Thread:
    """A conversation with many answers, each third of which is a comment on the one before."""
    made = thread(**wanted)
    writer = member()
    rows = [
        Post(
            thread=made,
            number=number,
            branch=number,
            author=writer,
            text="x",
            html=f"<p>Respuesta {number}</p>",
        )
        for number in range(2, posts + 1)
    ]
    Post.objects.bulk_create(rows)
    Thread.objects.filter(pk=made.pk).update(last_number=posts)
    made.refresh_from_db()
    return made


def test_each_role_reads_what_is_hers() -> None:
    public = thread(title="¿Cómo separan en origen?", visibility="public")
    inside = thread(title="¿Con qué criterios eligen?", visibility="members")
    hidden = thread(title="Publicidad", visibility="public", hidden_at=timezone.now())
    readers = {
        "visitor": None,
        "account": UserFactory(),
        "left": MembershipFactory(left=True).user,
        "colleague": member(),
        "staff": UserFactory(staff=True),
    }
    found = {
        name: [get(reader, one.get_absolute_url()).status_code for one in (public, inside, hidden)]
        for name, reader in readers.items()
    }
    assert found == {
        "visitor": [200, 404, 404],
        "account": [200, 404, 404],
        "left": [200, 404, 404],
        "colleague": [200, 200, 404],
        "staff": [200, 200, 200],
    }


def test_members_read_the_name_of_whoever_wrote_and_others_do_not() -> None:
    author = member(name="Clara Ríos")
    made = thread(author=author, visibility="public", municipality=author.memberships.get().municipality)
    Post.objects.filter(thread=made).update(municipality=made.municipality)
    assert "Clara Ríos" in page(member(), made)
    for reader in (None, UserFactory(), MembershipFactory(left=True).user):
        html = page(reader, made)
        assert "Clara Ríos" not in html
        assert "Integrante de la red" in html
        assert made.municipality.name in html


def test_the_outcome_and_the_accepted_answers_come_before_the_posts() -> None:
    made = thread(visibility="public", outcome="Quedó en ordenanza", outcome_html="<p>Quedó en ordenanza</p>")
    post(made, text="Otra")
    answer = post(made, text="La que sirvió", accepted_at=timezone.now())
    html = page(member(), made)
    assert html.index("Quedó en ordenanza") < html.index(f'href="{answer.get_absolute_url()}"')
    assert html.index(f'href="{answer.get_absolute_url()}"') < html.index('id="mensaje-1"')


def test_comments_stand_below_their_answer_whenever_they_were_written() -> None:
    made = thread()
    first = post(made, text="uno")
    second = post(made, text="dos")
    post(made, text="sobre uno", parent=first)
    post(made, text="sobre dos", parent=second)
    assert numbers(page(member(), made)) == [1, 2, 4, 3, 5]


def test_pages_of_a_long_conversation_hold_every_post_once() -> None:
    made = long_thread(120)
    reader, seen, query = member(), [], ""
    for _page in range(5):
        html = page(reader, made, query)
        seen += numbers(html)
        onward = re.search(r'rel="next"\s+href="(\?cursor=[^"]+)"', html)
        if onward is None:
            break
        query = onward[1]
    assert seen == list(range(1, 121))
    assert numbers(page(reader, made, "?cursor=fin")) == list(range(71, 121))
    assert numbers(page(reader, made, "?cursor=antes-71-71")) == list(range(21, 71))
    assert numbers(page(reader, made, "?cursor=antes-40-40")) == list(range(1, 51))


@pytest.mark.parametrize("cursor", ["x", "tras-1", "tras-1-9999999999999", "%00", "desde-99999-1"])
def test_a_cursor_that_nobody_wrote_still_shows_a_page(cursor: str) -> None:
    assert numbers(page(None, thread(visibility="public"), f"?cursor={cursor}")) == [1]


def test_a_link_to_a_post_leads_to_the_page_that_it_stands_on() -> None:
    made = long_thread(130)
    for number in (1, 30, 50, 51, 117, 130):
        response = get(member(), f"/intercambiar/conversaciones/{made.pk}/mensaje/{number}/")
        place, _code = response.redirect_chain[0]
        assert place.endswith(f"#mensaje-{number}")
        assert number in numbers(response.content.decode())


def test_a_link_to_a_post_that_the_reader_may_not_read_leads_nowhere() -> None:
    made = thread(visibility="public")
    hidden = post(made, status="hidden")
    assert get(member(), hidden.get_absolute_url()).status_code == 404
    assert get(None, thread(visibility="members").posts.get().get_absolute_url()).status_code == 404


def test_what_came_since_the_last_visit_is_marked_and_then_read() -> None:
    made, reader = thread(), member()
    assert "post__new" not in page(reader, made)
    post(made, text="Recién llegada")
    html = page(reader, made)
    assert html.count('class="badge badge--info post__new"') == 1
    assert "1 mensaje nuevo en esta página" in html
    assert "post__new" not in page(reader, made)
    assert ThreadReader.objects.get(user=reader, thread=made).read_number == 2


def test_what_is_new_on_another_page_stays_new() -> None:
    made, reader = long_thread(40), member()
    page(reader, made)
    Post.objects.bulk_create(
        [Post(thread=made, number=n, branch=n, text="x", html="x", author=made.author) for n in range(41, 81)]
    )
    Thread.objects.filter(pk=made.pk).update(last_number=80)
    page(reader, made)
    row = ThreadReader.objects.get(user=reader, thread=made)
    assert row.read_number == 50
    response = get(reader, f"/intercambiar/conversaciones/sin-leer/{made.pk}/")
    assert response.redirect_chain[0][0].endswith("#mensaje-51")
    row.refresh_from_db()
    assert row.read_number == 80


def test_what_waits_is_read_by_its_author_and_the_team_alone() -> None:
    made = thread(visibility="public")
    waiting = post(made, text="Comprá acá", status="held")
    assert "Comprá acá" in page(waiting.author, made)
    assert "Comprá acá" in page(UserFactory(staff=True), made)
    for reader in (None, member(), made.author):
        assert "Comprá acá" not in page(reader, made)


def test_whoever_blocked_reads_the_others_posts_folded_and_who_was_blocked_learns_nothing() -> None:
    made, blocker = thread(), member()
    other = post(made, text="Palabras de alguien").author
    post(made, author=blocker, text="Palabras de quien bloqueó")
    before = page(other, made)
    block_add(user=blocker, other=other, known_as="Alguien")
    html = page(blocker, made)
    assert "Escribió alguien a quien bloqueaste" in html
    assert html.index('<details class="post__folded"') < html.index("Palabras de alguien")
    after = page(other, made)
    assert "bloqueaste" not in after
    assert numbers(after) == numbers(before)
    assert "Palabras de quien bloqueó" in after


def test_what_its_author_took_away_leaves_an_empty_place_where_others_wrote_below() -> None:
    made = thread()
    alone = post(made, text="", status="removed")
    answered = post(made, text="", status="removed")
    post(made, text="Sigo acá", parent=answered)
    html = page(member(), made)
    assert numbers(html) == [1, answered.number, answered.number + 1]
    assert alone.number not in numbers(html)
    assert "Quien escribió este mensaje lo quitó." in html


def test_many_comments_are_folded_and_new_ones_are_not() -> None:
    made, reader = thread(), member()
    answer = post(made)
    for _number in range(8):
        post(made, parent=answer)
    assert "Ver 4 comentarios más" in page(reader, made)
    post(made, parent=answer, text="el noveno")
    assert '<details class="comments__more" open>' in page(reader, made)


def test_scripts_in_titles_and_names_are_shown_and_not_run() -> None:
    made = thread(
        title="</script><script>alert(1)</script>",
        visibility="public",
        author=member(name="<img src=x onerror=alert(1)>"),
        about_kind="solution",
        about_id=1,
        about_title='"><script>x</script>',
        about_url="/inspirarme/",
    )
    for reader in (None, member()):
        html = page(reader, made)
        assert "<script>alert" not in html
        assert "<script>x" not in html
        assert "<img src=x" not in html


def test_a_public_question_is_told_to_search_engines_without_names() -> None:
    made = thread(visibility="public", title="¿Cómo separan?")
    answer = post(made, text="Así", accepted_at=timezone.now())
    html = page(None, made)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert data is not None
    assert '"QAPage"' in data[1]
    assert '"acceptedAnswer"' in data[1]
    assert answer.author.name not in html
    assert "ld+json" not in page(member(), thread(visibility="members"))


def test_following_stopping_and_silencing() -> None:
    made, reader = thread(), member()
    client = Client()
    client.force_login(reader)
    for value, expected in (("follow", (True, False)), ("mute", (False, True)), ("stop", (False, False))):
        client.post(f"/intercambiar/conversaciones/seguir/{made.pk}/", {"value": value})
        row = ThreadReader.objects.get(user=reader, thread=made)
        assert (row.is_following, row.is_muted) == expected
    inside = thread(visibility="members")
    client.force_login(MembershipFactory(left=True).user)
    answer = client.post(f"/intercambiar/conversaciones/seguir/{inside.pk}/", {"value": "follow"})
    assert answer.status_code == 404


def test_a_page_of_fifty_posts_asks_no_more_than_one_of_five(django_assert_max_num_queries) -> None:
    reader = member()
    counts = []
    for posts in (5, 60):
        made = long_thread(posts, visibility="public")
        client = Client()
        client.force_login(reader)
        client.get(made.get_absolute_url())
        with django_assert_max_num_queries(12) as asked:
            client.get(made.get_absolute_url())
        counts.append(len(asked))
    assert counts[0] >= counts[1]


def test_a_kept_page_shows_at_once_what_was_written_edited_or_hidden() -> None:
    made, reader = thread(), member()
    answer = post(made, text="Primero")
    assert "Primero" in page(reader, made)
    Post.objects.filter(pk=answer.pk).update(html="<p>Segundo</p>")
    assert "Segundo" in page(reader, made)
    Post.objects.filter(pk=answer.pk).update(status="hidden")
    assert "Segundo" not in page(reader, made)
