import pytest
from django.conf import LazySettings
from django.test import Client

from portal.core.visitor_cache import forget_visitor_pages
from tests.portal.accounts_factories import UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_pages(settings: LazySettings) -> None:
    settings.VISITOR_CACHE_SECONDS = 60


def test_a_visitors_second_reading_asks_the_database_nothing(client: Client, django_assert_num_queries) -> None:
    first = client.get("/")
    with django_assert_num_queries(0):
        second = client.get("/")
    assert second.content == first.content
    assert second.headers["Content-Security-Policy"] == first.headers["Content-Security-Policy"]


def test_a_visitors_page_sets_no_cookie(client: Client) -> None:
    assert not client.get("/").cookies


def test_what_is_published_is_seen_at_once(client: Client, django_capture_on_commit_callbacks) -> None:
    client.get("/buscar/?q=compostaje")
    EntryFactory(title="Compostaje en los barrios")
    with django_capture_on_commit_callbacks(execute=True):
        forget_visitor_pages()
    assert "Compostaje en los barrios" in client.get("/buscar/?q=compostaje").content.decode()


def test_a_person_with_an_account_never_gets_a_kept_page(client: Client) -> None:
    client.get("/")
    client.force_login(UserFactory(name="Ana Ejemplo"))
    assert "Ana" in client.get("/").content.decode()


def test_a_person_page_is_not_kept_for_visitors(client: Client) -> None:
    client.force_login(UserFactory(name="Ana Ejemplo"))
    client.get("/")
    assert "Ana" not in Client().get("/").content.decode()


def test_each_language_and_each_fragment_is_kept_apart(client: Client) -> None:
    spanish = client.get("/buscar/?q=x").content
    fragment = client.get("/buscar/?q=x", headers={"HX-Request": "true"}).content
    client.cookies["django_language"] = "en"
    english = client.get("/buscar/?q=x").content
    assert len({spanish, fragment, english}) == 3


def test_compressed_and_plain_pages_are_kept_apart(client: Client) -> None:
    compressed = client.get("/", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/")
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers


def test_with_redis_away_the_page_is_made_anew(client: Client, settings: LazySettings) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
        }
    }
    assert client.get("/healthz").status_code == 200
    assert client.get("/").status_code == 200
