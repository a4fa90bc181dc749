"""What a notice looks like as an e-mail."""

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from portal.accounts.models import User
from portal.notices.kinds import notice_kinds
from portal.notices.models import Notification
from portal.notices.urls_of_ours import absolute

UNSUBSCRIBE_SALT = "portal.notices.unsubscribe"


def notice_email(notice: Notification, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """Write the e-mail of a notice: plain text with an equal in simple HTML, and one-click unsubscription.

    Args:
        notice: with its user loaded.
        connection: the connection to send it through; the default one when not given.
    """
    with translation.override(settings.LANGUAGE_CODE):
        kind = notice_kinds.get(notice.kind) if notice.kind in notice_kinds else None
        subject = str(kind.label) if kind else settings.SITE_NAME
        context = {
            "notice": notice,
            "subject": subject,
            "SITE_NAME": settings.SITE_NAME,
            "ORGANISATION_NAME": settings.ORGANISATION_NAME,
            "notice_url": absolute(notice.get_absolute_url()) if notice.url else "",
            "preferences_url": absolute(reverse("notices:preferences")),
        }
        text = render_to_string("notices/emails/notice.txt", context)
        html = render_to_string("notices/emails/notice.html", context)
    headers = _unsubscribe_headers(notice) if kind and kind.is_optional else {}
    # Keeps automatic answers ("I am on holiday") away, RFC 3834.
    headers["Auto-Submitted"] = "auto-generated"
    message = EmailMultiAlternatives(
        subject, text, to=[notice.user.email], headers=headers, connection=connection
    )
    message.attach_alternative(html, "text/html")
    return message


def unsubscribe_token(user: User, kind: str) -> str:
    """Return what lets whoever holds the e-mail stop this kind for this person, and nothing else."""
    return signing.dumps({"user": str(user.public_id), "kind": kind}, salt=UNSUBSCRIBE_SALT)


def read_unsubscribe_token(token: str) -> tuple[str, str]:
    """Return the person's public id and the kind.

    Raises:
        BadSignature: we did not write it.
    """
    content = signing.loads(token, salt=UNSUBSCRIBE_SALT)
    return content["user"], content["kind"]


def _unsubscribe_headers(notice: Notification) -> dict[str, str]:
    """Return the headers of RFC 8058."""
    path = reverse("notices:unsubscribe", args=[unsubscribe_token(notice.user, notice.kind)])
    return {
        "List-Unsubscribe": f"<{absolute(path)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
