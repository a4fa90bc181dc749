"""A notice travels over a real SMTP connection."""

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from email.message import EmailMessage

import pytest

from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.services import deliveries_sweep, notice_deliver, notify
from tests.portal.notices_factories import a_person

STATUS = Notification.EmailStatus


class Sink(socketserver.ThreadingTCPServer):
    """A mail server that takes everything, except for addresses at refused.example."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Conversation)
        self.received: list[tuple[list[str], EmailMessage]] = []
        self.connections = 0


class Conversation(socketserver.StreamRequestHandler):
    """One connection, in the words of RFC 5321."""

    server: Sink

    def handle(self) -> None:
        self.server.connections += 1
        self.recipients: list[str] = []
        self.say("220 sink")
        for line in self.rfile:
            verb = line.decode().strip().upper().partition(" ")[0]
            if verb == "QUIT":
                self.say("221 bye")
                return
            self.answer(verb, line.decode().strip())

    def answer(self, verb: str, line: str) -> None:
        if verb == "RCPT" and "refused.example" in line:
            self.say("550 nobody here")
        elif verb == "RCPT":
            self.recipients.append(line.partition("<")[2].partition(">")[0])
            self.say("250 ok")
        elif verb == "DATA":
            self.say("354 go on")
            self.take_message()
            self.say("250 taken")
        else:
            self.say("250 ok")

    def take_message(self) -> None:
        lines = []
        while (line := self.rfile.readline()) != b".\r\n":
            lines.append(line.removeprefix(b".") if line.startswith(b"..") else line)
        message = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
        self.server.received.append((self.recipients, message))
        self.recipients = []

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def sink(settings) -> Iterator[Sink]:
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
        settings.SITE_URL = "https://portal.example.org"
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(id="prueba", label="Algo que pasó")
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


def test_a_real_mail_server_receives_the_notice(db, sink, kind):
    person = a_person(email="ana@example.org")
    [waiting] = notify(
        users=person, kind="prueba", text="Tu cuestionario <ya> está", url="/evaluarme/7/", fact="f"
    )
    assert notice_deliver(notification_id=waiting) == STATUS.SENT

    [(recipients, message)] = sink.received
    assert recipients == ["ana@example.org"]
    assert message["Subject"] == "Algo que pasó"
    text = message.get_body(("plain",)).get_content()
    html = message.get_body(("html",)).get_content()
    notice = Notification.objects.get(pk=waiting)
    link = f"https://portal.example.org/avisos/{notice.public_id}/"
    assert "Tu cuestionario <ya> está" in text and link in text
    assert "Tu cuestionario &lt;ya&gt; está" in html and f'href="{link}"' in html
    assert "https://portal.example.org/avisos/preferencias/" in text
    assert "Portal de Gestión Municipal" in text and "Portal de Gestión Municipal" in html
    assert message["List-Unsubscribe"].strip().startswith("<https://portal.example.org/avisos/baja/")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message["Auto-Submitted"] == "auto-generated"


def test_the_sweep_sends_all_that_wait_over_one_connection(db, sink, kind):
    people = [a_person() for _number in range(12)]
    notify(users=people, kind="prueba", text="Pasó algo", fact="f")
    assert deliveries_sweep() == 12
    assert sorted(address for to, _message in sink.received for address in to) == sorted(
        person.email for person in people
    )
    assert sink.connections == 1
    assert deliveries_sweep() == 0 and len(sink.received) == 12


def test_an_address_that_is_refused_does_not_keep_the_others_waiting(db, sink, kind, caplog):
    gone = a_person(email="nadie@refused.example")
    notify(users=[gone, a_person(), a_person()], kind="prueba", text="Pasó algo", fact="f")
    assert deliveries_sweep() == 2
    left = Notification.objects.get(user=gone)
    assert (left.email_status, left.email_attempts) == (STATUS.PENDING, 1)
    assert "nadie@" not in caplog.text


def test_while_the_mail_server_is_away_nobody_loses_an_attempt(db, settings, sink, kind):
    [waiting] = notify(users=a_person(), kind="prueba", text="Pasó algo", fact="f")
    port, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    assert deliveries_sweep() == 0
    assert Notification.objects.get(pk=waiting).email_attempts == 0
    settings.EMAIL_PORT = port
    assert deliveries_sweep() == 1
    assert Notification.objects.get(pk=waiting).email_status == STATUS.SENT
