"""E-mails, compared with files. `UPDATE_EMAILS=1 pytest tests/portal/test_notices_emails.py` writes them anew."""

import os
import re
from pathlib import Path
from uuid import UUID

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from portal.notices.emails import digest_email, notice_email
from portal.notices.kinds import NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.services import notice_deliver, notify
from portal.notices.services.memberships import DECIDED, REQUESTED
from portal.notices.texts import Text
from tests.portal.notices_factories import NotificationFactory, a_person

FILES = Path(__file__).parent / "emails"
LANGUAGES = ("es-ar", "en", "pt-br")
BODY = "Hola:\n\n¿Cómo hicieron con el <padrón>?\n\nGracias"


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://portal.example.org"
    settings.DEFAULT_FROM_EMAIL = "Portal de Gestión Municipal <portal@portal.example.org>"


@pytest.fixture(autouse=True)
def message_kind(monkeypatch) -> NoticeKind:
    kind = NoticeKind(
        id="prueba", label="Te escribieron", reason="Porque querías saberlo.", email_body=lambda notice: BODY
    )
    monkeypatch.setitem(notice_kinds._items, kind.id, kind)
    return kind


def a_notice(user, number: int, kind: str, text: str, **fields) -> Notification:
    return NotificationFactory(
        user=user, public_id=UUID(int=number), kind=kind, text=text, email_status="pending", **fields
    )


def decided(user) -> EmailMultiAlternatives:
    text = Text("Ya formás parte de %(municipality)s en el portal.", municipality="Rafaela & Cía")
    return notice_email(a_notice(user, 1, DECIDED, text.said_in(user.language), url="/mi-cuenta/"))


def with_a_body(user) -> EmailMultiAlternatives:
    return notice_email(a_notice(user, 1, "prueba", "Ana <b> te escribió", url="/conectarme/mensajes/"))


def without_an_address(user) -> EmailMultiAlternatives:
    return notice_email(a_notice(user, 1, "gone", "Pasó algo", url="", reason="Porque sí."))


def digest(user) -> EmailMultiAlternatives:
    requests = Text.plural(
        "Una persona pidió sumarse a %(municipality)s.",
        "%(number)s personas pidieron sumarse a %(municipality)s.",
        number=4,
        municipality="Rafaela",
    )
    return digest_email(
        [
            a_notice(user, 1, "prueba", "Ana <b> te escribió", url="/conectarme/mensajes/"),
            a_notice(user, 2, REQUESTED, requests.said_in(user.language), group="g"),
            a_notice(user, 3, "prueba", "Eva te escribió", url="", reason="Porque Eva te conoce."),
        ]
    )


def long_digest(user) -> EmailMultiAlternatives:
    return digest_email([a_notice(user, number, "prueba", f"Aviso {number}") for number in range(1, 54)])


SHAPES = (decided, with_a_body, without_an_address, digest, long_digest)


def as_file(message: EmailMultiAlternatives) -> str:
    """Return the e-mail as the mail server gets it, with what differs each time made stable."""
    message.extra_headers["Date"] = "Sun, 22 Nov 2026 11:00:00 -0000"
    written = message.message()
    written.set_boundary("=frontier=")
    return re.sub(r"(/baja/)[^/]+/", r"\1TOKEN/", written.as_bytes().decode())


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.__name__)
def test_each_shape_of_e_mail_is_as_its_file_shows_in_every_language(db, shape):
    for number, language in enumerate(LANGUAGES):
        user = a_person(language=language, email=f"ana{number}@example.org")
        Notification.objects.all().delete()
        written = as_file(shape(user))
        file = FILES / f"{shape.__name__.replace('_', '-')}.{language}.eml"
        if os.environ.get("UPDATE_EMAILS"):
            file.write_text(written)
        assert written == file.read_text(), f"{file.name} differs"


def test_a_digest_says_how_many_more_there_are(db):
    message = long_digest(a_person())
    assert "Aviso 50" in message.body and "Aviso 51" not in message.body
    assert "Hay 3 avisos más" in message.body


@pytest.mark.parametrize(
    "evil", ["Ana\r\nBcc: todos@example.org", "Ana\nX: y", "Ana\u2028Bcc: x@y.z", "Ana\x00"]
)
def test_no_name_reaches_the_headers(db, evil, monkeypatch):
    kind = NoticeKind(
        id="prueba", label=f"Te escribió {evil}".replace("\x00", ""), email_body=lambda notice: evil
    )
    monkeypatch.setitem(notice_kinds._items, "prueba", kind)
    person = a_person(name=evil.replace("\x00", ""))
    [waiting] = notify(users=person, kind="prueba", text=Text("%(name)s", name=evil), fact="f", reason=evil)
    assert notice_deliver(notification_id=waiting) == "sent"
    written = mail.outbox[0].message()
    assert written["Bcc"] is None and written["X"] is None
    assert "\n" not in mail.outbox[0].subject and written["To"] == person.email
    assert mail.outbox[0].recipients() == [person.email]


def test_an_e_mail_shows_no_address_but_its_receiver_s(db):
    other = a_person(email="otra@example.org", name="Eva")
    person = a_person(email="ana@example.org")
    [waiting] = notify(
        users=person, kind="prueba", text=Text("%(name)s pidió algo", name=other), fact="f", naming=[other]
    )
    notice_deliver(notification_id=waiting)
    whole = mail.outbox[0].message().as_bytes().decode()
    assert set(re.findall(r"[\w.+-]+@[\w.-]+\w", whole)) - {"ana@example.org"} == {
        "portal@portal.example.org",
        f"notice-{Notification.objects.get().public_id}@portal.example.org",
    }


def test_a_body_that_stumbles_gives_up_one_e_mail_and_stops_no_other(db, monkeypatch):
    def stumble(notice: Notification) -> str:
        return str(Notification.objects.get(pk=0))

    monkeypatch.setitem(
        notice_kinds._items, "stumbling", NoticeKind(id="stumbling", label="x", email_body=stumble)
    )
    notice = NotificationFactory(kind="stumbling", email_status="pending")
    assert notice_deliver(notification_id=notice.pk) == "failed"
    notice.refresh_from_db()
    assert notice.email_problem == "unwritable"
