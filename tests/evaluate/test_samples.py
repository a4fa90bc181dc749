"""The invented evaluations: a town with a year of work, its team at work, and peers to compare with."""

import pytest

from evaluate.models import Answer, CurrentResult, Evaluation, ItemComment, PlanStep, SectionAssignment
from evaluate.samples import SAMPLE_EMAIL, create_samples, remove_samples
from evaluate.services.answering import evaluation_start
from evaluate.starter import load_questionnaires
from portal.notices.models import Notification
from portal.topics.starter import load_topics
from tests.evaluate.factories import questionnaire_version
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
FEWEST_PEERS = 12


@pytest.fixture
def town():
    """The sample account's town with its coordinator, and towns around it of both sizes."""
    town = MunicipalityFactory(name="Villa Muestra", population=70_000)
    MembershipFactory(user=UserFactory(email=SAMPLE_EMAIL, is_sample=True), municipality=town)
    MembershipFactory(user=UserFactory(is_sample=True), municipality=town, coordinator=True)
    for number in range(8):
        MunicipalityFactory(population=60_000 + number)
        MunicipalityFactory(population=20_000 + number)
        MunicipalityFactory(population=65_000 + number, region_code=f"{number}", region_name=f"P{number}")
    return town


def test_they_are_two_results_a_year_apart_one_under_way_and_peers_and_go_away_again(town):
    load_topics()
    load_questionnaires()
    create_samples()
    assert not Evaluation.objects.filter(is_sample=False).exists()
    own = Evaluation.objects.filter(municipality=town)
    assert sorted(own.values_list("status", flat=True)) == ["draft", "scored", "scored"]
    earlier, now = own.finished().order_by("submitted_at")
    assert 360 < (now.submitted_at - earlier.submitted_at).days < 380
    assert earlier.runs.get().score < now.runs.get().score
    peers = CurrentResult.objects.exclude(municipality=town)
    assert peers.count() >= FEWEST_PEERS
    own_result = CurrentResult.objects.get(municipality=town)
    assert not peers.exclude(is_sample=True, signature=own_result.signature).exists()
    assert len(set(peers.values_list("share", flat=True))) > FEWEST_PEERS / 2
    assert len(set(peers.values_list("municipality__region_code", flat=True))) > FEWEST_PEERS / 4
    count = Evaluation.objects.count()
    create_samples()
    assert Evaluation.objects.count() == count
    assert remove_samples() == count
    assert not Answer.objects.exists()
    assert not CurrentResult.objects.exists()


def test_what_is_under_way_has_a_team_at_work(town):
    load_topics()
    load_questionnaires()
    create_samples()
    draft = Evaluation.objects.in_progress().get()
    assert SectionAssignment.objects.filter(evaluation=draft, ready_at__isnull=False).count() == 1
    assert SectionAssignment.objects.filter(evaluation=draft).values("person").distinct().count() == 2
    assert ItemComment.objects.filter(evaluation=draft).count() == 2
    assert set(Answer.objects.filter(evaluation=draft).values_list("answered_by__is_sample", flat=True)) == {
        True
    }
    assert not Notification.objects.filter(email_status="pending").exists()


def test_the_town_has_a_plan_for_what_would_change_its_result_most(town):
    load_topics()
    load_questionnaires()
    create_samples()
    steps = PlanStep.objects.filter(municipality=town, is_sample=True)
    assert sorted(steps.values_list("status", flat=True)) == ["doing", "todo", "todo"]
    for step in steps:
        assert step.title and step.criterion_label and step.responsible and step.due_on
        assert step.share_then is not None and step.share_then < 1
    remove_samples()
    assert not PlanStep.objects.exists()


def test_a_town_where_real_people_work_or_answer_is_left_alone(town):
    version = questionnaire_version()
    lived_in = MunicipalityFactory(population=60_000)
    MembershipFactory(municipality=lived_in)
    own, _is_new = evaluation_start(
        user=UserFactory(), questionnaire=version.questionnaire, municipality=town
    )
    create_samples()
    assert not Evaluation.objects.filter(municipality=lived_in).exists()
    assert Evaluation.objects.filter(municipality=town).get() == own
    assert not own.answers.exists()


def test_they_say_what_they_lack():
    assert SAMPLE_EMAIL in create_samples()
    MembershipFactory(user__email=SAMPLE_EMAIL)
    assert "falta un cuestionario" in create_samples()
    assert not Evaluation.objects.exists()
