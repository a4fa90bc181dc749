import pytest
from django.contrib.auth.models import AnonymousUser, Permission

from inspire.models import Solution
from inspire.permissions import can_publish_solution, can_view_solution
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db

PEOPLE = {
    "a visitor": AnonymousUser,
    "a person without a municipality": UserFactory,
    "a member": lambda: MembershipFactory().user,
    "a coordinator": lambda: MembershipFactory(coordinator=True).user,
    "a member who left": lambda: MembershipFactory(left=True).user,
    "staff": lambda: UserFactory(staff=True),
    "staff whose account is closed": lambda: UserFactory(staff=True, is_active=False),
}


@pytest.mark.parametrize("person", PEOPLE)
def test_the_list_shows_what_the_page_would(person: str) -> None:
    user = PEOPLE[person]()
    solutions = [SolutionFactory(), SolutionFactory(draft=True)]
    seen = set(Solution.objects.visible_to(user))
    assert seen == {solution for solution in solutions if can_view_solution(user, solution)}
    assert solutions[0] in seen


def test_only_staff_see_drafts() -> None:
    draft = SolutionFactory(draft=True)
    assert can_view_solution(UserFactory(staff=True), draft)
    refusal = can_view_solution(MembershipFactory(coordinator=True).user, draft)
    assert not refusal
    assert "equipo de la red" in refusal.reason


def test_publishing_needs_the_right_to_change_solutions() -> None:
    solution = SolutionFactory()
    editor = UserFactory(staff=True)
    assert not can_publish_solution(MembershipFactory(coordinator=True).user, solution)
    assert "Pedíselo" in can_publish_solution(editor, solution).reason
    editor.user_permissions.add(Permission.objects.get(codename="change_solution"))
    assert can_publish_solution(type(editor).objects.get(pk=editor.pk), solution)
