"""From where a request comes, as the trail records it."""

import pytest
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import reverse

from portal.accounts.models import User
from portal.audit.context import acting
from portal.audit.middleware import AuditContextMiddleware
from portal.audit.models import AuditEvent
from tests.portal.accounts_factories import PASSWORD, UserFactory

PROXY = "172.18.0.5"


def address(forwarded: str | None, peer: str = PROXY) -> str | None:
    noted = []

    def view(request: HttpRequest) -> HttpResponse:
        noted.append(acting.get().address)
        return HttpResponse()

    headers = {} if forwarded is None else {"X-Forwarded-For": forwarded}
    request = RequestFactory(REMOTE_ADDR=peer).get("/", headers=headers)
    request.session = SessionStore()
    AuditContextMiddleware(view)(request)
    return noted[0]


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", PROXY),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "198.51.100.1, 203.0.113.9", "203.0.113.9"),
        (2, "198.51.100.1, 203.0.113.9,10.0.0.1", "203.0.113.9"),
        (1, "2001:DB8::1", "2001:db8::1"),
        (1, "fe80::1%eth0", "fe80::1"),
        (2, "203.0.113.9", PROXY),
        (1, None, PROXY),
        (1, "", PROXY),
        (1, "203.0.113.9, unknown", PROXY),
        (1, "203.0.113.9, \x00", PROXY),
    ],
)
def test_the_address_is_the_one_that_the_trusted_proxy_saw(
    db, settings, proxies: int, forwarded: str | None, expected: str
) -> None:
    settings.TRUSTED_PROXY_COUNT = proxies
    assert address(forwarded) == expected


def test_a_peer_without_an_address_has_none(db, settings) -> None:
    settings.TRUSTED_PROXY_COUNT = 1
    assert address(None, peer="") is None


def test_a_sign_in_through_the_proxy_is_recorded_with_the_reader_s_address(
    client: Client, settings, db
) -> None:
    settings.TRUSTED_PROXY_COUNT = settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    person: User = UserFactory()
    client.post(
        reverse("account_login"),
        {"login": person.email, "password": PASSWORD},
        REMOTE_ADDR=PROXY,
        headers={"X-Forwarded-For": "198.51.100.1, 203.0.113.9"},
    )
    event = AuditEvent.objects.get(action="account.signed-in")
    assert event.address == "203.0.113.9"
