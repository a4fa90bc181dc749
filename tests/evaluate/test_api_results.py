"""Public results for other programs: numbers, and only while the town says so."""

import pytest
from django.utils import timezone

from evaluate.models import Evaluation, EvaluationRun
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from evaluate.services.submission import evaluation_submit
from tests.evaluate.factories import municipal_evaluation, questionnaire_version

pytestmark = pytest.mark.django_db
RESULTS = "/api/v1/questionnaires/ambiente/results/"


def scored(version=None, *, is_public: bool = True) -> Evaluation:
    evaluation = municipal_evaluation(version)
    for path, value in {"/residuos/separa": "si", "/residuos/responsable": "Rosa Ejemplo"}.items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    assert run is not None
    evaluation_score(run_id=run.pk)
    if is_public:
        Evaluation.objects.filter(pk=evaluation.pk).update(published_at=timezone.now())
    evaluation.refresh_from_db()
    return evaluation


def test_a_visitor_reads_a_public_result_in_numbers_and_nothing_that_people_wrote(client):
    evaluation = scored()
    (row,) = client.get(RESULTS).json()["results"]
    assert (row["municipality"], row["self_reported"]) == (evaluation.municipality_id, True)
    response = client.get(f"{RESULTS}{row['id']}/")
    found = response.json()
    assert found["score"]["total"]["share_exact"] == "1/2"
    assert [each["key"] for each in found["score"]["criteria"]] == ["separa", "mide"]
    text = response.content.decode()
    assert "questions" not in text
    assert "Rosa" not in text
    assert evaluation.owner.name not in text


def test_what_is_not_public_is_not_found_whoever_asks(client, admin_client):
    evaluation = scored(is_public=False)
    for reader in (client, admin_client):
        assert reader.get(RESULTS).json()["results"] == []
        assert reader.get(f"{RESULTS}{evaluation.public_id}/").status_code == 404
    Evaluation.objects.update(published_at=timezone.now())
    assert client.get(f"{RESULTS}{evaluation.public_id}/").status_code == 200
    assert client.get(f"/api/v1/questionnaires/otro/results/{evaluation.public_id}/").status_code == 404
    Evaluation.objects.update(published_at=None)
    assert client.get(f"{RESULTS}{evaluation.public_id}/").status_code == 404


def test_an_address_that_is_none_is_not_found(client):
    scored()
    for wrong in ("x", "----" * 9, "0" * 36, f"{'0' * 8}-0000-0000-0000-{'0' * 12}"):
        assert client.get(f"{RESULTS}{wrong}/").status_code == 404


def test_the_list_is_of_one_town_if_wanted_and_costs_the_same_however_long(
    client, django_assert_max_num_queries
):
    version = questionnaire_version()
    towns = [scored(version).municipality_id for _number in range(3)]
    with django_assert_max_num_queries(2):
        rows = client.get(RESULTS).json()["results"]
    assert sorted(row["municipality"] for row in rows) == sorted(towns)
    assert [
        row["municipality"] for row in client.get(RESULTS, {"municipio": towns[0]}).json()["results"]
    ] == [towns[0]]
    assert client.get(RESULTS, {"municipio": "x"}).json()["results"] == []
    page = client.get(RESULTS, {"page_size": 2}).json()
    assert len(client.get(page["next"]).json()["results"]) == 1


def test_a_town_that_corrects_its_answers_stays_public_with_what_it_signed(client):
    evaluation = scored()
    Evaluation.objects.update(status="draft")
    found = client.get(f"{RESULTS}{evaluation.public_id}/").json()
    assert found["score"]["total"]["share_exact"] == "1/2"
    assert EvaluationRun.objects.done().count() == 1
