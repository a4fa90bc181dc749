"""What notices look like as e-mails: one of its own, or a digest of several."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import ngettext

from portal.accounts.models import User
from portal.notices.kinds import CalendarPart, NoticeKind, notice_kinds
from portal.notices.models import Notification
from portal.notices.timing import zone_named
from portal.notices.urls_of_ours import absolute

UNSUBSCRIBE_SALT = "portal.notices.unsubscribe"
# Stands in an unsubscription for all digests; no kind can be called so.
DIGESTS = "*digests"
# A digest of more lines says how many more there are.
MOST_LINES = 50


@dataclass(frozen=True)
class Section:
    """The part of a digest with the notices of one kind."""

    label: str
    lines: list[dict[str, str]]
    reasons: list[str]
    why_url: str


def notice_email(notice: Notification, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Write the e-mail of a notice: plain text with an equal in simple HTML, and one-click unsubscription.

    Args:
        notice: with its user loaded.
        connection: the connection to send it through; the default one when not given.
    """
    kind = _kind(notice)
    with _speaking_to(notice.user):
        subject = str(kind.label) if kind else settings.SITE_NAME
        context = {
            **_line(notice),
            "body": kind.email_body(notice).strip() if kind and kind.email_body else "",
            "reason": _reason(notice),
            "why_url": _why_url(notice),
        }
        stops = notice.kind if kind and kind.is_optional else ""
        headers = {
            "Message-ID": f"<notice-{notice.public_id}@{_host()}>",
            "List-Id": f"<{notice.kind}.notices.{_host()}>",
        }
        message = _email(notice.user, subject, "notice", context, headers, stops, connection)
        if kind and kind.email_calendar and (calendar := kind.email_calendar(notice)):
            _attach_calendar(message, calendar)
        return message


def digest_email(
    notices: Sequence[Notification], connection: BaseEmailBackend | None = None
) -> EmailMultiAlternatives:
    """Write one e-mail of several notices to one person, by kind and group.

    Args:
        notices: at least one, all to the same person, with their user loaded.
        connection: the connection to send it through; the default one when not given.
    """
    user, number = notices[0].user, len(notices)
    ordered = sorted(notices, key=_place)
    with _speaking_to(user):
        subject = ngettext("Tu resumen: %(number)s aviso", "Tu resumen: %(number)s avisos", number) % {
            "number": number
        }
        context = {
            "sections": _sections(ordered[:MOST_LINES]),
            "more": max(number - MOST_LINES, 0),
            "list_url": absolute(reverse("notices:notice-list")),
        }
        kinds = [_kind(notice) for notice in notices]
        stops = DIGESTS if any(kind and kind.is_optional for kind in kinds) else ""
        content = uuid5(NAMESPACE_URL, " ".join(sorted(str(notice.public_id) for notice in notices)))
        headers = {
            "Message-ID": f"<digest-{content}@{_host()}>",
            "List-Id": f"<digest.notices.{_host()}>",
        }
        return _email(user, subject, "digest", context, headers, stops, connection)


def unsubscribe_token(user: User, kind: str) -> str:
    """Return what lets whoever holds the e-mail stop this kind, or `DIGESTS`, for this person, and nothing else."""
    return signing.dumps({"user": str(user.public_id), "kind": kind}, salt=UNSUBSCRIBE_SALT)


def read_unsubscribe_token(token: str) -> tuple[str, str]:
    """Return the person's public id and the kind, which may be `DIGESTS`.

    Raises:
        BadSignature: we did not write it.
    """
    content = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    return content["user"], content["kind"]


@contextmanager
def _speaking_to(user: User) -> Iterator[None]:
    """Speak a person's language and tell the time of where she is."""
    with translation.override(user.language), timezone.override(zone_named(user.time_zone)):
        yield


def _email(
    user: User,
    subject: str,
    template: str,
    context: dict[str, Any],
    headers: dict[str, str],
    stops: str,
    connection: BaseEmailBackend | None,
) -> EmailMultiAlternatives:
    """Put an e-mail together; `stops` is what one click in it turns off, if anything may be."""
    context = {
        **context,
        "subject": subject,
        "language_tag": _language_tag(),
        "SITE_NAME": settings.SITE_NAME,
        "ORGANISATION_NAME": settings.ORGANISATION_NAME,
        "preferences_url": absolute(reverse("notices:preferences")),
    }
    # Keeps automatic answers ("I am on holiday") away, RFC 3834.
    headers = {**headers, "Auto-Submitted": "auto-generated"}
    if stops:
        address = absolute(reverse("notices:unsubscribe", args=[unsubscribe_token(user, stops)]))
        context["stop_url"] = address
        # RFC 8058.
        headers["List-Unsubscribe"] = f"<{address}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    text = render_to_string(f"notices/emails/{template}.txt", context)
    message = EmailMultiAlternatives(
        " ".join(subject.split()), text, to=[user.email], headers=headers, connection=connection
    )
    message.attach_alternative(render_to_string(f"notices/emails/{template}.html", context), "text/html")
    return message


def _attach_calendar(message: EmailMultiAlternatives, calendar: CalendarPart) -> None:
    """Let calendar programs act on an e-mail (RFC 6047), and people open what it says as a file.

    Programs look for the alternative; those that know none show the file.
    """
    message.attach_alternative(calendar.text, f"text/calendar; method={calendar.method}")
    for number, part in enumerate((calendar, *calendar.more), start=1):
        name = f"invite-{number}.ics" if calendar.more else "invite.ics"
        message.attach(name, part.text.encode(), "application/ics")


def _sections(notices: Sequence[Notification]) -> list[Section]:
    by_kind: dict[str, list[Notification]] = {}
    for notice in notices:
        by_kind.setdefault(notice.kind, []).append(notice)
    return [
        Section(
            label=str(kind.label) if (kind := _kind(own[0])) else settings.SITE_NAME,
            lines=[_line(notice) for notice in own],
            reasons=list(dict.fromkeys(reason for notice in own if (reason := _reason(notice)))),
            why_url=_why_url(own[-1]),
        )
        for own in by_kind.values()
    ]


def _line(notice: Notification) -> dict[str, str]:
    return {"text": notice.text, "url": absolute(notice.get_absolute_url()) if notice.url else ""}


def _reason(notice: Notification) -> str:
    kind = _kind(notice)
    return notice.reason or (str(kind.reason) if kind else "")


def _why_url(notice: Notification) -> str:
    return absolute(reverse("notices:notice-why", args=[notice.public_id]))


def _kind(notice: Notification) -> NoticeKind | None:
    """Return the notice's kind; nothing where nobody sends it any more."""
    return notice_kinds.get(notice.kind) if notice.kind in notice_kinds else None


def _place(notice: Notification) -> tuple[int, str, str, int]:
    kind = _kind(notice)
    return kind.order if kind else 1_000_000, notice.kind, notice.group, notice.pk


def _host() -> str:
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def _language_tag() -> str:
    """Return the current language as HTML names it ("es-AR")."""
    language, _dash, region = (translation.get_language() or settings.LANGUAGE_CODE).partition("-")
    return f"{language}-{region.upper()}" if region else language
