"""Who may keep a page of the library, and that nobody reads what is not hers."""

import pytest
from django.test import Client

from inspire.models import Solution
from inspire.services import solution_publish, solution_withdraw
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
SECRET = "Sólo para la red"


@pytest.fixture(autouse=True)
def _keep_pages(settings) -> None:
    settings.VISITOR_CACHE_SECONDS = 60


@pytest.fixture
def solution() -> Solution:
    """A public solution beside which members see something that visitors do not."""
    area = PolicyAreaFactory(slug="agua")
    solution = solution_publish(solution=SolutionFactory(title="Compostaje", areas=[area]))
    EntryFactory(title=SECRET, areas=["agua"], visibility="members", object_id=999_999)
    return solution


def member() -> Client:
    client = Client()
    client.force_login(MembershipFactory(user__name="Ana Ejemplo").user)
    return client


def paths(solution: Solution) -> list[str]:
    return [solution.get_absolute_url(), "/inspirarme/", "/inspirarme/?area=agua"]


def test_visitors_pages_may_be_kept_and_are_asked_for_again(client: Client, solution: Solution) -> None:
    for path in paths(solution):
        first = client.get(path)
        assert first["Cache-Control"] == "public, no-cache"
        assert "Cookie" in first["Vary"]
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert "HX-Request" in client.get("/inspirarme/")["Vary"]


def test_a_changed_solution_is_sent_anew(
    client: Client, solution: Solution, django_capture_on_commit_callbacks
) -> None:
    path = solution.get_absolute_url()
    etag = client.get(path)["ETag"]
    solution.title = "Compostaje en dos barrios"
    solution.save()
    with django_capture_on_commit_callbacks(execute=True):
        solution_publish(solution=solution)
    again = client.get(path, headers={"If-None-Match": etag})
    assert again.status_code == 200
    assert "Compostaje en dos barrios" in again.content.decode()


def test_what_was_taken_out_is_gone_even_for_who_kept_a_copy(
    client: Client, solution: Solution, django_capture_on_commit_callbacks
) -> None:
    path = solution.get_absolute_url()
    etag = client.get(path)["ETag"]
    with django_capture_on_commit_callbacks(execute=True):
        solution_withdraw(solution=solution)
    gone = client.get(path, headers={"If-None-Match": etag})
    assert gone.status_code == 404
    assert "max-age" not in gone.get("Cache-Control", "")


@pytest.mark.parametrize("first", ["visitor", "member"])
def test_a_visitor_never_reads_what_is_for_members_whoever_came_first(solution: Solution, first: str) -> None:
    readers = {"visitor": Client(), "member": member()}
    order = ["visitor", "member"] if first == "visitor" else ["member", "visitor"]
    for name in order * 2:
        for path in paths(solution):
            answer = readers[name].get(path)
            page = answer.content.decode()
            assert ("Ana" in page) == (name == "member")
            if path == solution.get_absolute_url():
                assert (SECRET in page) == (name == "member")
            assert answer["Cache-Control"] == (
                "private, no-cache" if name == "member" else "public, no-cache"
            )


@pytest.mark.parametrize("query", ["", "?idioma=es", "?utm_source=correo"])
def test_a_draft_is_staffs_alone_and_their_browsers(query: str) -> None:
    path = SolutionFactory(draft=True, title="Todavía en secreto").get_absolute_url() + query
    staff = Client()
    staff.force_login(UserFactory(staff=True))
    for _again in range(2):
        answer = staff.get(path)
        assert "Todavía en secreto" in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-cache"
        for other in (Client(), member()):
            assert other.get(path).status_code == 404
