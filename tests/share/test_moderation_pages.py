"""The pages on which the team looks after conversations, and the address at which somebody prefers not to answer."""

import pytest
from django.core import mail
from django.urls import reverse

from portal.notices.models import Notification
from share.models import RoutedQuestion, Thread
from share.routing.declining import decline_url
from share.routing.notices import question_email_body
from share.routing.shown import question_for, routing_shown
from share.services import moderation
from share.services.routing import UNANSWERED, questions_escalate, thread_route
from share.spam import LINKS_OF_THE_NEW
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import TopicFactory
from tests.share.factories import member, post, thread
from tests.share.test_moderation import moderator

pytestmark = pytest.mark.django_db
Status = RoutedQuestion.Status
WEEK_AGO = "2026-01-05T12:00:00Z"


@pytest.fixture
def asked() -> RoutedQuestion:
    """Return a question that was put to one person."""
    TopicFactory(slug="compostaje", name_es="Compostaje")
    person = member()
    EntryFactory(people=[person.pk], topics=["compostaje"])
    of = thread(topics=["compostaje"], title="¿Cómo empezaron con el compostaje?")
    return thread_route(thread_id=of.pk)[0]


def test_a_step_without_a_reason_is_answered_beside_the_field_and_with_one_it_is_done(client):
    of = thread()
    client.force_login(moderator())
    url = reverse("share:thread-moderate", args=[of.pk])
    refused = client.post(url, {"form": "step", "paso-step": "hide", "paso-reason": "", "paso-seen": "0"})
    assert refused.status_code == 400
    assert "Escribí por qué" in refused.content.decode()
    long = client.post(url, {"form": "step", "paso-step": "hide", "paso-reason": "x" * 10_000})
    assert long.status_code == 400
    done = client.post(
        url, {"form": "step", "paso-step": "hide", "paso-reason": "Es publicidad.", "paso-seen": "0"}
    )
    assert done.status_code == 302
    assert Thread.objects.get(pk=of.pk).hidden_at is not None


def test_an_old_page_changes_nothing_and_says_who_was_first(client):
    of, first = thread(), moderator()
    moderation.thread_lock(thread=of, actor=first, reason="Se fue de tema.")
    client.force_login(moderator())
    url = reverse("share:thread-moderate", args=[of.pk])
    sent = {"form": "step", "paso-step": "hide", "paso-reason": "Es publicidad.", "paso-seen": "0"}
    answer = client.post(url, sent, follow=True)
    assert first.name in answer.content.decode()
    assert Thread.objects.get(pk=of.pk).hidden_at is None


@pytest.mark.parametrize("junk", ["", "9" * 40, "<script>", "-1"])
def test_whatever_a_form_is_sent_is_answered(client, junk):
    of = thread()
    client.force_login(moderator())
    for form, fields in (
        ("step", ("paso-step", "paso-seen")),
        ("slow", ("espera-seconds", "espera-seen")),
        ("move", ("lugar-kind", "lugar-areas", "lugar-about", "lugar-seen")),
        (junk, ()),
    ):
        data = {"form": form, **dict.fromkeys(fields, junk)}
        assert client.post(reverse("share:thread-moderate", args=[of.pk]), data).status_code in (
            200,
            302,
            400,
        )
        assert client.post(reverse("share:post-moderate", args=[of.posts.get().pk]), data).status_code in (
            200,
            302,
            400,
        )
    assert (
        client.post(reverse("admin:share_thread_change", args=[of.pk]), {"person": junk}).status_code == 302
    )


def test_an_answer_is_moved_and_given_a_title_on_its_page(client):
    of = thread()
    answer = post(of)
    client.force_login(moderator())
    url = reverse("share:post-moderate", args=[answer.pk])
    without = client.post(url, {"form": "split", "aparte-title": "", "aparte-kind": "question"})
    assert without.status_code == 400
    done = client.post(url, {"form": "split", "aparte-title": "¿Y con las pilas?", "aparte-kind": "question"})
    new = Thread.objects.get(title="¿Y con las pilas?")
    assert done.headers["Location"] == new.get_absolute_url()


def test_the_queue_says_why_each_waits_in_queries_that_do_not_grow(client, django_assert_max_num_queries):
    of = thread()
    for _number in range(6):
        moderation.post_hold(post=post(of, text="<script>alert(1)</script>"), reason=LINKS_OF_THE_NEW)
    client.force_login(moderator())
    with django_assert_max_num_queries(16):
        page = client.get(reverse("admin:share_post_changelist")).content.decode()
    assert page.count("tu cuenta es nueva") == 6
    assert "<script>alert(1)" not in page
    keys = list(of.posts.filter(status="held").values_list("pk", flat=True))
    client.post(reverse("admin:share_post_changelist"), {"action": "approve", "_selected_action": keys})
    of.refresh_from_db()
    assert of.answers == 6


def test_the_team_puts_a_question_to_somebody_it_finds_by_name(client):
    of, person = thread(), member(name="Olga Lidia Fernández")
    client.force_login(moderator())
    url = reverse("admin:share_thread_change", args=[of.pk])
    assert "Olga Lidia Fernández" in client.get(url, {"q": "lidia"}).content.decode()
    client.post(url, {"person": person.pk})
    assert of.routed.get().user == person
    assert "Ya se la acercamos" in client.get(url, {"q": "lidia"}).content.decode()


def test_an_unanswered_question_comes_before_the_team_once(client):
    team = moderator()
    old, new, answered, sample = thread(), thread(), thread(), thread(is_sample=True)
    post(answered)
    Thread.objects.filter(pk__in=[old.pk, answered.pk, sample.pk]).update(created_at=WEEK_AGO)
    assert questions_escalate() == 1
    assert questions_escalate() == 0
    notice = Notification.objects.get(kind=UNANSWERED, user=team)
    assert notice.url == old.get_absolute_url()
    client.force_login(team)
    shown = client.get(reverse("admin:share_thread_changelist")).content.decode()
    assert f"/share/thread/{old.pk}/change/" in shown
    assert f"/share/thread/{answered.pk}/change/" not in shown
    assert f"/share/thread/{new.pk}/change/" in shown


def test_the_address_in_the_email_asks_first_and_works_without_signing_in(client, asked):
    notice = Notification.objects.get(user=asked.user)
    body = question_email_body(notice)
    path = decline_url(asked)
    assert path in body
    assert "compostaje" in body
    page = client.get(path)
    assert page.status_code == 200
    assert asked.thread.title not in page.content.decode()
    assert page.headers["Cache-Control"].count("no-store")
    asked.refresh_from_db()
    assert asked.status == Status.ASKED
    assert client.post(path).status_code == 200
    asked.refresh_from_db()
    assert asked.status == Status.DECLINED
    assert "gracias por avisar" in client.post(path).content.decode()
    assert question_email_body(notice) == ""
    assert not mail.outbox


@pytest.mark.parametrize("token", ["x", "1:abc:def", "a" * 500])
def test_an_address_that_is_not_ours_is_explained(client, token):
    answer = client.get(reverse("share:routed-decline", args=[token]))
    assert answer.status_code == 404
    assert "Este enlace ya no sirve" in answer.content.decode()


def test_whom_it_was_put_to_is_read_by_whoever_asked_and_the_team_and_nobody_else(asked):
    of = asked.thread
    assert [one.why for one in routing_shown(of.author, of)] == ["porque publicó 1 solución sobre compostaje"]
    assert len(routing_shown(moderator(), of)) == 1
    for reader in (member(), UserFactory(), UserFactory(staff=True), asked.user):
        assert routing_shown(reader, of) == []


def test_whoever_asked_never_reads_that_somebody_preferred_not(asked):
    RoutedQuestion.objects.filter(pk=asked.pk).update(status=Status.DECLINED)
    assert routing_shown(asked.thread.author, asked.thread) == []
    assert routing_shown(moderator(), asked.thread)[0].status == "prefirió que no"


def test_who_was_asked_reads_why_on_the_conversation_and_others_do_not(asked):
    shown = question_for(asked.user, asked.thread)
    assert shown is not None
    assert shown.why == "Porque publicaste 1 solución sobre compostaje."
    assert question_for(member(), asked.thread) is None


def test_each_post_leads_a_moderator_to_where_it_is_looked_after_and_nobody_else(client):
    of = thread()
    shown, waiting = post(of), post(of, status="held")
    links = [reverse("share:post-moderate", args=[one.pk]) for one in (shown, waiting)]
    client.force_login(moderator())
    page = client.get(of.get_absolute_url()).content.decode()
    assert all(link in page for link in links)
    assert reverse("share:thread-moderate", args=[of.pk]) in page
    client.force_login(waiting.author)
    page = client.get(of.get_absolute_url()).content.decode()
    assert "cuidar" not in page
