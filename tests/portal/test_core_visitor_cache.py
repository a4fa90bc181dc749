import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from portal.core.visitor_cache import forget_visitor_pages
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _keep_pages(settings: LazySettings) -> None:
    settings.VISITOR_CACHE_SECONDS = 60


def test_a_visitors_second_reading_asks_the_database_nothing(
    client: Client, django_assert_num_queries
) -> None:
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
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    client.force_login(UserFactory(name="Ana Ejemplo"))
    for path in ("/healthz", "/", "/buscar/?area=health", "/cuenta/", "/api/v1/policy-areas/"):
        assert client.get(path).status_code == 200, path
    assert "Ana" in client.get("/").content.decode()
    assert Client().get("/").status_code == 200


def test_signed_in_readers_share_the_page_and_keep_their_own_name(client: Client) -> None:
    first, second = UserFactory(name="Ana Ejemplo"), UserFactory(name="Bruno Modelo")
    client.force_login(first)
    client.get("/")
    other = Client()
    other.force_login(second)
    page = other.get("/").content.decode()
    assert "Hola, Bruno" in page
    assert "Ana" not in page


def test_a_shared_page_asks_only_who_reads(client: Client, django_assert_max_num_queries) -> None:
    """Who she is, from whom she is kept apart, how many notices wait; at home also what apps tell her."""
    client.force_login(UserFactory())
    for path, most in (("/buscar/", 3), ("/", 9)):
        client.get(path)
        with django_assert_max_num_queries(most):
            client.get(path)


def test_members_only_things_are_shared_among_members_only(client: Client) -> None:
    EntryFactory(title="Para la red", visibility="members")
    member = MembershipFactory().user
    client.force_login(member)
    assert "Para la red" in client.get("/buscar/?q=red").content.decode()
    stranger = Client()
    stranger.force_login(UserFactory())
    assert "Para la red" not in stranger.get("/buscar/?q=red").content.decode()
    assert "Para la red" not in Client().get("/buscar/?q=red").content.decode()


def test_a_text_that_imitates_an_open_place_stays_a_text(client: Client) -> None:
    EntryFactory(title="⟦personal:components/site_head_account.html⟧ prueba")
    client.force_login(UserFactory(name="Ana Ejemplo"))
    assert client.get("/buscar/?q=prueba").content.decode().count("Ana") == 1


def test_a_form_can_be_sent_from_a_shared_page(client: Client) -> None:
    client.force_login(UserFactory())
    for _time in range(2):
        response = client.get("/")
        assert response.cookies["csrftoken"].value
        assert "X-CSRFToken" in response.content.decode()


def test_made_up_addresses_are_not_kept_and_typed_ones_only_for_a_moment(client: Client) -> None:
    for number in range(3):
        client.get(f"/?inventado={number}")
    assert not cache.keys("page:*")
    client.get("/buscar/?q=palabra")
    (key,) = cache.keys("page:*")
    assert cache.ttl(key) <= 20
    client.get("/")
    assert len(cache.keys("page:*")) == 2


def test_a_page_is_kept_apart_for_programs_that_want_no_html(client: Client) -> None:
    client.get("/municipios/buscar/", headers={"Accept": "application/json, text/html"})
    response = client.get("/municipios/buscar/", headers={"Accept": "application/json"})
    assert "text/html" not in response.headers["Content-Type"]
