"""Evaluations for other programs: begin, answer, sign, read the result; each role sees and does what its own is."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from evaluate.models import Answer, Evaluation, EvaluationRun
from evaluate.services.answering import answer_save
from evaluate.services.scoring import evaluation_score
from portal.accounts.models import User
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/evaluations/"


def address(evaluation: Evaluation, *parts: str) -> str:
    return "/".join([f"{LIST}{evaluation.public_id}", *parts, ""])


def as_user(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def send(client: Client, path: str, data: Any, method: str = "post", **headers: str) -> Any:
    return getattr(client, method)(path, json.dumps(data), content_type="application/json", headers=headers)


def give(evaluation: Evaluation, *answers: dict, **headers: str) -> Any:
    client = as_user(evaluation.owner)
    return send(client, address(evaluation, "answers"), {"answers": list(answers)}, "patch", **headers)


def test_one_begins_for_a_town_and_goes_on_with_what_is_begun():
    questionnaire_version()
    membership = MembershipFactory()
    client = as_user(membership.user)
    wish = {"questionnaire": "ambiente", "municipality": membership.municipality_id}
    first = send(client, LIST, wish)
    assert first.status_code == 201
    assert first.headers["Location"].endswith(f"{LIST}{first.json()['id']}/")
    again = send(client, LIST, wish)
    assert (again.status_code, again.json()["id"]) == (200, first.json()["id"])
    own = send(client, LIST, {"questionnaire": "ambiente"})
    assert (own.status_code, own.json()["municipality"]) == (201, None)


def test_one_does_not_begin_for_somebody_elses_town_nor_what_there_is_not():
    questionnaire_version()
    membership, elsewhere = MembershipFactory(), MembershipFactory()
    client = as_user(membership.user)
    refused = send(client, LIST, {"questionnaire": "ambiente", "municipality": elsewhere.municipality_id})
    assert refused.status_code == 403
    assert "quien trabaja ahí" in refused.json()["detail"]
    assert send(client, LIST, {"questionnaire": "no-hay"}).status_code == 404
    assert send(client, LIST, {"questionnaire": "ambiente", "municipality": 2**31}).status_code == 404
    assert send(client, LIST, {"municipality": "x"}).status_code == 400
    assert send(as_user(None), LIST, {"questionnaire": "ambiente"}).status_code == 403
    assert not Evaluation.objects.exists()


def people(evaluation: Evaluation) -> dict[str, User | None]:
    """Everybody who might look at a town's evaluation."""
    town = evaluation.municipality
    return {
        "colleague": MembershipFactory(municipality=town).user,
        "left": MembershipFactory(municipality=town, left=True).user,
        "elsewhere": MembershipFactory(coordinator=True).user,
        "staff": UserFactory(staff=True),
        "visitor": None,
    }


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("colleague", 200, 200),
        ("left", 404, 404),
        ("elsewhere", 404, 404),
        ("staff", 200, 403),
        ("visitor", 403, 403),
    ],
)
def test_a_towns_evaluation_is_its_peoples_and_staff_only_look(who, reads, writes):
    evaluation = municipal_evaluation()
    client = as_user(people(evaluation)[who])
    for parts in ((), ("answers",), ("result",), ("comments",), ("evidence",)):
        assert client.get(address(evaluation, *parts)).status_code == reads
    answers = {"answers": [{"path": "/residuos/separa", "value": "si"}]}
    assert send(client, address(evaluation, "answers"), answers, "patch").status_code == writes
    listed = client.get(LIST)
    assert listed.status_code == (403 if who == "visitor" else 200)
    if reads != 403:
        assert len(listed.json()["results"]) == (1 if reads == 200 else 0)
    assert Answer.objects.filter(path="/residuos/separa").exists() == (writes == 200)


@pytest.mark.parametrize("who", ["colleague", "staff"])
def test_a_self_check_is_its_owners_alone(who):
    membership = MembershipFactory()
    evaluation = personal_evaluation(user=membership.user)
    other = UserFactory(staff=True)
    if who == "colleague":
        other = MembershipFactory(municipality=membership.municipality, coordinator=True).user
    client = as_user(other)
    assert client.get(LIST).json()["results"] == []
    for parts in ((), ("answers",), ("result",), ("benchmark",), ("comments",)):
        assert client.get(address(evaluation, *parts)).status_code == 404
    assert client.post(address(evaluation, "submit")).status_code == 404
    assert as_user(evaluation.owner).get(address(evaluation)).status_code == 200


def test_only_who_leads_signs():
    evaluation = municipal_evaluation()
    MembershipFactory(municipality=evaluation.municipality, coordinator=True)
    give(evaluation, {"path": "/residuos/separa", "value": "si"})
    refused = as_user(evaluation.owner).post(address(evaluation, "submit"))
    assert refused.status_code == 403
    assert "coordina" in refused.json()["detail"]
    evaluation.refresh_from_db()
    assert evaluation.is_draft


def test_what_is_missing_or_wrong_is_said_by_its_path_and_nothing_is_signed():
    evaluation = municipal_evaluation()
    for path, value in {"/residuos/separa": "si", "/residuos/barrios": "99"}.items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    client = as_user(evaluation.owner)
    refused = client.post(address(evaluation, "submit"))
    assert refused.status_code == 400
    assert refused.json()["errors"] == {"/residuos/barrios": ["Tiene que ser un número entre 1 y 50."]}
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="")
    assert "/residuos/separa" in client.post(address(evaluation, "submit")).json()["errors"]
    assert not EvaluationRun.objects.exists()


def test_from_the_first_answer_to_the_explained_result():
    evaluation = municipal_evaluation()
    client = as_user(evaluation.owner)
    give(evaluation, {"path": "/residuos/separa", "value": "si"}, {"path": "/residuos/barrios", "value": 7})
    assert client.get(address(evaluation, "result")).json()["status"] == "none"
    assert client.post(address(evaluation, "submit")).json()["status"] == "submitted"
    assert client.get(address(evaluation, "result")).json()["score"] is None
    assert client.get(address(evaluation, "benchmark")).status_code == 404
    evaluation_score(run_id=EvaluationRun.objects.get().pk)
    found = client.get(address(evaluation, "result")).json()
    assert found["status"] == "done"
    total = found["score"]["total"]
    assert (total["share"], total["share_exact"], total["points"], total["maximum"]) == (
        0.5,
        "1/2",
        "2/1",
        "4/1",
    )
    assert [(each["label"], each["share_exact"]) for each in found["score"]["sections"]] == [
        ("Residuos", "1/1"),
        ("Agua", "0/1"),
    ]
    question = found["score"]["criteria"][0]["questions"][0]
    assert (question["label"], question["answer_labels"]) == ("¿Se separan los residuos?", ["Sí"])
    compared = client.get(address(evaluation, "benchmark"))
    assert compared.status_code == 200
    assert compared.json()["total"]["own"] == 50
    assert compared.json()["chosen"]["count"] is None, "one town alone is compared with nobody"
    assert give(evaluation, {"path": "/residuos/separa", "value": "no"}).status_code == 403


def test_comments_and_evidence_stand_beside_their_question():
    evaluation = municipal_evaluation()
    client = as_user(evaluation.owner)
    said = send(client, address(evaluation, "comments"), {"path": "/residuos/separa", "text": "¿Seguro?"})
    assert (said.status_code, said.json()["author"]) == (201, evaluation.owner.name)
    proof = {"path": "/residuos/separa", "url": "https://ejemplo.org/ordenanza", "title": "Ordenanza"}
    assert send(client, address(evaluation, "evidence"), proof).status_code == 201
    for part in ("comments", "evidence"):
        rows = client.get(address(evaluation, part), {"path": "/residuos/separa"}).json()["results"]
        assert [row["path"] for row in rows] == ["/residuos/separa"]
        assert client.get(address(evaluation, part), {"path": "/agua/mide"}).json()["results"] == []
    nowhere = send(client, address(evaluation, "comments"), {"path": "/nada", "text": "x"})
    assert (nowhere.status_code, list(nowhere.json())) == (400, ["path"])
    unsafe = send(client, address(evaluation, "evidence"), proof | {"url": "javascript:alert(1)"})
    assert unsafe.status_code == 400


def test_the_list_is_filtered_and_costs_the_same_however_long(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    counts = []
    for slug in ("uno", "dos", "tres"):
        version = questionnaire_version(slug=slug)
        municipal_evaluation(version, user=membership.user, municipality=membership.municipality)
        personal_evaluation(version, user=membership.user)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(LIST).status_code == 200
        counts.append(len(captured))
    assert len({*counts}) == 1
    assert len(client.get(LIST).json()["results"]) == 6
    assert len(client.get(LIST, {"questionnaire": "uno"}).json()["results"]) == 2
    assert len(client.get(LIST, {"municipality": membership.municipality_id}).json()["results"]) == 3
    assert client.get(LIST, {"municipality": "x"}).json()["results"] == []
    assert client.get(LIST, {"status": "scored"}).json()["results"] == []
    page = client.get(LIST, {"page_size": 4}).json()
    assert len(client.get(page["next"]).json()["results"]) == 2
