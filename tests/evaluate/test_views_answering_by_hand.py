"""Answers that no page of ours sends."""

import pytest
from django.test import Client

from evaluate.answering.posted import MAX_LENGTH
from evaluate.models import Evaluation
from evaluate.services.states import evaluation_state
from evaluate.services.submission import evaluation_review
from tests.evaluate.answer_page import save, stored
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version

pytestmark = pytest.mark.django_db


@pytest.fixture
def evaluation(client: Client) -> Evaluation:
    evaluation = municipal_evaluation()
    client.force_login(evaluation.owner)
    return evaluation


@pytest.mark.parametrize("path", ["/no/existe", "/residuos", "", "/agua/saludo"])
def test_what_is_no_question_is_not_found(path, client, evaluation):
    assert save(client, evaluation, path, "x").status_code == 404
    assert stored(evaluation) == {}


def test_an_answer_with_a_nul_is_kept_without_it(client, evaluation):
    assert save(client, evaluation, "/residuos/responsable", "Ob\x00ras").status_code == 200
    assert stored(evaluation)["/residuos/responsable"] == "Obras"


def test_an_answer_sent_by_hand_to_a_question_that_is_not_asked_counts_for_nothing(client, evaluation):
    response = save(client, evaluation, "/residuos/barrios", "7")
    assert response.status_code == 200
    assert evaluation_state(evaluation).value("/residuos/barrios") == ""


def test_an_answer_outside_its_constraint_is_kept_as_typed_and_does_not_count(client, evaluation):
    save(client, evaluation, "/residuos/separa", "si")
    response = save(client, evaluation, "/residuos/barrios", "-3")
    assert "Tiene que ser un número entre 1 y 50." in response.content.decode()
    assert stored(evaluation)["/residuos/barrios"] == "-3"
    review = evaluation_review(evaluation=evaluation)
    assert not review.is_ready
    assert "/residuos/barrios" in review.invalid


def test_a_choice_that_is_not_offered_is_wrong_and_keeps_the_evaluation_from_being_signed(client, evaluation):
    response = save(client, evaluation, "/residuos/separa", "quizas")
    assert response.status_code == 200
    assert evaluation_state(evaluation).errors("/residuos/separa")
    assert not evaluation_review(evaluation=evaluation).is_ready


def test_two_choices_where_one_is_asked_leave_the_first(client, evaluation):
    save(client, evaluation, "/residuos/separa", "si", "no")
    assert stored(evaluation)["/residuos/separa"] == "si"


def test_a_text_of_a_novels_length_is_cut_just_past_the_limit_and_refused(client, evaluation):
    response = save(client, evaluation, "/residuos/responsable", "a" * 90_000)
    assert response.status_code == 200
    assert len(stored(evaluation)["/residuos/responsable"]) == MAX_LENGTH + 1
    assert evaluation_state(evaluation).errors("/residuos/responsable")


CALCULATED = [
    {"type": "integer", "name": "total", "label": "Total"},
    {"type": "calculate", "name": "mitad", "calculation": "${total} div 2"},
    {"type": "integer", "name": "doble", "label": "Doble", "calculation": "${total} * 2"},
    {"type": "text", "name": "fijo", "label": "Fijo", "read_only": "yes"},
]


@pytest.mark.parametrize("path", ["/mitad", "/doble", "/fijo"])
def test_what_is_calculated_or_only_shown_takes_no_answer(path, client):
    evaluation = personal_evaluation(questionnaire_version(CALCULATED, (), slug="cuentas"))
    client.force_login(evaluation.owner)
    assert save(client, evaluation, path, "999").status_code == 404
    assert path not in stored(evaluation)


def test_a_path_of_another_questionnaire_is_no_question_of_this_one(client, evaluation):
    other = personal_evaluation(questionnaire_version(CALCULATED, (), slug="cuentas"), user=evaluation.owner)
    assert save(client, evaluation, "/total", "3").status_code == 404
    assert save(client, other, "/residuos/separa", "si").status_code == 404
    assert stored(evaluation) == stored(other) == {}


def test_what_applies_to_everybody_cannot_be_said_not_to_apply(client, evaluation):
    path = "/residuos/responsable"
    save(client, evaluation, path, "Obras", **{f"{path}:na": "1", f"{path}:motivo": "porque no"})
    assert not evaluation_state(evaluation).is_not_applicable(path)
    assert stored(evaluation)[path] == "Obras"
