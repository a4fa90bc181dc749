"""Notices travel over a real SMTP connection, to a server that is not always well."""

import socket
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.services import (
    deliveries_send,
    deliveries_sweep,
    digest_deliver,
    notice_deliver,
    notify,
)
from tests.portal.mail_server import Post, mail_server
from tests.portal.notices_factories import NotificationFactory, a_person
from tests.portal.safety_factories import at_once

STATUS, MODE = Notification.EmailStatus, Notification.EmailMode


@pytest.fixture
def post(settings) -> Iterator[Post]:
    with mail_server(settings) as post:
        yield post


@pytest.fixture(autouse=True)
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó", reason="Porque querías saberlo.")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


def a_waiting_notice(**fields) -> Notification:
    return NotificationFactory(email_status=STATUS.PENDING, **fields)


def deliver(notice: Notification) -> tuple[str, int, str]:
    """Try again as if the pause were over; return what the row shows."""
    Notification.objects.filter(pk=notice.pk).update(email_due_at=timezone.now())
    notice_deliver(notification_id=notice.pk)
    notice.refresh_from_db()
    return notice.email_status, notice.email_attempts, notice.email_problem


def test_a_real_mail_server_receives_the_notice(db, post):
    person = a_person(email="ana@example.org")
    [waiting] = notify(
        users=person, kind="prueba", text="Tu cuestionario <ya> está", url="/evaluarme/7/", fact="f"
    )
    assert notice_deliver(notification_id=waiting) == STATUS.SENT

    [(recipients, message)] = post.received
    assert recipients == ["ana@example.org"]
    assert message["Subject"] == "Algo que pasó"
    assert message.get_content_type() == "multipart/alternative"
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    notice = Notification.objects.get(pk=waiting)
    link = f"https://portal.example.org/avisos/{notice.public_id}/"
    assert "Tu cuestionario <ya> está" in text and link in text
    assert "Tu cuestionario &lt;ya&gt; está" in html and f'href="{link}"' in html
    assert message["Message-ID"] == f"<notice-{notice.public_id}@portal.example.org>"
    assert message["List-Unsubscribe"].strip().startswith("<https://portal.example.org/avisos/baja/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_sweep_sends_all_that_wait_over_one_connection(db, post):
    people = [a_person() for _number in range(12)]
    notify(users=people, kind="prueba", text="Pasó algo", fact="f")
    assert deliveries_sweep() == 12
    assert post.addresses() == sorted(person.email for person in people)
    assert post.connections == 1
    assert deliveries_sweep() == 0 and len(post.received) == 12


def test_several_workers_share_what_waits_and_nobody_gets_it_twice(transactional_db, post):
    people = [a_person() for _number in range(30)]
    notify(users=people, kind="prueba", text="Pasó algo", fact="f")
    for person in people[:10]:
        a_waiting_notice(user=person, email_mode=MODE.DAILY)
    shares = at_once(deliveries_sweep, deliveries_send, deliveries_send)
    assert sum(shares) == 40 and all(shares)
    assert post.addresses() == sorted(person.email for person in [*people, *people[:10]])
    assert not Notification.objects.to_send().exists()


def test_a_connection_that_broke_at_a_last_attempt_costs_nobody_else_one(db, post):
    last, next_one = a_waiting_notice(email_attempts=4), a_waiting_notice()
    post.answers = {"DATA": [""]}
    assert deliveries_sweep() == 1
    last.refresh_from_db()
    next_one.refresh_from_db()
    assert (last.email_status, last.email_problem) == (STATUS.FAILED, "disconnected")
    assert (next_one.email_status, next_one.email_attempts) == (STATUS.SENT, 1)


def test_an_address_that_is_refused_for_good_is_given_up_and_keeps_nobody_waiting(db, post, caplog):
    gone = a_person(email="nadie@example.org")
    post.refused = {gone.email}
    notify(users=[gone, a_person(), a_person()], kind="prueba", text="Pasó algo", fact="f")
    assert deliveries_sweep() == 2
    left = Notification.objects.get(user=gone)
    assert (left.email_status, left.email_attempts, left.email_problem) == (STATUS.FAILED, 1, "550 recipient")
    assert "nadie@" not in caplog.text
    assert post.asked["RCPT"] == 2


@pytest.mark.parametrize("verb", ["MAIL", "RCPT", "DATA"])
def test_a_server_that_says_later_is_asked_again_until_it_takes_the_message(db, post, verb):
    post.answers = {verb: ["451 try again later", "421 too busy"]}
    notice = a_waiting_notice()
    word = {"MAIL": "server", "RCPT": "recipient", "DATA": "message"}[verb]
    status, attempts, problem = deliver(notice)
    assert (status, attempts, problem) == (STATUS.PENDING, 1, f"451 {word}")
    assert timedelta(minutes=3) < notice.email_due_at - timezone.now() < timedelta(minutes=7)
    status, attempts, _problem = deliver(notice)
    assert (status, attempts) == (STATUS.PENDING, 2)
    assert timedelta(minutes=19) < notice.email_due_at - timezone.now() < timedelta(minutes=31)
    assert deliver(notice) == (STATUS.SENT, 3, "")
    assert post.addresses() == [notice.user.email]


def test_a_message_that_is_refused_for_good_is_not_offered_again(db, post):
    post.answers = {"DATA": ["554 looks like spam"]}
    notice = a_waiting_notice()
    assert deliver(notice) == (STATUS.FAILED, 1, "554 message")
    assert deliver(notice)[1] == 1
    assert post.received == []


def test_a_refused_sender_may_be_mended_before_the_last_attempt(db, post):
    post.answers = {"MAIL": ["550 sender unknown"]}
    notice = a_waiting_notice()
    assert deliver(notice) == (STATUS.PENDING, 1, "550 server")
    assert deliver(notice)[0] == STATUS.SENT


def test_a_server_that_never_takes_it_is_given_up_after_the_fifth_attempt(db, post):
    post.answers = {"RCPT": ["450 mailbox busy"] * 9}
    notice = a_waiting_notice()
    shown = [deliver(notice) for _attempt in range(6)]
    assert [status for status, *_rest in shown] == [STATUS.PENDING] * 4 + [STATUS.FAILED] * 2
    assert shown[-1] == (STATUS.FAILED, 5, "450 recipient")
    assert post.asked["RCPT"] == 5


def test_a_message_whose_receipt_was_lost_comes_again_with_the_same_id(db, post):
    post.answers = {"DATA": [""]}
    notice = a_waiting_notice()
    assert deliver(notice) == (STATUS.PENDING, 1, "disconnected")
    assert deliver(notice)[0] == STATUS.SENT
    ids = [message["Message-ID"] for _to, message in post.received]
    assert len(ids) == 2 and len(set(ids)) == 1


def test_a_server_that_does_not_answer_in_time_leaves_a_visible_reason(db, settings):
    with socket.create_server(("127.0.0.1", 0)) as silent:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = silent.getsockname()
        settings.EMAIL_TIMEOUT = 0.2
        assert deliver(a_waiting_notice()) == (STATUS.PENDING, 1, "timeout")


def test_nobody_home_leaves_a_visible_reason(db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    assert deliver(a_waiting_notice()) == (STATUS.PENDING, 1, "unreachable")


def test_while_the_mail_server_is_away_nobody_loses_an_attempt(db, settings, post):
    [waiting] = notify(users=a_person(), kind="prueba", text="Pasó algo", fact="f")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert deliveries_sweep() == 0
    assert Notification.objects.get(pk=waiting).email_attempts == 0
    settings.EMAIL_PORT = port
    assert deliveries_sweep() == 1
    assert Notification.objects.get(pk=waiting).email_status == STATUS.SENT


def test_a_digest_that_fails_waits_as_a_whole_and_is_not_sent_by_halves(db, post):
    person = a_person()
    for _number in range(3):
        a_waiting_notice(user=person, email_mode=MODE.DAILY)
    post.answers = {"RCPT": ["451 try again later"]}
    assert deliveries_sweep() == 0
    rows = Notification.objects.values_list("email_status", "email_attempts", "email_problem").distinct()
    assert list(rows) == [(STATUS.PENDING, 1, "451 recipient")]
    Notification.objects.update(email_due_at=timezone.now())
    assert digest_deliver(user_id=person.pk) == STATUS.SENT
    assert not Notification.objects.to_send().exists()
    assert len(post.received) == 1
