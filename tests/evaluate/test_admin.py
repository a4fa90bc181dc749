"""The admin of questionnaires, evaluations and runs."""

import pytest
from django.urls import reverse

from evaluate.models import EvaluationRun, QuestionnaireVersion
from evaluate.services.questionnaires import version_publish
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(UserFactory(superuser=True))
    return client


def act(client, model: str, action: str, *rows: object):
    url = reverse(f"admin:evaluate_{model}_changelist")
    return client.post(url, {"action": action, "_selected_action": [row.pk for row in rows]}, follow=True)


@pytest.mark.parametrize("model", ["questionnaire", "questionnaireversion", "evaluation", "evaluationrun"])
def test_every_list_and_page_opens(model, staff):
    evaluation = municipal_evaluation()
    evaluation.answers.create(path="/residuos/separa", value="no", answered_at=evaluation.started_at)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    rows = {
        "questionnaire": evaluation.questionnaire,
        "questionnaireversion": evaluation.version,
        "evaluation": evaluation,
        "evaluationrun": run,
    }
    assert staff.get(reverse(f"admin:evaluate_{model}_changelist")).status_code == 200
    assert staff.get(reverse(f"admin:evaluate_{model}_change", args=[rows[model].pk])).status_code == 200


def test_versions_are_retired_through_the_service_and_published_only_after_a_look(staff):
    version = questionnaire_version(publish=False)
    act(staff, "questionnaireversion", "publish", version)
    version.refresh_from_db()
    assert version.status == "draft"
    version_publish(version=version)
    act(staff, "questionnaireversion", "retire", version)
    version.refresh_from_db()
    assert version.status == "retired"


def test_what_a_version_asks_cannot_be_edited(staff):
    version = questionnaire_version(publish=False)
    url = reverse("admin:evaluate_questionnaireversion_change", args=[version.pk])
    assert staff.post(url, {"definition": "{}"}).status_code == 403
    assert QuestionnaireVersion.objects.get().definition_sha256 == version.definition_sha256


def test_personal_self_checks_are_nobodys_business(staff):
    personal = personal_evaluation()
    page = staff.get(reverse("admin:evaluate_evaluation_changelist")).content.decode()
    assert str(personal.public_id) not in page
    url = reverse("admin:evaluate_evaluation_change", args=[personal.pk])
    assert staff.get(url).status_code == 302


def test_a_failed_run_goes_back_into_the_queue_and_a_good_one_does_not(staff):
    evaluation = municipal_evaluation()
    evaluation.answers.create(path="/residuos/separa", value="no", answered_at=evaluation.started_at)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    EvaluationRun.objects.update(status="failed", attempts=5)
    assert "1 cálculo vuelve a la cola." in act(staff, "evaluationrun", "retry", run).content.decode()
    run.refresh_from_db()
    assert (run.status, run.attempts) == ("pending", 0)
    assert "0 cálculos vuelven a la cola." in act(staff, "evaluationrun", "retry", run).content.decode()
