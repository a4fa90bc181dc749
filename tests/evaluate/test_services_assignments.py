"""Giving sections to colleagues, marking them ready, and reminding."""

import pytest

from evaluate.models import SectionAssignment
from evaluate.services.assignments import (
    ASSIGNED_NOTICE,
    READY_NOTICE,
    REMINDER_NOTICE,
    reminder_send,
    section_set_ready,
    sections_assign,
)
from evaluate.services.team import Team as TeamNow
from portal.audit.models import AuditEvent
from portal.notices.models import Notification
from tests.evaluate.team import Team, team
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours() -> Team:
    return team()


def assign(ours: Team, *pairs, removed=()):
    return sections_assign(
        evaluation=ours.evaluation,
        user=ours.coordinator,
        added=[(key, person.pk) for key, person in pairs],
        removed=[(key, person.pk) for key, person in removed],
    )


def held() -> list[tuple[str, str]]:
    return sorted(SectionAssignment.objects.values_list("section", "person__name"))


def notices(kind: str) -> list[tuple[str, str]]:
    return list(Notification.objects.filter(kind=kind).order_by("pk").values_list("user__name", "text"))


def test_several_sections_at_once_are_one_notice_for_each_person(ours):
    outcome = assign(ours, ("residuos", ours.ana), ("agua", ours.ana), ("agua", ours.beto))
    assert (outcome.added, outcome.removed, outcome.refused) == (3, 0, ())
    assert held() == [("agua", "Ana Agua"), ("agua", "Beto Barrios"), ("residuos", "Ana Agua")]
    told = dict(notices(ASSIGNED_NOTICE))
    assert "Agua" in told["Ana Agua"]
    assert "Residuos" in told["Ana Agua"]
    assert "Residuos" not in told["Beto Barrios"]
    assert (
        Notification.objects.get(user=ours.ana).url == f"/evaluarme/respuestas/{ours.evaluation.public_id}/"
    )
    assert AuditEvent.objects.filter(action="sections.assigned").count() == 1


def test_assigning_the_same_again_changes_nothing_and_tells_nobody(ours):
    assign(ours, ("agua", ours.ana))
    outcome = assign(ours, ("agua", ours.ana))
    assert (outcome.added, outcome.removed) == (0, 0)
    assert len(notices(ASSIGNED_NOTICE)) == 1


def test_nobody_is_told_of_what_she_took_on_herself(ours):
    assign(ours, ("agua", ours.coordinator))
    assert held() == [("agua", "Coco Coordina")]
    assert not notices(ASSIGNED_NOTICE)


def test_a_section_is_taken_back_and_given_anew_with_a_new_notice(ours):
    assign(ours, ("agua", ours.ana))
    assert assign(ours, removed=[("agua", ours.ana), ("agua", ours.beto)]).removed == 1
    assert held() == []
    assign(ours, ("agua", ours.ana))
    assert len(notices(ASSIGNED_NOTICE)) == 2


@pytest.mark.parametrize("membership", [{"left": True}, {"requested": True}])
def test_who_does_not_work_there_now_gets_nothing_and_is_named(membership, ours):
    person = MembershipFactory(municipality=ours.town, user__name="Lía Lejos", **membership).user
    outcome = assign(ours, ("agua", person), ("agua", ours.ana))
    assert outcome.refused == ("Lía Lejos",)
    assert held() == [("agua", "Ana Agua")]


def test_a_colleague_of_another_town_gets_nothing(ours):
    assign(ours, ("agua", MembershipFactory().user))
    assert held() == []


def test_a_section_that_is_not_in_the_questionnaire_is_left_out(ours):
    assert assign(ours, ("otra", ours.ana)).added == 0
    assert held() == []


def test_the_sections_of_a_colleague_who_left_are_nobodys(ours):
    assign(ours, ("agua", ours.ana))
    ours.ana.memberships.update(status="left")
    now = TeamNow(ours.evaluation)
    assert now.here("agua") == []
    assert [each.person for each in now.gone("agua")] == [ours.ana]


def test_only_who_has_a_section_marks_it_and_takes_the_mark_back(ours):
    assign(ours, ("agua", ours.ana))
    set_ready = {"evaluation": ours.evaluation, "section": "agua"}
    assert not section_set_ready(user=ours.beto, is_ready=True, **set_ready)
    assert SectionAssignment.objects.get().ready_at is None
    assert section_set_ready(user=ours.ana, is_ready=True, **set_ready)
    assert SectionAssignment.objects.get().ready_at is not None
    assert section_set_ready(user=ours.ana, is_ready=False, **set_ready)
    assert SectionAssignment.objects.get().ready_at is None


def test_the_coordinator_is_told_once_when_everything_is_ready(ours):
    assign(ours, ("agua", ours.ana), ("residuos", ours.beto))
    mark = {"evaluation": ours.evaluation, "is_ready": True}
    section_set_ready(user=ours.ana, section="agua", **mark)
    assert not notices(READY_NOTICE)
    section_set_ready(user=ours.beto, section="residuos", **mark)
    section_set_ready(user=ours.ana, section="agua", evaluation=ours.evaluation, is_ready=False)
    section_set_ready(user=ours.ana, section="agua", **mark)
    assert [name for name, _text in notices(READY_NOTICE)] == ["Coco Coordina"]


def test_a_section_that_nobody_has_counts_as_ready_once_it_is_answered(ours):
    assign(ours, ("agua", ours.ana))
    section_set_ready(evaluation=ours.evaluation, user=ours.ana, section="agua", is_ready=True)
    assert not notices(READY_NOTICE)
    ours.answer(residuos__separa="no", residuos__responsable="Obras")
    section_set_ready(evaluation=ours.evaluation, user=ours.ana, section="agua", is_ready=True)
    assert len(notices(READY_NOTICE)) == 1


def test_a_reminder_is_sent_once_a_day(ours):
    assert reminder_send(evaluation=ours.evaluation, person=ours.ana)
    assert not reminder_send(evaluation=ours.evaluation, person=ours.ana)
    assert len(notices(REMINDER_NOTICE)) == 1
    Notification.objects.filter(kind=REMINDER_NOTICE).update(fact=f"reminder:{ours.evaluation.pk}:2026-01-01")
    assert reminder_send(evaluation=ours.evaluation, person=ours.ana)


def test_no_notice_carries_the_name_of_a_colleague(ours):
    assign(ours, ("agua", ours.ana))
    reminder_send(evaluation=ours.evaluation, person=ours.ana)
    texts = " ".join(Notification.objects.values_list("text", flat=True))
    assert "Coco" not in texts
