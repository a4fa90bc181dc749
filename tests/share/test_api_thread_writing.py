"""Writing in conversations through the API."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from portal.accounts.models import User
from share.models import Post, Thread
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.share.factories import member, thread

pytestmark = pytest.mark.django_db
THREADS = "/api/v1/threads/"


def send(user: User | None, path: str, **data: Any) -> Any:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client.post(path, data, content_type="application/json")


def test_a_member_asks_and_answers() -> None:
    author, key = member(), str(uuid4())
    given = {"title": "¿Cómo empezaron?", "text": "Queremos **empezar**.", "client_key": key}
    response = send(author, THREADS, **given)
    assert response.status_code == 201
    made = Thread.objects.get()
    assert (response.json()["id"], made.municipality) == (made.pk, author.memberships.get().municipality)
    assert send(author, THREADS, **given).json()["id"] == made.pk
    answer = send(member(), f"{THREADS}{made.pk}/posts/", text="Con una **ordenanza**.")
    assert answer.status_code == 201
    assert "<strong>ordenanza</strong>" in answer.json()["html"]
    comment = send(author, f"{THREADS}{made.pk}/posts/", text="¿Cuál?", answers_to=2)
    assert Post.objects.get(pk=comment.json()["id"]).parent.number == 2


def test_who_may_not_write_is_told_why() -> None:
    made = thread(visibility="public")
    left = UserFactory()
    MembershipFactory(user=left, left=True)
    for path in (THREADS, f"{THREADS}{made.pk}/posts/"):
        assert send(None, path, title="¿Cómo empezaron?", text="Hola").status_code in (401, 403)
        for nobody in (UserFactory(), left):
            refused = send(nobody, path, title="¿Cómo empezaron?", text="Hola")
            assert refused.status_code == 403
            assert "trabajan en un municipio" in refused.json()["detail"]
    inside = thread(visibility="members")
    assert send(UserFactory(), f"{THREADS}{inside.pk}/posts/", text="Hola").status_code == 404
    assert Post.objects.count() == 2


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": "Hola"}, "title"),
        ({"text": "a" * 20_001}, "text"),
        ({"municipality": 999_999}, "municipality"),
        ({"areas": ["no-existe"]}, "areas"),
        ({"about": "person:1"}, "about"),
        ({"client_key": "x"}, "client_key"),
    ],
)
def test_what_is_wrong_is_said_by_field(given: dict[str, Any], field: str) -> None:
    response = send(member(), THREADS, **{"title": "¿Cómo empezaron?", "text": "Hola", **given})
    assert response.status_code == 400
    assert field in response.json()
    assert not Thread.objects.exists()


def test_a_flood_is_answered_with_429_and_what_waits_with_202() -> None:
    made, author = thread(), member()
    path = f"{THREADS}{made.pk}/posts/"
    held = send(author, path, text="Mirá https://uno.example/ https://dos.example/")
    assert (held.status_code, held.json()["status"]) == (202, "held")
    codes = [send(author, path, text=f"Respuesta {number}").status_code for number in range(4)]
    assert codes == [201, 201, 201, 429]
    assert send(member(), path, text="Hola", answers_to=99).status_code == 400
    assert made.posts.count() == 5
