"""Conversations in the catalogue, beside things, on the home page, in the API, and as samples."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from portal.accounts.personal_data import erasures, subject_accesses
from portal.catalog.kinds import EntryKind, entry_kinds
from portal.catalog.models import Entry
from portal.catalog.services import catalog_rebuild
from portal.core.starter import SampleWish
from share.models import ListCount, Post, RoutedQuestion, Thread, ThreadReader
from share.samples.generating_threads import threads_generate, threads_remove_generated
from share.samples.threads import threads_create, threads_remove
from share.tasks.threads import add_up_thread_counts
from share.threads.entries import thread_entry_write
from share.threads.panel import questions_by_topic, threads_card
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import TopicFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db
API = "/api/v1/threads/"


def test_the_catalogue_holds_the_question_and_the_answers_that_helped() -> None:
    made = thread(title="¿Cómo separan?", text="Somos 18.000.", visibility="public")
    helped = post(made, text="Con visitas casa por casa", accepted_at=timezone.now())
    post(made, text="Ni idea")
    thread_entry_write(Thread.objects.get(pk=made.pk))
    entry = Entry.objects.get(kind="thread", object_id=made.pk)
    assert entry.summary == "Somos 18.000."
    assert "casa por casa" in entry.body
    assert "Ni idea" not in entry.body
    assert set(entry.people) == {made.author_id, helped.author_id}
    Thread.objects.filter(pk=made.pk).update(hidden_at=timezone.now())
    thread_entry_write(Thread.objects.get(pk=made.pk))
    assert not Entry.objects.filter(kind="thread").exists()


def test_a_rebuild_makes_the_same_entries() -> None:
    made = thread(visibility="members")
    thread(hidden_at=timezone.now())
    catalog_rebuild()
    entry = Entry.objects.get(kind="thread")
    assert entry.object_id == made.pk
    assert entry.visibility == "members"
    assert not Entry.objects.visible_to(AnonymousUser()).filter(kind="thread").exists()


def test_kinds_say_whether_they_are_discussed() -> None:
    assert entry_kinds.get("solution").is_discussed
    assert not entry_kinds.get("person").is_discussed
    assert not entry_kinds.get("thread").is_discussed
    silent = EntryKind("x", "X", "X", "inspire", drafts=list, allows_discussion=False)
    assert not silent.is_discussed


def test_a_solution_shows_what_is_said_about_it_to_each_what_is_hers() -> None:
    solution = SolutionFactory()
    about = {"about_kind": "solution", "about_id": solution.pk, "about_title": solution.title}
    thread(title="Pregunta abierta", visibility="public", **about)
    thread(title="Pregunta de la red", visibility="members", **about)
    catalog_rebuild()
    client = Client()
    html = client.get(solution.get_absolute_url()).content.decode()
    assert "Pregunta abierta" in html
    assert "Pregunta de la red" not in html
    assert f"sobre=solution%3A{solution.pk}" in html
    client.force_login(member())
    assert "Pregunta de la red" in client.get(solution.get_absolute_url()).content.decode()


def test_the_home_page_tells_what_waits() -> None:
    reader, made = member(), thread(title="¿Cómo separan?")
    assert threads_card(reader) is None
    ThreadReader.objects.create(thread=made, user=reader, is_following=True, read_number=1)
    post(made)
    RoutedQuestion.objects.create(thread=made, user=reader, reasons=["team"])
    card = threads_card(reader)
    assert card is not None
    assert card["unread"] == 1
    assert [one.title for one in card["questions"]] == ["¿Cómo separan?"]


def test_a_topic_leads_to_its_questions_where_the_reader_finds_any() -> None:
    for slug in ("compostaje", "agua"):
        TopicFactory(slug=slug)
    thread(topics=["compostaje"], visibility="members")
    assert set(questions_by_topic(member(), ["compostaje", "agua", "nada"])) == {"compostaje"}
    assert questions_by_topic(AnonymousUser(), ["compostaje"]) == {}


def test_the_api_tells_each_reader_what_her_page_shows() -> None:
    public = thread(title="abierta", visibility="public")
    answer = post(public, text="Con una ordenanza.")
    comment = post(public, parent=answer, text="¿Cuál?")
    inside = thread(title="de la red", visibility="members")
    client = Client()
    told = client.get(API).json()
    assert [row["title"] for row in told["results"]] == ["abierta"]
    assert told["count"] == 1
    posts = client.get(f"{API}{public.pk}/posts/").json()["results"]
    assert [row["number"] for row in posts] == [1, 2, 3]
    assert posts[2]["answers_to"] == comment.branch
    assert posts[1]["author"] == "Integrante de la red"
    for path in (f"{API}{inside.pk}/", f"{API}{inside.pk}/posts/", f"{API}{public.pk}/posts/?cursor=x"):
        assert client.get(path).status_code == 404
    assert client.get(f"{API}?vista=mias").status_code in (401, 403)
    reader = member()
    client.force_login(reader)
    assert client.get(API).json()["count"] == 2
    assert client.get(f"{API}{inside.pk}/").json()["states"] == ["unanswered"]
    named = client.get(f"{API}{public.pk}/posts/").json()["results"][1]["author"]
    assert named == answer.author.name
    client.force_login(MembershipFactory(left=True).user)
    assert client.get(f"{API}{inside.pk}/").status_code == 404


def test_the_api_pages_by_key_and_says_that_nothing_changed() -> None:
    made = thread(visibility="public")
    for _number in range(4):
        post(made, author=made.author)
    client, numbers = Client(), []
    address = f"{API}{made.pk}/posts/?page_size=2"
    while address:
        page = client.get(address)
        numbers += [row["number"] for row in page.json()["results"]]
        address = page.json()["next"]
    assert numbers == [1, 2, 3, 4, 5]
    again = client.get(f"{API}{made.pk}/")
    same = client.get(f"{API}{made.pk}/", headers={"if-none-match": again.headers["ETag"]})
    assert same.status_code == 304


def test_generated_conversations_have_true_counts_and_go_again(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in (("BATCH", 8), ("LONG", 30)):
        monkeypatch.setattr(f"share.samples.generating_threads.{name}", value)
    MembershipFactory(user__is_sample=True)
    TopicFactory()
    made = list(threads_generate(SampleWish(50, cities=3)))
    assert made[0] == 0
    assert made[-1] >= 50
    for row in Thread.objects.order_by("-last_number")[:5]:
        posts = Post.objects.filter(thread=row)
        assert posts.count() == row.last_number == row.replies + 1
        assert posts.filter(parent__isnull=True, number__gt=1).count() == row.answers
        assert posts.filter(accepted_at__isnull=False).count() == row.accepted
    comment = Post.objects.filter(parent__isnull=False).select_related("parent").first()
    assert comment is not None
    assert comment.branch == comment.parent.number
    assert list(threads_generate(SampleWish(50, cities=3))) == [made[-1]]
    assert threads_remove_generated() > 0
    assert not Thread.objects.exists()
    assert not Entry.objects.filter(kind="thread").exists()
    assert not ListCount.objects.exists()


def test_the_sample_conversations_come_once_and_go() -> None:
    for _number in range(3):
        MembershipFactory(user__is_sample=True)
    assert threads_create() != ""
    assert threads_create() == ""
    made = Thread.objects.all()
    assert made.count() == 12
    assert all(row.is_sample for row in made)
    assert made.filter(accepted__gt=0).count() >= 5
    assert made.exclude(outcome="").exists()
    assert made.unanswered().exists()
    real = made.first()
    post(real)
    assert threads_remove() == 11
    assert list(Thread.objects.all()) == [real]


def test_a_person_gets_a_copy_of_what_she_read_and_it_goes_with_her_account() -> None:
    reader, made = UserFactory(), thread(title="¿Cómo separan?")
    ThreadReader.objects.create(thread=made, user=reader, is_following=True, read_number=3)
    told = subject_accesses.get("thread-reading").export(reader)
    assert told == [
        {
            "thread": "¿Cómo separan?",
            "is_following": True,
            "is_muted": False,
            "read_number": 3,
            "read_at": None,
        }
    ]
    erasures.get("thread-reading").erase(reader)
    assert not ThreadReader.objects.exists()


def test_the_task_adds_up_what_triggers_wrote() -> None:
    for _number in range(3):
        thread(visibility="public")
    before = sum(ListCount.objects.filter(key="public|all").values_list("count", flat=True))
    add_up_thread_counts()
    assert list(ListCount.objects.filter(key="public|all").values_list("count", flat=True)) == [before] == [3]
