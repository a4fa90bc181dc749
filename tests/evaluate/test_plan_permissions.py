"""Who sees and who changes improvement plans."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from evaluate.models import PlanStep
from evaluate.permissions import can_edit_plan, can_edit_plan_step, can_see_plan_step
from tests.evaluate.factories import plan_step
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db

# role: may see and may change the town's step, then the same of the person's own.
MATRIX = {
    "visitor": (False, False, False, False),
    "colleague": (True, True, False, False),
    "coordinator": (True, True, False, False),
    "colleague from another municipality": (False, False, False, False),
    "member who left": (False, False, False, False),
    "somebody whose request waits": (False, False, False, False),
    "person without a municipality": (False, False, False, False),
    "staff": (True, False, False, False),
    "superuser": (True, False, False, False),
    "owner": (False, False, True, True),
}


def roles(town_step: PlanStep, own_step: PlanStep) -> dict:
    town = town_step.municipality
    return {
        "visitor": AnonymousUser(),
        "colleague": MembershipFactory(municipality=town).user,
        "coordinator": MembershipFactory(municipality=town, coordinator=True).user,
        "colleague from another municipality": MembershipFactory().user,
        "member who left": MembershipFactory(municipality=town, left=True).user,
        "somebody whose request waits": MembershipFactory(municipality=town, requested=True).user,
        "person without a municipality": UserFactory(),
        "staff": UserFactory(staff=True),
        "superuser": UserFactory(superuser=True),
        "owner": own_step.owner,
    }


@pytest.fixture
def steps() -> tuple[PlanStep, PlanStep]:
    return plan_step(), plan_step(owner=UserFactory())


@pytest.mark.parametrize("role", MATRIX)
def test_rules_and_querysets_agree(role, steps):
    town_step, own_step = steps
    user = roles(town_step, own_step)[role]
    found = []
    for step in steps:
        sees, changes = bool(can_see_plan_step(user, step)), bool(can_edit_plan_step(user, step))
        assert PlanStep.objects.visible_to(user).filter(pk=step.pk).exists() == sees
        assert PlanStep.objects.editable_by(user).filter(pk=step.pk).exists() == changes
        found += [sees, changes]
    assert tuple(found) == MATRIX[role]


@pytest.mark.parametrize("role", MATRIX)
def test_pages_ask_the_same_rules(client, role, steps):
    user = roles(*steps)[role]
    if user.is_authenticated:
        client.force_login(user)
    for place, step in enumerate(steps):
        sees, changes = MATRIX[role][place * 2 : place * 2 + 2]
        before = PlanStep.objects.get(pk=step.pk)
        page = client.get(step.get_absolute_url())
        assert page.status_code == (200 if sees else 404 if user.is_authenticated else 302)
        refused = 302 if not user.is_authenticated else 403 if sees else 404
        edit = reverse("evaluate:plan-step-edit", args=[step.public_id])
        assert client.get(edit).status_code == (200 if changes else refused)
        assert client.post(edit, {"title": "Ajeno"}).status_code == (200 if changes else refused)
        move = reverse("evaluate:plan-step-move", args=[step.public_id])
        assert client.post(move, {"estado": "done"}).status_code == (302 if changes else refused)
        inspire = reverse("evaluate:plan-step-inspiration", args=[step.public_id])
        posted = client.post(inspire, {"entrada": EntryFactory().pk})
        assert posted.status_code == (302 if changes else refused)
        after = PlanStep.objects.get(pk=step.pk)
        assert (after.status == "done") == changes
        assert after.inspirations.exists() == changes
        assert after.title == before.title


def test_whoever_works_there_adds_and_everybody_has_a_plan_of_her_own():
    step, person = plan_step(), UserFactory()
    member = step.owner
    assert can_edit_plan(member, step.municipality)
    assert not can_edit_plan(person, step.municipality)
    assert not can_edit_plan(UserFactory(staff=True), step.municipality)
    assert can_edit_plan(person, None)
    assert not can_edit_plan(AnonymousUser(), None)


def test_a_plan_of_elsewhere_is_not_listed_however_the_address_is_written(client):
    step = plan_step()
    member = MembershipFactory().user
    client.force_login(member)
    for address in (
        f"/evaluarme/plan/?de={step.municipality_id}",
        f"/evaluarme/plan/exportar.csv?de={step.municipality_id}",
        f"/evaluarme/plan/exportar.xlsx?de={step.municipality_id}",
    ):
        assert client.get(address).status_code == 404
    for address in (
        "/evaluarme/plan/",
        "/evaluarme/plan/?de=yo",
        "/evaluarme/plan/?de=../1&estado=x&cursor=!",
    ):
        page = client.get(address)
        assert page.status_code == 200
        assert step.title not in page.content.decode()


def test_staff_look_at_the_plan_of_a_town_and_never_at_a_persons_own(client, steps):
    town_step, own_step = steps
    own_step.title = "Secreto personal"
    own_step.save()
    client.force_login(UserFactory(staff=True))
    places = client.get("/evaluarme/plan/").content.decode()
    assert town_step.municipality.name in places
    page = client.get(f"/evaluarme/plan/?de={town_step.municipality_id}").content.decode()
    assert town_step.title in page
    assert "Secreto personal" not in places + page
    assert "Sumar un paso" not in page
    assert "Secreto personal" not in client.get("/evaluarme/plan/?de=yo").content.decode()


def test_a_step_for_a_town_where_one_does_not_work_cannot_be_added_by_hand(client):
    step = plan_step()
    client.force_login(MembershipFactory().user)
    address = f"/evaluarme/plan/nuevo/?cuestionario={step.questionnaire.slug}&de={step.municipality_id}"
    assert client.get(address).status_code == 403
    assert client.post(address, {"title": "Ajeno"}).status_code == 403
    assert client.get("/evaluarme/plan/nuevo/?cuestionario=ambiente&de=999999999999").status_code == 404
    assert PlanStep.objects.count() == 1
