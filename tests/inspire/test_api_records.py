"""What partner systems send that is odd, or that says nothing about what is odd already."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from inspire.models import Solution
from inspire.record_limits import MOST_ITEMS
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/solutions/"


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser in which somebody who may write in the library is signed in."""
    user = UserFactory(is_staff=True)
    user.user_permissions.set(
        Permission.objects.filter(codename__in=["add_solution", "change_solution", "publish_solution"])
    )
    client.force_login(user)
    return client


@pytest.fixture
def content() -> dict[str, Any]:
    """The least that a solution may say."""
    CountryFactory()
    PolicyAreaFactory(slug="water")
    return {"title": "Agua para todos", "summary": "Se hizo un pozo.", "country": "AR", "areas": ["water"]}


def send(client: Client, method: str, address: str, content: object) -> Any:
    return getattr(client, method)(address, json.dumps(content), content_type="application/json")


@pytest.mark.parametrize(
    ("odd", "code"),
    [
        ({"translations": {"en": {"title": "Water\ud800", "summary": "\ud800"}}}, 201),
        ({"title": "\ud800Agua"}, 201),
        ({"translations": {"\ud800": {}}}, 400),
        ({"translations": {"\ud800": 5}}, 400),
        ({"\ud800": 1}, 400),
        ({"\ud800raro": 1}, 400),
        ({"status": "\ud800"}, 400),
        ({"stage": "\ud800x"}, 400),
        ({"areas": ["\ud800x"]}, 400),
    ],
)
def test_halves_of_characters_break_neither_the_writing_nor_the_answer(
    editor: Client, content: dict, odd: dict, code: int
) -> None:
    response = send(editor, "post", LIST, content | odd)
    assert response.status_code == code, response.content
    response.json()
    if code == 201:
        assert Solution.objects.get().title in ("Agua para todos", "Agua")


def test_a_body_of_nothing_but_brackets_is_refused(editor: Client) -> None:
    response = editor.post(LIST, "[" * 100_000, content_type="application/json")
    assert response.status_code == 400


def test_a_change_is_judged_by_what_it_changes(editor: Client) -> None:
    solution = SolutionFactory(
        summary="", start_year=2020, end_year=2022, tags=[f"t{n}" for n in range(MOST_ITEMS + 1)]
    )
    address = f"{LIST}{solution.slug}/"
    response = send(editor, "patch", address, {"stage": "pilot"})
    assert response.status_code == 200, response.content
    solution.refresh_from_db()
    assert (solution.stage, solution.summary, len(solution.tags)) == ("pilot", "", MOST_ITEMS + 1)
    # What is said anew holds, and so does what it is read together with.
    assert set(send(editor, "patch", address, {"start_year": 2023}).json()) == {"end_year"}
    assert set(send(editor, "patch", address, {"tags": ["x" * 61]}).json()) == {"tags"}
    assert set(send(editor, "patch", address, {"title": " <b></b> "}).json()) == {"title"}
