"""What of a conversation comes to whom: names, things and people that are not for everybody."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import User
from portal.catalog.models import Entry
from portal.notices.models import Notification
from portal.safety.services import block_add
from share.models import Post, RoutedQuestion, Thread, ThreadReader
from share.permissions.threads import can_open_thread
from share.services import moderation
from share.services.appreciation import thanks_set
from share.services.posts import post_create
from share.services.thread_notices import questions_tell
from share.spam import LINKS_OF_THE_NEW
from share.threads.texts import mention_of, quote_of
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import PolicyAreaFactory
from tests.share.factories import member, post, thread, thread_moderator
from tests.share.test_posts_writing import a_file

pytestmark = pytest.mark.django_db
API = "/api/v1/threads/"
WHY = "tu cuenta es nueva y el texto lleva a varias páginas de afuera"
_OF_A_REQUEST = re.compile(
    r'name="(?:csrfmiddlewaretoken|client_key|shown_at)" value="[^"]+"|"X-CSRFToken": ?"[^"]+"|nonce="[^"]+"'
)


def signed_in(reader: User | None) -> Client:
    client = Client()
    if reader is not None:
        client.force_login(reader)
    return client


def page(reader: User | None, made: Thread) -> str:
    answer = signed_in(reader).get(made.get_absolute_url())
    assert answer.status_code == 200
    return str(_OF_A_REQUEST.sub("", answer.content.decode()))


def held_question() -> Thread:
    made = thread(title="¿Quién compró un camión?", text="Mirá https://uno.example")
    moderation.post_hold(post=made.posts.get(number=1), reason=LINKS_OF_THE_NEW)
    made.refresh_from_db()
    return made


def test_whoever_asked_reads_what_waits_and_why_and_nobody_else_does() -> None:
    made = held_question()
    author = made.author
    html = page(author, made)
    assert WHY in html
    assert "Mirá https://uno.example" in html
    assert reverse("share:post-edit", args=[made.posts.get().pk]) in html
    assert "Esta conversación ya no está" not in html
    assert "Oculta por el equipo" not in html
    told = Notification.objects.get(user=author)
    assert signed_in(author).get(told.url, follow=True).status_code == 200
    assert signed_in(author).get(f"{API}{made.pk}/").status_code == 200
    for reader in (None, UserFactory(), MembershipFactory(left=True).user, member()):
        for path in (made.get_absolute_url(), told.url, f"{API}{made.pk}/", f"{API}{made.pk}/posts/"):
            assert signed_in(reader).get(path).status_code == 404
    moderation.post_reject(post=made.posts.get(), actor=thread_moderator(), reason="Es publicidad.")
    assert signed_in(author).get(made.get_absolute_url()).status_code == 404


def test_opening_a_conversation_and_the_list_of_what_can_be_opened_agree() -> None:
    waiting, hidden = held_question(), thread(hidden_at=timezone.now())
    shown, inside = thread(visibility="public"), thread()
    readers = [made.author for made in (waiting, hidden, inside)]
    readers += [UserFactory(), MembershipFactory(left=True).user, member(), UserFactory(staff=True)]
    for reader in readers:
        for made in (waiting, hidden, shown, inside):
            is_found = Thread.objects.readable_by(reader).filter(pk=made.pk).exists()
            assert bool(can_open_thread(reader, made)) == is_found
    assert can_open_thread(waiting.author, waiting)
    assert not can_open_thread(hidden.author, hidden)


def test_why_an_answer_waits_is_said_to_whoever_wrote_it() -> None:
    made = thread(visibility="public")
    waiting = moderation.post_hold(post=post(made, text="Compren acá"), reason=LINKS_OF_THE_NEW)
    html = page(waiting.author, made)
    assert WHY in html
    assert "Compren acá" in html
    for reader in (None, member(), made.author):
        assert WHY not in page(reader, made)


def test_who_was_blocked_reads_to_the_letter_what_she_read_before() -> None:
    blocker, other = listed("Berta Blanco"), member()
    made = thread(author=blocker)
    quoted = post(made, author=blocker)
    text = quote_of(quoted.pk, 2, "Con una ordenanza.") + mention_of(blocker.public_id, blocker.name)
    post_create(thread=made, author=listed("Carla Cruz"), text=text)
    page(other, made)
    before = page(other, made)
    told = signed_in(other).get(f"{API}{made.pk}/posts/").json()
    assert f"/conectarme/personas/{blocker.public_id}/" in before
    block_add(user=blocker, other=other, known_as="Alguien")
    assert page(other, made) == before
    assert signed_in(other).get(f"{API}{made.pk}/posts/").json() == told


def test_nothing_leads_whoever_blocked_to_whom_she_blocked() -> None:
    blocked, reader, made = listed("Berta Blanco"), member(), thread()
    post(made, author=blocked)
    post_create(thread=made, author=member(), text=mention_of(blocked.public_id, blocked.name))
    address = f"/conectarme/personas/{blocked.public_id}/"
    block_add(user=reader, other=blocked, known_as="Alguien")
    html = page(reader, made)
    assert "Escribió alguien a quien bloqueaste" in html
    assert address not in html
    told = signed_in(reader).get(f"{API}{made.pk}/posts/").content.decode()
    assert address not in told


def test_a_thing_is_named_to_those_only_who_find_it() -> None:
    entry = EntryFactory(kind="solution", title="Plan de bacheo", visibility="members")
    about = {"about_kind": "solution", "about_id": entry.object_id}
    made = thread(visibility="public", about_title=entry.title, about_url=entry.url, **about)
    paths = [
        made.get_absolute_url(),
        reverse("share:thread-list"),
        f"{reverse('share:thread-list')}?sobre=solution:{entry.object_id}",
        f"{API}{made.pk}/",
        API,
    ]
    for path in paths:
        assert "Plan de bacheo" not in signed_in(None).get(path).content.decode(), path
        assert "Plan de bacheo" in signed_in(member()).get(path).content.decode(), path
    file = b"".join(signed_in(None).get(reverse("share:thread-export-csv")).streaming_content)
    assert "Plan de bacheo" not in file.decode()
    Entry.objects.all().delete()
    html = page(member(), made)
    assert "Plan de bacheo" not in html
    assert "algo que ya no está a la vista" in html


def test_a_page_with_everything_at_once_asks_at_most_twelve_times(django_assert_max_num_queries) -> None:
    reader, named = member(), [listed() for _number in range(3)]
    made = thread(author=listed(), visibility="public", areas=[PolicyAreaFactory(slug="health").slug])
    for person in named:
        answer = post_create(thread=made, author=person, text="Con una ordenanza.", files=[a_file()])
        mentions = " ".join(mention_of(one.public_id, one.name) for one in named)
        text = quote_of(answer.pk, answer.number, "hola") + mentions
        post_create(thread=made, author=UserFactory(staff=True), text=text, parent=answer)
        thanks_set(post=answer, user=reader, is_thanking=True)
    Post.objects.filter(thread=made, number=2).update(accepted_at=timezone.now())
    RoutedQuestion.objects.create(thread=made, user=reader, reasons=["team"])
    ThreadReader.objects.create(thread=made, user=reader, is_following=True, read_number=2)
    Thread.objects.filter(pk=made.pk).update(routed_at=timezone.now())
    client = signed_in(reader)
    # Nobody has read it yet: what is kept for everybody is made first.
    with django_assert_max_num_queries(18):
        client.get(made.get_absolute_url())
    made.refresh_from_db()
    post(made)
    page(member(), made)
    with django_assert_max_num_queries(12):
        html = client.get(made.get_absolute_url()).content.decode()
    assert html.count('class="mention"') == 9
    assert html.count('class="quote-of"') == 3
    assert html.count('class="post__files"') == 3
    assert html.count('aria-pressed="true"') == 4
    assert "Te acercamos esta pregunta" in html


def test_a_question_of_the_samples_is_told_to_samples_alone() -> None:
    area = PolicyAreaFactory(slug="health")
    people = [MembershipFactory(user=UserFactory(is_sample=is_sample)) for is_sample in (True, False)]
    for works in people:
        works.areas.add(area)
    thread(areas=["health"], is_sample=True, author=member(is_sample=True))
    questions_tell()
    assert [one.user_id for one in Notification.objects.all()] == [people[0].user_id]


def test_search_engines_read_nobodys_name_whoever_is_mentioned_or_quoted() -> None:
    ana = listed("Ana Pérez", audience="public")
    made = thread(visibility="public")
    quoted = post(made, author=ana)
    text = quote_of(quoted.pk, 2, "Con una ordenanza.") + mention_of(ana.public_id, ana.name)
    post_create(thread=made, author=ana, text=text, files=[a_file("Ana Pérez.txt")])
    html = page(None, made)
    data = re.search(r'<script type="application/ld\+json">(.*?)</script>', html)
    assert "Ana Pérez" in html
    assert data is not None
    assert "Con una ordenanza." in json.dumps(json.loads(data[1]), ensure_ascii=False)
    assert "Ana" not in data[1]
