"""Who may see, answer and hand in an evaluation; and the list and the page agree."""

import pytest
from django.contrib.auth.models import AnonymousUser

from evaluate.models import Evaluation, EvaluationRun
from evaluate.permissions import (
    can_answer_evaluation,
    can_manage_questionnaires,
    can_retry_run,
    can_see_evaluation,
    can_start_evaluation,
    can_submit_evaluation,
)
from evaluate.services.reopening import evaluation_reopen
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
ROLES = ("visitor", "owner", "colleague", "left", "requested", "elsewhere", "staff", "stranger")


@pytest.fixture
def town():
    return MunicipalityFactory(name="Villa Nuestra")


@pytest.fixture
def people(town):
    """One person of each role; the owner began both evaluations and still works in the town."""
    return {
        "visitor": AnonymousUser(),
        "owner": MembershipFactory(municipality=town).user,
        "colleague": MembershipFactory(municipality=town).user,
        "left": MembershipFactory(municipality=town, left=True).user,
        "requested": MembershipFactory(municipality=town, requested=True).user,
        "elsewhere": MembershipFactory(municipality=MunicipalityFactory(name="Otra Villa")).user,
        "staff": UserFactory(staff=True),
        "stranger": UserFactory(),
    }


@pytest.fixture
def evaluations(people, town):
    version = questionnaire_version()
    return {
        "municipal": municipal_evaluation(version, user=people["owner"], municipality=town),
        "personal": personal_evaluation(version, user=people["owner"]),
    }


MAY_SEE = {"municipal": {"owner", "colleague", "staff"}, "personal": {"owner"}}
MAY_ANSWER = {"municipal": {"owner", "colleague"}, "personal": {"owner"}}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["municipal", "personal"])
def test_the_permission_and_the_list_agree_for_every_role(role, kind, people, evaluations):
    user, evaluation = people[role], evaluations[kind]
    decision = can_see_evaluation(user, evaluation)
    assert bool(decision) == (role in MAY_SEE[kind])
    assert (evaluation in Evaluation.objects.visible_to(user)) == bool(decision)
    assert decision or str(decision.reason)


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("kind", ["municipal", "personal"])
def test_only_its_own_people_answer_and_hand_in(role, kind, people, evaluations):
    user, evaluation = people[role], evaluations[kind]
    assert bool(can_answer_evaluation(user, evaluation)) == (role in MAY_ANSWER[kind])
    assert bool(can_submit_evaluation(user, evaluation)) == (role in MAY_ANSWER[kind])
    assert (evaluation in Evaluation.objects.answerable_by(user)) == (role in MAY_ANSWER[kind])


def test_who_began_it_and_left_the_town_sees_it_no_more(people, town):
    person = people["owner"]
    evaluation = municipal_evaluation(user=person, municipality=town)
    person.memberships.update(status="left")
    gone = type(person).objects.get(pk=person.pk)
    assert not can_see_evaluation(gone, evaluation)
    assert not Evaluation.objects.visible_to(gone).exists()


def test_nobody_answers_what_was_handed_in(people, evaluations):
    evaluation = evaluations["personal"]
    evaluation.status = Evaluation.Status.SUBMITTED
    decision = can_answer_evaluation(people["owner"], evaluation)
    assert not decision
    assert "ya se cerró" in str(decision.reason)


@pytest.mark.parametrize(
    ("role", "for_herself", "for_the_town"),
    [
        ("visitor", False, False),
        ("owner", True, True),
        ("colleague", True, True),
        ("left", True, False),
        ("requested", True, False),
        ("elsewhere", True, False),
        ("staff", True, False),
        ("stranger", True, False),
    ],
)
def test_anyone_with_an_account_starts_for_herself_and_members_for_their_town(
    role, for_herself, for_the_town, people, town
):
    questionnaire = questionnaire_version().questionnaire
    assert bool(can_start_evaluation(people[role], questionnaire)) == for_herself
    assert bool(can_start_evaluation(people[role], questionnaire, town)) == for_the_town


def test_a_closed_questionnaire_is_not_started(people):
    questionnaire = questionnaire_version().questionnaire
    questionnaire.is_open = False
    assert "cerrado" in str(can_start_evaluation(people["owner"], questionnaire).reason)


@pytest.mark.parametrize("role", ROLES)
def test_only_staff_publish_questionnaires(role, people):
    assert bool(can_manage_questionnaires(people[role])) == (role == "staff")


def test_staff_retry_only_what_failed(people):
    evaluation = personal_evaluation(user=people["owner"])
    evaluation.answers.create(path="/residuos/separa", value="no", answered_at=evaluation.started_at)
    run = evaluation_submit(evaluation=evaluation, user=people["owner"])
    assert not can_retry_run(people["staff"], run)
    run = evaluation_score(run_id=run.pk)
    assert not can_retry_run(people["staff"], run)
    run.status = run.Status.FAILED
    assert can_retry_run(people["staff"], run)
    assert not can_retry_run(people["owner"], run)


def test_a_failed_scoring_is_not_tried_again_once_the_evaluation_was_opened_since(people, evaluations):
    evaluation = evaluations["municipal"]
    evaluation.answers.create(path="/residuos/separa", value="no", answered_at=evaluation.started_at)
    failed = evaluation_submit(evaluation=evaluation, user=people["owner"])
    EvaluationRun.objects.update(status="failed")
    evaluation = evaluation_reopen(evaluation=evaluation, user=people["owner"], reason="Faltaba")
    failed = EvaluationRun.objects.get(pk=failed.pk)
    assert "se reabrió" in str(can_retry_run(people["staff"], failed).reason)
    evaluation_submit(evaluation=evaluation, user=people["owner"])
    assert not can_retry_run(people["staff"], EvaluationRun.objects.get(pk=failed.pk))
