"""E-mails that calendar programs understand, compared with files.

`UPDATE_EMAILS=1 pytest tests/portal/test_notices_calendar.py` writes them anew.
"""

import email
import email.policy
import os
import re
from uuid import UUID

import pytest
from django.core.mail import EmailMultiAlternatives

from portal.notices.emails import digest_email, notice_email
from portal.notices.kinds import CalendarPart, NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.services import digest_deliver, notice_deliver, notify
from tests.portal.mail_server import mail_server
from tests.portal.notices_factories import NotificationFactory, a_person
from tests.portal.test_notices_emails import FILES, LANGUAGES

pytestmark = pytest.mark.django_db
LINES = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Prueba//ES",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "UID:1",
    "DTSTAMP:20261122T110000Z",
    "DTSTART:20261201T130000Z",
    "SUMMARY:Taller de compostaje\\, ñandú y 🌱",
    "END:VEVENT",
    "END:VCALENDAR",
    "",
]
TEXT = "\r\n".join(LINES)


@pytest.fixture(autouse=True)
def site(settings) -> None:
    settings.SITE_URL = "https://portal.example.org"
    settings.DEFAULT_FROM_EMAIL = "Portal de Gestión Municipal <portal@portal.example.org>"


@pytest.fixture
def tells(monkeypatch):
    """Register a kind whose e-mails tell calendars something."""

    def register(part: CalendarPart | None) -> None:
        kind = NoticeKind(
            id="prueba", label="Tu lugar", reason="Porque te anotaste.", email_calendar=lambda notice: part
        )
        monkeypatch.setitem(notice_kinds._items, kind.id, kind)

    return register


def a_notice(user, number: int = 1) -> Notification:
    return NotificationFactory(
        user=user, public_id=UUID(int=number), kind="prueba", text="Tenés tu lugar", email_status="pending",
        url="/intercambiar/encuentros/1/taller/",
    )  # fmt: skip


def as_file(message: EmailMultiAlternatives) -> str:
    message.extra_headers["Date"] = "Sun, 22 Nov 2026 11:00:00 -0000"
    written = message.message()
    for number, part in enumerate(one for one in written.walk() if one.is_multipart()):
        part.set_boundary(f"=frontier-{number}=")
    return re.sub(r"(/baja/)[^/]+/", r"\1TOKEN/", written.as_bytes().decode())


def test_it_is_as_its_file_shows_in_every_language(tells):
    tells(CalendarPart(TEXT, "REQUEST"))
    for number, language in enumerate(LANGUAGES):
        Notification.objects.all().delete()
        written = as_file(
            notice_email(a_notice(a_person(language=language, email=f"ana{number}@example.org")))
        )
        file = FILES / f"with-a-calendar.{language}.eml"
        if os.environ.get("UPDATE_EMAILS"):
            file.write_text(written)
        assert written == file.read_text(), f"{file.name} differs"


@pytest.mark.parametrize("method", ["REQUEST", "CANCEL"])
def test_a_mail_server_gets_it_as_an_alternative_and_as_a_file(tells, settings, method):
    text = TEXT.replace("REQUEST", method)
    tells(CalendarPart(text, method))
    with mail_server(settings) as post:
        [waiting] = notify(users=a_person(), kind="prueba", text="Tenés tu lugar", fact="f")
        assert notice_deliver(notification_id=waiting) == "sent"
    [(_to, message)] = post.received
    assert message.get_content_type() == "multipart/mixed"
    body, file = message.iter_parts()
    assert [part.get_content_type() for part in body.iter_parts()] == [
        "text/plain",
        "text/html",
        "text/calendar",
    ]
    *_texts, calendar = body.iter_parts()
    assert calendar.get_param("method") == method and calendar.get_param("charset").lower() == "utf-8"
    assert calendar.get_payload(decode=True).decode().replace("\r\n", "\n") == text.replace("\r\n", "\n")
    assert (file.get_content_type(), file.get_filename()) == ("application/ics", "invite.ics")
    assert file.get_payload(decode=True).decode() == text


def test_further_calendars_are_files(tells):
    more = CalendarPart(TEXT.replace("UID:1", "UID:2"), "REQUEST")
    tells(CalendarPart(TEXT, "REQUEST", more=(more,)))
    written = notice_email(a_notice(a_person())).message()
    message = email.message_from_bytes(written.as_bytes(), policy=email.policy.default)
    names = [part.get_filename() for part in message.iter_attachments()]
    assert names == ["invite-1.ics", "invite-2.ics"]
    assert len([part for part in message.walk() if part.get_content_type() == "text/calendar"]) == 1


def test_where_there_is_nothing_to_tell_a_calendar_the_e_mail_is_as_any(tells):
    tells(None)
    assert notice_email(a_notice(a_person())).message().get_content_type() == "multipart/alternative"


def test_a_digest_tells_calendars_nothing(tells):
    tells(CalendarPart(TEXT, "REQUEST"))
    notice = a_notice(a_person())
    assert digest_email([notice]).message().get_content_type() == "multipart/alternative"
    Notification.objects.update(email_mode="daily")
    assert digest_deliver(user_id=notice.user_id) == "sent"
