"""Every address is guarded, or listed here as public."""

import uuid
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

# What anyone may open, by the name of its address. A new public page is added here on purpose.
PUBLIC = {
    # A person whose name everybody may see; the page asks `connect.people` what of her.
    "connect:person-detail",
    "person-list",
    "person-detail",
    "pages:home",
    "pages:search",
    "pages:language",
    "pages:style-guide",
    "pages:favicon",
    "pages:robots",
    "pages:sitemap",
    "pages:sitemap-pages",
    "pages:sitemap-part",
    "pages:healthz",
    "pages:readyz",
    "places:municipality-search",
    "connect:directory",
    "inspire:solution-list",
    "inspire:solution-map-data",
    "inspire:solution-detail",
    "inspire:solution-export-csv",
    "inspire:solution-export-xlsx",
    "inspire:solution-export-geojson",
    "inspire:solution-feed",
    "solution-list",
    "solution-detail",
    "solution-clusters",
    "inspire:contribution-criteria",
    "questionnaire-list",
    "questionnaire-detail",
    "questionnaire-versions",
    "questionnaire-version",
    "questionnaire-workbook",
    "questionnaire-results",
    "questionnaire-result",
    "evaluate:questionnaire-list",
    "evaluate:questionnaire-detail",
    "evaluate:published-report",
    "evaluate:published-csv",
    "evaluate:published-xlsx",
    "evaluate:published-result-list",
    "evaluate:published-result",
    "notices:unsubscribe",
    "notices:resubscribe",
    "connect:town-list",
    "connect:town-detail",
    "connect:town-things",
    "connect:town-export-csv",
    "connect:town-export-xlsx",
    "municipality-network",
    "network-municipality-list",
    # Encounters that are announced to everybody.
    "share:home",
    "share:event-list",
    "share:event-detail",
    "share:event-export-csv",
    "share:event-export-xlsx",
    "event-list",
    "event-detail",
    "api-schema",
    "policy-area-list",
    "policy-area-detail",
    "municipality-list",
    "municipality-detail",
    "country-list",
    "country-detail",
    # Calendars of what everybody may read, and one's own for whoever has its address.
    # Published minutes, of events that the reader sees.
    "share:event-minutes",
    # What a post said before, for whoever reads the post.
    "share:post-history",
    "share:calendar",
    "share:thread-list",
    "share:thread-detail",
    "share:thread-export-csv",
    "share:thread-export-xlsx",
    "share:post",
    "thread-list",
    "thread-detail",
    "thread-posts",
    "share:site-ics",
    "share:area-ics",
    "share:event-ics",
    "share:event-export-ics",
    "share:personal-ics",
    # Signing in, signing up and confirming an address are how one stops being a visitor.
    "account_login",
    "account_signup",
    "account_logout",
    "account_inactive",
    "account_email_verification_sent",
    "account_confirm_email",
    "account_reset_password",
    "account_reset_password_done",
    "account_reset_password_from_key",
    "account_reset_password_from_key_done",
    "account_confirm_login_code",
    "mfa_login_webauthn",
    "mfa_authenticate",
    "account_reauthenticate",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "admin:login",
    "admin:logout",
    "admin:jsi18n",
    "login-alias",
    # Opened from an e-mail; the address is signed, asks before it does anything, and does one thing.
    "share:routed-decline",
    # A suspended person cannot sign in; the address is signed, and given to who knew the password.
    "safety:appeal",
}
EXAMPLES = {"uuid": uuid.UUID(int=1), "slug": "ejemplo", "int": 1, "str": "es-ar", "path": "ejemplo"}


def addresses(
    patterns: list | None = None, prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str, URLPattern]]:
    """Walk all patterns: full name, an example path, and the pattern."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        path = prefix + example_path(pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, path, inner)
        else:
            yield f"{namespace}{pattern.name or ''}", path, pattern


def example_path(pattern: URLPattern | URLResolver) -> str:
    """Fill a route's converters; a regular expression yields what it literally begins with."""
    route = str(pattern.pattern)
    for name, converter in pattern.pattern.converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower().replace("string", "str")
        for written in (f"<{kind}:{name}>", f"<{name}>"):
            route = route.replace(written, str(EXAMPLES.get(kind, "ejemplo")))
    return route.lstrip("^").split("(?P")[0].rstrip("$").replace("\\", "")


ALL = [(name, path) for name, path, _pattern in addresses()]
GUARDED = [(name, path) for name, path in ALL if name not in PUBLIC and "(" not in path]


def test_addresses_have_names_that_are_unique_enough_to_list() -> None:
    unnamed = [path for name, path in ALL if name.endswith(":") or not name]
    assert all(path.startswith("admin/") for path in unnamed), unnamed


@pytest.mark.django_db
@pytest.mark.parametrize(("name", "path"), GUARDED, ids=[f"{name} {path}" for name, path in GUARDED])
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_visitor_is_turned_away(name: str, path: str, method: str) -> None:
    response = getattr(Client(), method)(f"/{path}")
    is_sent_to_sign_in = response.status_code == 302 and "login" in response.headers["Location"]
    assert is_sent_to_sign_in or response.status_code in (401, 403, 405), f"{path}: {response.status_code}"


def test_the_list_of_public_addresses_names_only_what_exists() -> None:
    assert {name for name, _path in ALL} >= PUBLIC
