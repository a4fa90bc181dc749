"""What browsers and proxies may do with a page."""

import pytest
from django.test import Client

from portal.core.visitor_cache import forget_visitor_pages
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[0, 60], ids=["made anew", "kept"])
def kept(request, settings) -> None:
    """Each test with pages that are made anew and with pages that are kept."""
    settings.VISITOR_CACHE_SECONDS = request.param


def test_a_visitors_page_may_be_kept_by_anybody_who_asks_before_using_it_again(kept, client: Client) -> None:
    for _again in range(2):
        answer = client.get("/", headers={"Accept-Encoding": "gzip"})
        assert answer["Cache-Control"] == "public, no-cache"
        assert {"Cookie", "Accept-Encoding"} <= set(answer["Vary"].split(", "))
        assert answer["ETag"]


@pytest.mark.parametrize("path", ["/", "/?utm_source=correo"])
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_who_has_the_page_already_is_told_so(kept, client: Client, path: str, encoding: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": encoding})
    again = client.get(path, headers={"Accept-Encoding": encoding, "If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert again["ETag"] == first["ETag"]
    assert again["Cache-Control"] == "public, no-cache"


def test_a_page_that_changed_is_sent_anew(kept, client: Client, django_capture_on_commit_callbacks) -> None:
    etag = client.get("/")["ETag"]
    EntryFactory(title="Compostaje en los barrios")
    with django_capture_on_commit_callbacks(execute=True):
        forget_visitor_pages()
    answer = client.get("/", headers={"If-None-Match": etag})
    assert answer.status_code == 200
    assert answer["ETag"] != etag


def test_an_asking_browser_does_not_keep_the_page_from_being_kept(
    client: Client, settings, django_assert_num_queries
) -> None:
    settings.VISITOR_CACHE_SECONDS = 60
    etag = client.get("/")["ETag"]
    forget_visitor_pages()
    assert client.get("/", headers={"If-None-Match": etag}).status_code == 304
    with django_assert_num_queries(0):
        assert client.get("/").status_code == 200


@pytest.mark.parametrize("path", ["/", "/?utm_source=correo", "/guia-de-estilo/", "/cuenta/"])
def test_what_a_signed_in_reader_gets_is_kept_by_her_browser_alone(kept, client: Client, path: str) -> None:
    client.force_login(UserFactory())
    for _again in range(2):
        answer = client.get(path)
        assert "private" in answer["Cache-Control"]
        assert "public" not in answer["Cache-Control"]


def test_a_page_with_a_message_for_somebody_is_hers_alone(client: Client) -> None:
    client.cookies["messages"] = "x"
    assert client.get("/")["Cache-Control"] == "private, no-cache"


def test_a_program_that_asks_for_the_headers_alone_gets_the_same(client: Client) -> None:
    page, headers = client.get("/"), client.head("/")
    for name in ("Cache-Control", "ETag", "Vary"):
        assert headers[name] == page[name]


def test_each_language_has_a_mark_of_its_own(client: Client) -> None:
    spanish = client.get("/")["ETag"]
    client.cookies["django_language"] = "en"
    assert client.get("/", headers={"If-None-Match": spanish}).status_code == 200
