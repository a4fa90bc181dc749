"""Starting an evaluation and answering it."""

import threading

import pytest
from django.db import IntegrityError, connection, transaction

from evaluate.models import Answer, Evaluation
from evaluate.services.answering import (
    answer_save,
    evaluation_start,
    repeat_add,
    repeat_remove,
    section_save,
)
from evaluate.services.questionnaires import version_retire
from evaluate.services.states import evaluation_state, section_of
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db


def held(evaluation: Evaluation) -> Evaluation:
    return Evaluation.objects.select_for_update().get(pk=evaluation.pk)


def stored(evaluation: Evaluation) -> dict[str, object]:
    return dict(Answer.objects.filter(evaluation=evaluation).values_list("path", "value"))


def test_a_colleague_who_starts_gets_the_evaluation_that_is_already_open():
    town = MunicipalityFactory()
    first = municipal_evaluation(user=MembershipFactory(municipality=town).user, municipality=town)
    colleague = MembershipFactory(municipality=town).user
    second, is_new = evaluation_start(user=colleague, questionnaire=first.questionnaire, municipality=town)
    assert (second, is_new) == (first, False)


def test_a_personal_check_is_apart_from_the_towns():
    town_one = municipal_evaluation()
    own, is_new = evaluation_start(user=town_one.owner, questionnaire=town_one.questionnaire)
    assert is_new
    assert own.is_personal
    assert own != town_one


def test_the_start_is_the_first_step_of_its_history():
    evaluation = personal_evaluation()
    change = evaluation.changes.get()
    assert (change.from_status, change.to_status, change.actor) == ("", "draft", evaluation.owner)


def test_the_database_allows_one_open_evaluation_per_town_and_questionnaire():
    evaluation = municipal_evaluation()
    with pytest.raises(IntegrityError, match="evaluate_one_draft_per_municipality"), transaction.atomic():
        Evaluation.objects.create(
            questionnaire=evaluation.questionnaire,
            version=evaluation.version,
            municipality=evaluation.municipality,
            owner=evaluation.owner,
        )


def test_an_evaluation_goes_on_with_its_version_after_a_later_one_came_into_force():
    evaluation = personal_evaluation()
    version_retire(version=evaluation.version)
    found, is_new = evaluation_start(user=evaluation.owner, questionnaire=evaluation.questionnaire)
    assert (found, is_new) == (evaluation, False)
    answer_save(evaluation=held(evaluation), user=evaluation.owner, path="/residuos/separa", value="si")
    assert stored(evaluation) == {"/residuos/separa": "si"}


def test_an_answer_is_kept_with_who_gave_it():
    evaluation = municipal_evaluation()
    saved = answer_save(
        evaluation=held(evaluation), user=evaluation.owner, path="/residuos/separa", value="si"
    )
    answer = evaluation.answers.get()
    assert (answer.value, answer.answered_by) == ("si", evaluation.owner)
    assert "/residuos/barrios" in saved.changes.shown


def test_a_wrong_answer_is_kept_as_it_was_typed():
    evaluation = personal_evaluation()
    for path, value in (("/residuos/separa", "si"), ("/residuos/barrios", "muchos")):
        saved = answer_save(evaluation=held(evaluation), user=evaluation.owner, path=path, value=value)
    assert stored(evaluation)["/residuos/barrios"] == "muchos"
    assert saved.state.errors("/residuos/barrios")


def test_an_answer_that_is_no_longer_asked_for_is_kept_and_comes_back():
    evaluation = personal_evaluation()
    steps = [("/residuos/separa", "si"), ("/residuos/barrios", "7"), ("/residuos/separa", "no")]
    for path, value in steps:
        answer_save(evaluation=held(evaluation), user=evaluation.owner, path=path, value=value)
    state = evaluation_state(evaluation)
    assert not state.visible("/residuos/barrios")
    assert stored(evaluation)["/residuos/barrios"] == "7"


def test_an_unknown_question_is_no_answer():
    evaluation = personal_evaluation()
    with pytest.raises(KeyError):
        answer_save(evaluation=held(evaluation), user=evaluation.owner, path="/no/existe", value="x")


def test_a_section_saved_at_once_says_what_is_wrong_and_what_came_to_be_asked():
    evaluation = personal_evaluation()
    section = section_of(evaluation_state(evaluation).definition, "residuos")
    saved = section_save(
        evaluation=held(evaluation),
        user=evaluation.owner,
        section=section,
        values={"/residuos/separa": "si", "/residuos/responsable": "Obras"},
    )
    assert saved.appeared == ("/residuos/barrios",)
    assert not saved.errors
    saved = section_save(
        evaluation=held(evaluation),
        user=evaluation.owner,
        section=section,
        values={"/residuos/barrios": "99"},
    )
    assert saved.errors == {"/residuos/barrios": ("Tiene que ser un número entre 1 y 50.",)}
    assert stored(evaluation)["/residuos/responsable"] == "Obras"


REPEATED = [
    {"type": "begin repeat", "name": "obra", "label": "Obra"},
    {"type": "text", "name": "nombre", "label": "Nombre"},
    {"type": "end repeat"},
]


def test_cases_are_added_and_removed_and_those_behind_move_up():
    version = questionnaire_version(REPEATED, (), slug="obras")
    evaluation = personal_evaluation(version)
    _state, added = repeat_add(evaluation=held(evaluation), user=evaluation.owner, path="/obra")
    assert added == "/obra[2]"
    for path, value in (("/obra[1]/nombre", "Plaza"), ("/obra[2]/nombre", "Puente")):
        answer_save(evaluation=held(evaluation), user=evaluation.owner, path=path, value=value)
    repeat_remove(evaluation=held(evaluation), user=evaluation.owner, path="/obra[1]")
    evaluation.refresh_from_db()
    assert stored(evaluation) == {"/obra[1]/nombre": "Puente"}
    assert evaluation.repeat_counts == {"/obra": 1}


@pytest.mark.django_db(transaction=True)
def test_two_colleagues_who_start_at_once_get_the_same_evaluation():
    town = MunicipalityFactory()
    questionnaire = questionnaire_version().questionnaire
    people = [MembershipFactory(municipality=town).user for _number in range(4)]
    barrier = threading.Barrier(len(people))
    found = []

    def start(user):
        barrier.wait()
        try:
            found.append(evaluation_start(user=user, questionnaire=questionnaire, municipality=town))
        finally:
            connection.close()

    threads = [threading.Thread(target=start, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len({evaluation.pk for evaluation, _is_new in found}) == 1
    assert [is_new for _evaluation, is_new in found].count(True) == 1
