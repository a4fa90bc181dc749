"""Whoever sends by hand what her pages do not offer changes nothing."""

import pytest
from django.test import Client
from django.urls import reverse

from evaluate.models import Answer, Evaluation, EvaluationChange, ItemComment, SectionAssignment
from portal.notices.models import Notification
from tests.evaluate.team import Team, team
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NAMES = (
    "answer-save",
    "evaluation-answer",
    "item-detail",
    "sections-assign",
    "section-ready",
    "evaluation-remind",
    "evaluation-review",
    "evaluation-reopen",
    "result-publish",
)
IN_A_SECTION = {"evaluation-answer", "section-ready"}


@pytest.fixture
def ours() -> Team:
    return team()


def address(name: str, evaluation: Evaluation) -> str:
    return reverse(
        f"evaluate:{name}", args=[evaluation.public_id, *(["residuos"] if name in IN_A_SECTION else [])]
    )


def fields(ours: Team) -> dict[str, object]:
    """All that any of the pages would take, at once."""
    return {
        "path": "/residuos/separa",
        "shown": "/residuos/separa",
        "/residuos/separa": "no",
        "pregunta": "/residuos/separa",
        "accion": "comentar",
        "text": "Hola",
        "elegida": f"residuos:{ours.beto.public_id}",
        "persona": str(ours.beto.public_id),
        "reason": "Porque quiero",
        "publico": "si",
    }


def standing() -> list[object]:
    """All that a request could have changed."""
    return [
        list(Answer.objects.order_by("pk").values_list("path", "value")),
        list(Evaluation.objects.order_by("pk").values_list("status", "published_at")),
        EvaluationChange.objects.count(),
        ItemComment.objects.count(),
        list(SectionAssignment.objects.values_list("section", "person", "ready_at")),
        Notification.objects.count(),
    ]


@pytest.mark.parametrize("is_signed", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_staff_and_others_change_nothing_in_a_towns_evaluation(name, is_signed, ours):
    ours.sign() if is_signed else ours.answer()
    ours.evaluation.assignments.create(section="residuos", person=ours.beto)
    before = standing()
    two_towns = MembershipFactory(coordinator=True).user
    MembershipFactory(user=two_towns)
    outsiders = {
        UserFactory(staff=True): {403, 302},
        two_towns: {404},
        MembershipFactory(municipality=ours.town, left=True, coordinator=True).user: {404},
    }
    for person, expected in outsiders.items():
        client = Client()
        client.force_login(person)
        assert client.post(address(name, ours.evaluation), fields(ours)).status_code in expected
    assert standing() == before


@pytest.mark.parametrize(
    "name", ["sections-assign", "evaluation-remind", "evaluation-review", "result-publish"]
)
def test_a_colleague_does_not_do_what_the_coordination_does(name, ours):
    ours.answer()
    before = standing()
    client = Client()
    client.force_login(ours.ana)
    assert client.post(address(name, ours.evaluation), fields(ours) | {"accion": ""}).status_code == 403
    assert standing() == before


def test_who_works_in_two_towns_leads_where_she_leads_and_only_there(ours):
    MembershipFactory(user=ours.coordinator)
    MembershipFactory(user=ours.ana, coordinator=True)
    ours.answer()
    for person, status in ((ours.ana, 403), (ours.coordinator, 302)):
        client = Client()
        client.force_login(person)
        assert client.post(address("evaluation-review", ours.evaluation)).status_code == status
    ours.evaluation.refresh_from_db()
    assert ours.evaluation.submitted_by == ours.coordinator
