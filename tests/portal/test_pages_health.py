import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client

from portal.pages.health import HEARTBEAT_KEY
from portal.pages.tasks import beat_heart

pytestmark = pytest.mark.django_db


def test_healthz_answers_without_asking_anyone(client: Client, django_assert_num_queries) -> None:
    with django_assert_num_queries(0):
        assert client.get("/healthz").content == b"ok"


def test_readyz_is_ready_when_all_parts_are(client: Client) -> None:
    beat_heart()
    response = client.get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "parts": {"database": "ok", "migrations": "ok", "redis": "ok", "worker": "ok"},
    }


def test_readyz_names_the_worker_that_nobody_hears(client: Client) -> None:
    cache.set(HEARTBEAT_KEY, 0, None)
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["worker"].startswith("no worker for")


def test_readyz_names_redis_when_it_is_away(client: Client, settings: LazySettings) -> None:
    settings.CACHES = {"default": {**settings.CACHES["default"], "LOCATION": "redis://127.0.0.1:1/0"}}
    response = client.get("/readyz")
    assert response.status_code == 503
    assert response.json()["parts"]["redis"] == "a value written was not read back"
