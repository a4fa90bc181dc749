"""E-mails about conversations, compared with files. `UPDATE_EMAILS=1 pytest tests/share/test_thread_emails.py` writes
them anew."""

import os
from datetime import UTC, datetime
from uuid import UUID

import pytest
from django.utils import timezone

from portal.accounts.models import User
from portal.notices.emails import notice_email
from portal.notices.models import Notification
from share.models import PostMention, Thread, ThreadChange
from share.services.reading import thread_follow
from share.services.thread_notices import acceptance_tell, post_tell, questions_tell
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.test_notices_emails import FILES, as_file
from tests.portal.topics_factories import PolicyAreaFactory
from tests.share.factories import member, post, thread

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://portal.example.org"
    settings.DEFAULT_FROM_EMAIL = "Portal de Gestión Municipal <portal@portal.example.org>"


@pytest.fixture
def ana() -> User:
    return member(email="ana@example.org", name="Ana")


@pytest.fixture
def talk() -> Thread:
    return thread(pk=4242, title="¿Cómo separan & <composteras>?", author=member(name="Bruno Díaz"))


def a_post_in_what_she_follows(talk: Thread, ana: User) -> None:
    thread_follow(thread=talk, user=ana, is_following=True)
    post_tell(post_id=post(talk, author=member(name="Clara Ríos"), text="Casa por casa.").pk)


def a_comment_on_her_answer(talk: Thread, ana: User) -> None:
    answer = post(talk, author=ana)
    post_tell(post_id=post(talk, author=member(name="Clara Ríos"), parent=answer, text="¿Con quién?").pk)


def a_mention(talk: Thread, ana: User) -> None:
    written = post(talk, author=member(name="Clara Ríos"), text="Preguntale a ella.")
    PostMention.objects.create(post=written, user=ana)
    post_tell(post_id=written.pk)


def an_accepted_answer(talk: Thread, ana: User) -> None:
    acceptance_tell(post_id=post(talk, author=ana, accepted_at=timezone.now(), accepted_by=talk.author).pk)


def an_outcome(talk: Thread, ana: User) -> None:
    thread_follow(thread=talk, user=ana, is_following=True)
    Thread.objects.filter(pk=talk.pk).update(outcome="Se hizo")
    ThreadChange.objects.create(thread=talk, kind="outcome", by=talk.author)


def a_question_in_her_area(talk: Thread, ana: User) -> None:
    MembershipFactory(user=ana).areas.add(PolicyAreaFactory(slug="environment-waste"))
    Thread.objects.filter(pk=talk.pk).update(areas=["environment-waste"])
    questions_tell()


SHAPES = {
    "thread-post": a_post_in_what_she_follows,
    "thread-comment": a_comment_on_her_answer,
    "thread-mention": a_mention,
    "answer-accepted": an_accepted_answer,
    "thread-outcome": an_outcome,
    "thread-new": a_question_in_her_area,
}


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("language", ["es-ar"])
def test_an_email_is_as_its_file(shape: str, language: str, talk: Thread, ana: User) -> None:
    SHAPES[shape](talk, ana)
    notice = Notification.objects.get(user=ana, kind=shape)
    Notification.objects.filter(pk=notice.pk).update(
        public_id=UUID(int=7), created_at=datetime(2029, 2, 1, 12, tzinfo=UTC)
    )
    notice.refresh_from_db()
    sent = as_file(notice_email(notice))
    file = FILES / f"{shape}.{language}.eml"
    if os.environ.get("UPDATE_EMAILS"):
        file.write_text(sent)
    assert sent == file.read_text()
