"""Who reads, and where she goes back to."""

from typing import cast

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from portal.accounts.models import User


def reader(request: HttpRequest) -> User:
    """Return the person behind a request whose view asked for a sign-in."""
    return cast(User, request.user)


def way_back(request: HttpRequest, otherwise: str) -> str:
    """Return the page of ours that the reader came from, as its form or link says; never another site's."""
    given = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return given if is_ours and given.startswith("/") else otherwise
