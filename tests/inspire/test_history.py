"""The history of a solution: who may see it, what it tells, bringing a version back, moving it with a reason."""

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse

from inspire.contribution_record import solution_record
from inspire.models import SolutionPerson
from inspire.services import solution_write
from tests.inspire.factories import ContributionFactory, SolutionFactory
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client: Client):
    user = UserFactory(staff=True, name="Dora Equipo")
    user.user_permissions.add(Permission.objects.get(codename="change_solution"))
    client.force_login(user)
    return user


def changed(solution, actor, **fields):
    """Write a solution again with other words."""
    record = solution_record(solution)
    for name, value in fields.items():
        object.__setattr__(record, name, value)
    return solution_write(record=record, solution=solution, actor=actor, reason="Corrección")


def history(solution) -> str:
    return reverse("inspire:solution-history", args=[solution.slug])


def test_the_last_two_versions_are_compared_and_any_two_can_be(client: Client, staff) -> None:
    solution = SolutionFactory(problem="Basura en la calle")
    changed(solution, staff, problem="Basura en la plaza")
    changed(solution, staff, problem="Basura en la plaza", lessons="Empezar antes")
    page = client.get(history(solution)).content.decode()
    assert "de la versión 2 a la 3" in page
    assert "Empezar antes" in page
    assert "Dora Equipo" in page
    assert "Corrección" in page
    earlier = client.get(f"{history(solution)}?desde=2&hasta=1").content.decode()
    assert "se quitó:" in earlier
    assert "calle" in earlier
    for asked in ("?desde=x&hasta=99999999999999999999", "?desde=1&hasta=1", "?desde=7&hasta=8"):
        assert client.get(history(solution) + asked).status_code == 200


def test_a_solution_that_nobody_changed_explains_itself(client: Client, staff) -> None:
    assert "Nadie la cambió" in client.get(history(SolutionFactory())).content.decode()


def test_staff_and_those_who_wrote_it_see_it_and_nobody_else(client: Client) -> None:
    solution, draft = SolutionFactory(), SolutionFactory(draft=True)
    wrote = ContributionFactory(
        status="published", decided_at="2026-01-01T00:00Z", solution=solution
    ).created_by
    named = UserFactory()
    SolutionPerson.objects.create(solution=solution, role="author", name="Ana", user=named)
    proposed = ContributionFactory(submitted=True, solution=solution, is_proposal=True).created_by
    for user, status in (
        (wrote, 200),
        (named, 200),
        (UserFactory(staff=True), 200),
        (proposed, 403),
        (UserFactory(), 403),
    ):
        client.force_login(user)
        assert client.get(history(solution)).status_code == status
    assert client.get(history(draft)).status_code == 404


def test_staff_bring_a_version_back_after_seeing_what_it_changes(client: Client, staff) -> None:
    solution = SolutionFactory(problem="Lo primero")
    changed(solution, staff, problem="Lo segundo")
    address = reverse("inspire:solution-restore", args=[solution.slug, 1])
    page = client.get(address).content.decode()
    assert "Lo primero" not in solution.problem or "primero" in page
    client.post(address, {"reason": "Era mejor"})
    solution.refresh_from_db()
    assert solution.problem == "Lo primero"
    latest = solution.revisions.order_by("-number").first()
    assert (latest.number, latest.reason, latest.made_by) == (3, "Era mejor", staff)
    assert client.get(reverse("inspire:solution-restore", args=[solution.slug, 9])).status_code == 404


def test_its_author_sees_the_history_and_does_not_bring_anything_back(client: Client) -> None:
    solution = SolutionFactory()
    author = UserFactory()
    SolutionPerson.objects.create(solution=solution, role="author", name="Ana", user=author)
    changed(solution, author, problem="Otra cosa")
    client.force_login(author)
    assert "Volver a esta" not in client.get(history(solution)).content.decode()
    answer = client.post(reverse("inspire:solution-restore", args=[solution.slug, 1]))
    assert answer.status_code == 403


def test_staff_move_a_solution_with_a_reason_that_its_history_keeps(client: Client, staff) -> None:
    solution = SolutionFactory()
    address = reverse("inspire:solution-status", args=[solution.slug])
    assert "Contá por qué" in client.post(address, {"status": "archived"}).content.decode()
    client.post(address, {"status": "archived", "reason": "Quedó vieja"})
    solution.refresh_from_db()
    assert solution.status == "archived"
    step = solution.changes.get()
    assert (step.from_status, step.to_status, step.reason, step.actor) == (
        "published", "archived", "Quedó vieja", staff
    )  # fmt: skip
    assert "Quedó vieja" in client.get(history(solution)).content.decode()
    client.post(address, {"status": "published", "reason": "Sirve otra vez"})
    solution.refresh_from_db()
    assert solution.status == "published"
    client.force_login(UserFactory())
    assert client.post(address, {"status": "archived", "reason": "x"}).status_code == 403


def test_the_history_asks_as_much_of_the_database_with_many_versions(
    client: Client, staff, django_assert_max_num_queries
) -> None:
    solution = SolutionFactory()
    changed(solution, staff, lessons="0")
    client.get(history(solution))
    with django_assert_max_num_queries(16) as few:
        client.get(history(solution))
    for number in range(8):
        changed(solution, staff, lessons=str(number + 1))
    with django_assert_max_num_queries(16) as many:
        client.get(history(solution))
    assert len(many) <= len(few)
