"""Tells the audit trail who makes the current request."""

from collections.abc import Callable
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from portal.audit.context import Acting, acting


class AuditContextMiddleware:
    """Keep account and address at hand for whatever this request records."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Note the address now, and the account only if the request has a session, so that visitors cost nothing."""
        user_id = request.user.pk if request.session.session_key else None
        token = acting.set(Acting(user_id, _address(request)))
        try:
            return self.get_response(request)
        finally:
            acting.reset(token)


def _address(request: HttpRequest) -> str | None:
    """Return the reader's address: as the outermost trusted proxy saw it, or the peer's where there is none."""
    return _forwarded(request) or _readable(request.META.get("REMOTE_ADDR", ""))


def _forwarded(request: HttpRequest) -> str | None:
    """Read the entry that our outermost proxy wrote; what stands to its left is the reader's own word."""
    entries = request.headers.get("X-Forwarded-For", "").split(",")
    count = settings.TRUSTED_PROXY_COUNT
    return _readable(entries[-count]) if 0 < count <= len(entries) else None


def _readable(text: str) -> str | None:
    # A link-local address may name its interface, which the database does not take.
    try:
        return str(ip_address(text.strip().partition("%")[0]))
    except ValueError:
        return None
