"""Tells the audit trail who makes the current request."""

from collections.abc import Callable
from ipaddress import ip_address

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
    """Return the peer's address; a reverse proxy must set it (see docs/operations.md)."""
    try:
        return str(ip_address(request.META.get("REMOTE_ADDR", "")))
    except ValueError:
        return None
