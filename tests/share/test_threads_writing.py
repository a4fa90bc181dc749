"""Beginning conversations, and what whoever began them does with them."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from portal.catalog.models import Entry
from portal.safety.services import LimitReached
from share.models import Thread, ThreadChange
from share.services.thread_drafts import ThreadDraft
from share.services.threads import outcome_tell, thread_close, thread_create, thread_edit, thread_open
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.share.factories import member, thread, thread_moderator

pytestmark = pytest.mark.django_db
TITLE = "¿Cómo empezaron con el compostaje?"


def draft(author=None, **wanted) -> ThreadDraft:
    town = author.memberships.get().municipality if author and author.memberships.exists() else None
    return ThreadDraft(**{"title": TITLE, "text": "Queremos empezar.", "municipality": town, **wanted})


def test_a_question_begins_with_its_text_and_is_found() -> None:
    author = member()
    made = thread_create(author=author, draft=draft(author))
    opening = made.posts.get()
    assert (opening.number, opening.text, opening.status) == (1, "Queremos empezar.", "visible")
    assert (made.last_number, made.replies, made.visibility) == (1, 0, "members")
    assert opening.municipality == made.municipality == author.memberships.get().municipality
    entry = Entry.objects.get(kind="thread", object_id=made.pk)
    assert (entry.title, entry.visibility) == (TITLE, "members")


def test_the_same_form_sent_again_is_the_same_conversation() -> None:
    author, key = member(), uuid4()
    first = thread_create(author=author, draft=draft(author), client_key=key)
    assert thread_create(author=author, draft=draft(author), client_key=key) == first
    other = thread_create(author=author, draft=draft(author, text="Otra cosa"), client_key=key)
    assert other != first
    assert Thread.objects.count() == 2


def test_who_may_begin_one() -> None:
    left = UserFactory()
    MembershipFactory(user=left, left=True)
    for nobody in (UserFactory(), left):
        with pytest.raises(PermissionDenied):
            thread_create(author=nobody, draft=draft())
    staff = UserFactory(staff=True)
    assert thread_create(author=staff, draft=draft()).municipality is None


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"title": "Hola"}, "title"),
        ({"title": "a" * 201}, "title"),
        ({"text": " \u200b "}, "text"),
        ({"areas": ["no-existe"]}, "areas"),
        ({"topics": ["no-existe"]}, "topics"),
        ({"kind": "otra"}, "kind"),
        ({"visibility": "nadie"}, "visibility"),
        ({"language": "xx"}, "language"),
        ({"municipality": None}, "municipality"),
    ],
)
def test_what_cannot_be_kept_is_said_beside_its_field_and_nothing_is_kept(wanted: dict, field: str) -> None:
    author = member()
    with pytest.raises(ValidationError) as refused:
        thread_create(author=author, draft=draft(author, **wanted))
    assert list(refused.value.error_dict) == [field]
    assert not Thread.objects.exists()


def test_nobody_writes_from_a_town_where_she_does_not_work() -> None:
    author, other = member(), member()
    with pytest.raises(ValidationError, match="trabajes"):
        thread_create(author=author, draft=draft(other))


def test_it_is_about_a_thing_that_its_author_may_find_and_that_is_discussed() -> None:
    author = member()
    thing = EntryFactory(kind="solution", visibility="members")
    made = thread_create(author=author, draft=draft(author, about=thing))
    assert (made.about_kind, made.about_id, made.about_title) == ("solution", thing.object_id, thing.title)
    with pytest.raises(ValidationError, match="integrantes"):
        thread_create(author=author, draft=draft(author, about=thing, visibility="public"))
    for kind in ("person", "town", "thread"):
        with pytest.raises(PermissionDenied):
            thread_create(author=author, draft=draft(author, about=EntryFactory(kind=kind)))


def test_what_looks_like_spam_is_kept_hidden() -> None:
    author = member()
    text = "Mirá https://uno.example/ https://dos.example/"
    made = thread_create(author=author, draft=draft(author, text=text))
    assert made.posts.get().status == "held"
    assert Thread.objects.get().hidden_at is not None
    assert not Entry.objects.filter(kind="thread").exists()


def test_a_flood_of_conversations_stops() -> None:
    author = member()
    for number in range(3):
        thread_create(author=author, draft=draft(author, text=f"Pregunta {number}"))
    with pytest.raises(LimitReached, match="mañana"):
        thread_create(author=author, draft=draft(author, text="Otra"))
    assert Thread.objects.count() == 3


def test_who_leads_a_conversation() -> None:
    made = thread()
    steps = (
        lambda user: thread_edit(thread=made, editor=user, title=f"{TITLE} {user.pk}", areas=[], topics=[]),
        lambda user: thread_close(thread=made, by=user),
        lambda user: thread_open(thread=made, by=user),
        lambda user: outcome_tell(thread=made, by=user, text=f"Quedó {user.pk}"),
    )
    colleague = member(municipality=made.author.memberships.get().municipality)
    for other in (member(), colleague, UserFactory(), UserFactory(staff=True)):
        for step in steps:
            with pytest.raises(PermissionDenied):
                step(other)
    assert not ThreadChange.objects.exists()
    for leader in (made.author, thread_moderator()):
        for step in steps:
            step(leader)
    kinds = list(ThreadChange.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["edited", "closed", "opened", "outcome"] * 2


def test_the_history_says_how_it_was_called_and_a_step_taken_twice_is_one() -> None:
    made = thread(title="¿Cómo empesaron?")
    thread_edit(thread=made, editor=made.author, title=TITLE, areas=[], topics=[])
    thread_edit(thread=made, editor=made.author, title=TITLE, areas=[], topics=[])
    assert "¿Cómo empesaron?" in ThreadChange.objects.get().reason
    thread_close(thread=made, by=made.author)
    thread_close(thread=made, by=made.author)
    assert ThreadChange.objects.filter(kind="closed").count() == 1


def test_the_outcome_is_markdown_and_can_be_taken_back() -> None:
    made = thread()
    told = outcome_tell(thread=made, by=made.author, text="Empezamos **en marzo**. <b>x</b>")
    assert "<strong>en marzo</strong>" in told.outcome_html
    assert "<b>" not in told.outcome_html
    with pytest.raises(ValidationError, match="2001 letras"):
        outcome_tell(thread=made, by=made.author, text="a" * 2001)
    assert outcome_tell(thread=made, by=made.author, text=" ").outcome_html == ""
