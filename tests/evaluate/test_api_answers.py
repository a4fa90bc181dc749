"""Answers sent by another program: all of them right, or none is kept, and each problem beside its path."""

from typing import Any

import pytest

from evaluate.models import Answer, Evaluation
from evaluate.services.answering import answer_save
from tests.evaluate.factories import municipal_evaluation, questionnaire_version
from tests.evaluate.test_api_evaluations import address, as_user, give, send

pytestmark = pytest.mark.django_db
REPEATED = [
    {"type": "begin repeat", "name": "centro", "label": "Centros"},
    {"type": "select_multiple dias", "name": "abre", "label": "¿Qué días abre?"},
    {"type": "end repeat"},
    {"type": "image", "name": "foto", "label": "Foto"},
    {"type": "calculate", "name": "cuantos", "calculation": "count(${centro})"},
]
DAYS = [{"list_name": "dias", "name": name, "label": name, "points": 1} for name in ("lunes", "martes")]


def answers(evaluation: Evaluation) -> dict[str, Any]:
    return dict(Answer.objects.filter(evaluation=evaluation).values_list("path", "value"))


def errors(response: Any) -> dict[str, list[str]]:
    assert response.status_code == 400
    return response.json()["errors"]


def test_what_is_right_is_kept_and_told_back():
    evaluation = municipal_evaluation()
    response = give(
        evaluation,
        {"path": "/residuos/barrios", "value": 12},
        {"path": "/residuos/separa", "value": "si"},
        {"path": "/residuos/responsable", "value": "Área de Ambiente \x00 \ud800"},
    )
    assert response.status_code == 200
    assert answers(evaluation) == {
        "/residuos/barrios": "12",
        "/residuos/separa": "si",
        "/residuos/responsable": "Área de Ambiente  ",
    }
    assert [each["path"] for each in response.json()["answers"]] == sorted(answers(evaluation))
    assert Answer.objects.filter(answered_by=evaluation.owner).count() == 3


def test_each_problem_is_said_by_its_path_and_nothing_is_kept():
    evaluation = municipal_evaluation()
    found = errors(
        give(
            evaluation,
            {"path": "/residuos/separa", "value": "si"},
            {"path": "/residuos/barrios", "value": 99},
            {"path": "/agua/mide", "value": "quizás"},
            {"path": "/no/hay", "value": "x"},
            {"path": "/agua/saludo", "value": "x"},
            {"path": "/residuos", "value": "x"},
        )
    )
    assert found["/residuos/barrios"] == ["Tiene que ser un número entre 1 y 50."]
    assert "no está entre las que se ofrecen" in found["/agua/mide"][0]
    assert {*found} == {"/residuos/barrios", "/agua/mide", "/no/hay", "/agua/saludo", "/residuos"}
    assert answers(evaluation) == {}


def test_a_question_that_is_not_relevant_is_not_answered():
    evaluation = municipal_evaluation()
    found = errors(
        give(
            evaluation, {"path": "/residuos/separa", "value": "no"}, {"path": "/residuos/barrios", "value": 3}
        )
    )
    assert [*found] == ["/residuos/barrios"]
    assert "no corresponde" in found["/residuos/barrios"][0]
    assert answers(evaluation) == {}


def test_what_does_not_apply_says_why():
    version = questionnaire_version(
        settings=[{"form_title": "A", "form_id": "a", "not_applicable": "excluded"}]
    )
    evaluation = municipal_evaluation(version)
    mark = {"path": "/agua/mide", "not_applicable": True}
    assert [*errors(give(evaluation, mark))] == ["/agua/mide"]
    assert [*errors(give(evaluation, mark | {"reason": "  "}))] == ["/agua/mide"]
    assert [*errors(give(evaluation, mark | {"reason": "No hay red.", "value": "si"}))] == ["/agua/mide"]
    assert give(evaluation, mark | {"reason": "No hay red."}).status_code == 200
    assert Answer.objects.filter(is_not_applicable=True, reason="No hay red.").count() == 1
    assert give(evaluation, {"path": "/agua/mide", "value": "no"}).status_code == 200
    assert Answer.objects.filter(is_not_applicable=False, value="no").count() == 1


def test_where_everybody_must_answer_nothing_is_marked_as_not_applicable():
    evaluation = municipal_evaluation()
    found = errors(give(evaluation, {"path": "/residuos/barrios", "not_applicable": True, "reason": "No."}))
    assert "aplica a todos" in found["/residuos/barrios"][0]


def test_an_answer_is_taken_back():
    evaluation = municipal_evaluation()
    give(evaluation, {"path": "/residuos/separa", "value": "si"})
    assert give(evaluation, {"path": "/residuos/separa", "value": None}).status_code == 200
    assert answers(evaluation) == {"/residuos/separa": ""}


def test_cases_of_a_repeated_group_come_one_after_the_other():
    evaluation = municipal_evaluation(questionnaire_version(REPEATED, DAYS, slug="centros"))
    response = give(
        evaluation,
        {"path": "/centro[1]/abre", "value": ["lunes"]},
        {"path": "/centro[2]/abre", "value": ["lunes", "martes"]},
    )
    assert response.status_code == 200
    evaluation.refresh_from_db()
    assert evaluation.repeat_counts == {"/centro": 2}
    assert [*errors(give(evaluation, {"path": "/centro[9]/abre", "value": ["lunes"]}))] == ["/centro[9]/abre"]
    found = errors(give(evaluation, {"path": "/foto", "value": "1b4e"}, {"path": "/cuantos", "value": "7"}))
    assert {*found} == {"/foto", "/cuantos"}
    assert "en la página" in found["/foto"][0]


def test_hundreds_of_new_cases_come_a_few_at_a_time():
    evaluation = municipal_evaluation(questionnaire_version(REPEATED, DAYS, slug="centros"))
    many = [{"path": f"/centro[{number}]/abre", "value": ["lunes"]} for number in range(1, 60)]
    found = errors(give(evaluation, *many))
    assert "hasta 50" in found["/centro[59]/abre"][0]
    assert give(evaluation, *many[:50]).status_code == 200
    assert give(evaluation, *many).status_code == 200
    assert len(answers(evaluation)) == 59


@pytest.mark.parametrize(
    "content",
    [
        {},
        {"answers": []},
        {"answers": "x"},
        {"answers": [{"value": "si"}]},
        {"answers": [{"path": "/residuos/separa", "value": {"a": 1}}]},
        {"answers": [{"path": "/residuos/separa", "value": True}]},
        {"answers": [{"path": "/residuos/separa", "value": [1]}]},
        {"answers": [{"path": "/residuos/separa", "value": "si"}] * 2},
        {"answers": [{"path": f"/x{number}", "value": ""} for number in range(2_001)]},
        {"answers": [{"path": "/residuos/separa[[", "value": "x"}]},
        {"answers": [{"path": "/residuos[99999999999]/separa", "value": "x"}]},
    ],
)
def test_what_makes_no_sense_is_refused_with_reasons(content):
    evaluation = municipal_evaluation()
    response = send(as_user(evaluation.owner), address(evaluation, "answers"), content, "patch")
    assert response.status_code == 400
    assert response.json()
    assert answers(evaluation) == {}


def test_what_a_colleague_wrote_meanwhile_is_not_overwritten():
    evaluation = municipal_evaluation()
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="si")
    tag = as_user(evaluation.owner).get(address(evaluation, "answers")).headers["ETag"]
    change = {"path": "/residuos/separa", "value": "no"}
    first = give(evaluation, change, **{"If-Match": tag})
    assert first.status_code == 200
    assert first.headers["ETag"] != tag
    stale = give(evaluation, {"path": "/residuos/responsable", "value": "x"}, **{"If-Match": tag})
    assert stale.status_code == 412
    assert "If-Match" in stale.json()["detail"]
    assert answers(evaluation) == {"/residuos/separa": "no"}
