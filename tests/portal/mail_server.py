"""A real mail server for tests, which can be told to misbehave."""

import email
import email.policy
import logging
import socket
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


# The names of the methods are the library's: it looks for a handler of each verb.
class Post:
    """What the server does with each message: takes it, unless `answers` holds something else to say first.

    Args:
        answers: by SMTP verb ("MAIL", "RCPT", "DATA"), what to answer before behaving again; "" cuts the connection
            off before the message is acknowledged, though it was taken.
        refused: addresses that are refused for good.
    """

    def __init__(self) -> None:
        self.answers: dict[str, list[str]] = {}
        self.refused: set[str] = set()
        self.received: list[tuple[list[str], EmailMessage]] = []
        self.asked: Counter[str] = Counter()
        self.connections = 0

    def addresses(self) -> list[str]:
        """Return to whom messages came, in order."""
        return sorted(address for addresses, _message in self.received for address in addresses)

    async def handle_EHLO(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self._answer("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return f"550 5.1.1 {address} is unknown here"
        if answer := self._answer("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        answer = self._answer("DATA")
        if answer:
            return answer
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.received.append((list(envelope.rcpt_tos), message))
        if answer == "":
            server.transport.abort()
        return "250 OK"

    def _answer(self, verb: str) -> str | None:
        self.asked[verb] += 1
        left = self.answers.get(verb)
        return left.pop(0) if left else None


@contextmanager
def mail_server(settings) -> Iterator[Post]:
    """Have the portal's mail taken by a server on this machine."""
    # What the server writes down is not what the portal does.
    logging.getLogger("mail.log").setLevel(logging.ERROR)
    post = Post()
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", _free_port()
    controller = Controller(post, hostname=settings.EMAIL_HOST, port=settings.EMAIL_PORT)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.SITE_URL = "https://portal.example.org"
    try:
        yield post
    finally:
        controller.stop()


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
