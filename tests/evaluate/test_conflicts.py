"""Two people who answer one question otherwise: nothing is overwritten before one of them has decided."""

from datetime import timedelta
from html import unescape

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from evaluate.models import Answer, AnswerRevision
from portal.files.models import StoredFile
from tests.evaluate.answer_page import stored
from tests.evaluate.factories import criteria_version, questionnaire_version
from tests.evaluate.people import two_people
from tests.evaluate.queries import counted_queries

pytestmark = pytest.mark.django_db
PATH = "/residuos/responsable"
OUTCOME = "Answer-Outcome"


def named(evaluation, person, name: str) -> None:
    """Give the person a name that the page says."""
    user = evaluation.owner.__class__.objects.get(pk=person.client.session["_auth_user_id"])
    user.name = name
    user.save(update_fields=["name"])


def texts(response) -> str:
    return unescape(response.content.decode())


def test_the_second_answer_is_not_saved_and_both_are_shown():
    evaluation, anna, beto = two_people()
    named(evaluation, anna, "Ana Díaz")
    anna.save(PATH, "Obras")
    response = beto.save(PATH, "Ambiente")
    assert response[OUTCOME] == "conflict"
    assert stored(evaluation)[PATH] == "Obras"
    assert "Ana Díaz respondió «Obras» a las " in texts(response)
    assert "vos pusiste «Ambiente»" in texts(response)
    assert f'name="{PATH}"' not in texts(response), "the field being typed in is not drawn anew"


def test_what_was_answered_days_ago_is_told_with_its_day():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    Answer.objects.filter(evaluation=evaluation).update(answered_at=timezone.now() - timedelta(days=3))
    day = timezone.localdate() - timedelta(days=3)
    assert f"el {day:%d/%m/%Y} a las" in texts(beto.save(PATH, "Ambiente"))


def test_keeping_ones_own_writes_it_and_keeps_the_others_in_the_history():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    mark = held_in(beto.save(PATH, "Ambiente"))
    response = beto.save(PATH, "Ambiente", **{f"{PATH}:held": mark})
    assert response[OUTCOME] == "saved"
    assert stored(evaluation)[PATH] == "Ambiente"
    revision = AnswerRevision.objects.get(evaluation=evaluation)
    assert (revision.value, revision.answered_by) == ("Obras", evaluation.owner)


def test_a_third_answer_before_the_decision_is_a_conflict_of_its_own():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    mark = held_in(beto.save(PATH, "Ambiente"))
    anna.save(PATH, "Higiene")
    response = beto.save(PATH, "Ambiente", **{f"{PATH}:held": mark})
    assert response[OUTCOME] == "conflict"
    assert "«Higiene»" in texts(response)
    assert stored(evaluation)[PATH] == "Higiene"


def test_leaving_the_others_writes_nothing_and_shows_it_in_the_field():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    beto.save(PATH, "Ambiente")
    response = beto.save(PATH, "Ambiente", dejar="1")
    assert response[OUTCOME] == "left"
    assert 'value="Obras"' in texts(response)
    assert stored(evaluation)[PATH] == "Obras"
    assert not AnswerRevision.objects.exists()


def test_both_giving_the_same_answer_is_no_conflict():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    assert beto.save(PATH, "Obras")[OUTCOME] == "saved"
    assert not AnswerRevision.objects.exists()
    assert stored(evaluation)[PATH] == "Obras"


def test_against_ones_own_other_window_the_later_counts():
    evaluation, anna, _beto = two_people()
    mark = anna.fields[f"{PATH}:held"]
    anna.save(PATH, "Obras")
    assert anna.save(PATH, "Ambiente", **{f"{PATH}:held": mark})[OUTCOME] == "saved"
    assert stored(evaluation)[PATH] == "Ambiente"


def test_what_waited_on_a_device_does_not_undo_what_the_same_person_answered_since_elsewhere():
    evaluation, anna, _beto = two_people()
    mark = anna.fields[f"{PATH}:held"]
    anna.save(PATH, "Obras")
    waited = {f"{PATH}:held": mark, "guardada": "1"}
    response = anna.save(PATH, "Vieja", **waited)
    assert response[OUTCOME] == "conflict"
    assert "quizás desde otro dispositivo" in texts(response)
    assert stored(evaluation)[PATH] == "Obras"
    assert anna.save(PATH, "Nueva", **waited, **{f"{PATH}:tried": "Obras"})[OUTCOME] == "saved", (
        "the device itself had sent that and not heard that it arrived"
    )
    assert stored(evaluation)[PATH] == "Nueva"


def test_what_goes_back_to_what_the_page_had_shown_does_not_undo_the_others_unseen():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    beto.open()
    mark = beto.fields[f"{PATH}:held"]
    anna.save(PATH, "Ambiente")
    response = beto.save(PATH, "Obras", **{f"{PATH}:held": mark})
    assert response[OUTCOME] == "conflict"
    assert stored(evaluation)[PATH] == "Ambiente"


def test_what_goes_back_after_a_try_that_arrived_unheard_is_saved():
    evaluation, anna, _beto = two_people()
    mark = anna.fields[f"{PATH}:held"]
    anna.save(PATH, "Obras")
    waited = {f"{PATH}:held": mark, "guardada": "1", f"{PATH}:tried": "Obras"}
    assert anna.save(PATH, "", **waited)[OUTCOME] == "saved"
    assert stored(evaluation)[PATH] == ""


def test_a_reason_that_arrived_unheard_is_no_conflict_with_what_is_written_on():
    evaluation, anna, _beto = two_people(criteria_version(), "riego")
    path = "/riego/riego_1"
    marked, mark = {f"{path}:na": "1"}, anna.fields[f"{path}:held"]
    anna.save(path, **marked, **{f"{path}:motivo": "No hay"})
    waited = {f"{path}:held": mark, "guardada": "1", f"{path}:motivo": "No hay riego"}
    assert anna.save(path, **marked, **waited)[OUTCOME] == "conflict"
    waited[f"{path}:tried:motivo"] = "No hay"
    assert anna.save(path, **marked, **waited)[OUTCOME] == "saved"
    assert Answer.objects.get(evaluation=evaluation, path=path).reason == "No hay riego"


def test_choices_are_told_in_words_and_marks_conflict_too():
    evaluation, anna, beto = two_people(criteria_version(), "riego")
    path = "/riego/riego_1"
    anna.save(path, "2")
    marked = {f"{path}:na": "1", f"{path}:motivo": "No hay riego"}
    response = beto.save(path, **marked)
    assert response[OUTCOME] == "conflict"
    assert "respondió «Bastante»" in texts(response)
    assert "vos pusiste «no aplica: No hay riego»" in texts(response)
    assert not Answer.objects.get(evaluation=evaluation, path=path).is_not_applicable
    mark = held_in(response)
    assert beto.save(path, **{**marked, f"{path}:held": mark})[OUTCOME] == "saved"
    assert AnswerRevision.objects.get(evaluation=evaluation, path=path).value == "2"
    assert "«no aplica: No hay riego»" in texts(anna.save(path, "3"))


def test_a_section_sent_at_once_saves_the_rest_and_shows_what_conflicts_beside_its_field():
    evaluation, anna, beto = two_people()
    beto.save(PATH, "Obras Públicas")
    response = anna.send(**{"/residuos/separa": "no", PATH: "Ambiente"})
    assert response.status_code == 200
    page = texts(response)
    assert "respondió «Obras Públicas»" in page
    assert "otra persona respondió otra cosa" in page
    assert stored(evaluation) == {"/residuos/separa": "no", PATH: "Obras Públicas"}


@pytest.mark.parametrize(("action", "left"), [("mia", "Ambiente"), ("suya", "Obras Públicas")])
def test_without_javascript_the_two_buttons_decide(action, left):
    evaluation, anna, beto = two_people()
    beto.save(PATH, "Obras Públicas")
    page = texts(anna.send(**{"/residuos/separa": "no", PATH: "Ambiente"}))
    anna.note(page)
    assert anna.fields[PATH] == ["Obras Públicas"]
    assert anna.fields[f"{PATH}:mia"] == ["Ambiente"]
    assert f'value="{action}:{PATH}"' in page
    assert anna.send(f"{action}:{PATH}", **{"/residuos/separa": "no"}).status_code == 302
    assert stored(evaluation)[PATH] == left
    assert AnswerRevision.objects.exists() is (action == "mia")


def test_ignoring_the_question_leaves_the_others_answer():
    evaluation, anna, beto = two_people()
    beto.save(PATH, "Obras Públicas")
    anna.note(texts(anna.send(**{"/residuos/separa": "no", PATH: "Ambiente"})))
    anna.send(**{"/residuos/separa": "no"})
    assert stored(evaluation)[PATH] == "Obras Públicas"


def test_the_name_of_an_erased_account_is_not_missed():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    Answer.objects.filter(evaluation=evaluation).update(answered_by=None)
    assert "Otra persona de tu municipio respondió «Obras»" in texts(beto.save(PATH, "Ambiente"))


def test_an_answer_in_words_of_others_is_escaped():
    _evaluation, anna, beto = two_people()
    anna.save(PATH, "<script>alert(1)</script>")
    assert "<script>alert" not in beto.save(PATH, "<img src=x>").content.decode()


def test_a_file_that_somebody_replaced_meanwhile_is_not_replaced_unseen():
    survey = [{"type": "file", "name": "ordenanza", "label": "Ordenanza"}]
    _evaluation, anna, beto = two_people(questionnaire_version(survey, (), slug="subidas"), "general-1")
    path = "/ordenanza"
    mark = beto.fields[f"{path}:held"]
    for person, text, held in ((anna, b"de Ana", mark), (beto, b"de Beto", mark)):
        file = SimpleUploadedFile("o.txt", text)
        data = {"path": path, path: file, f"{path}:held": held}
        response = person.client.post(person.save_url, data, headers={"HX-Request": "true"})
    assert response[OUTCOME] == "refused"
    assert "Este archivo cambió desde que abriste la página." in texts(response)
    assert StoredFile.objects.get().content.read() == b"de Ana"


def test_a_conflict_costs_one_query_more_and_no_write():
    _evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    with counted_queries() as queries:
        beto.save(PATH, "Ambiente")
    assert len(queries) <= 6, "\n".join(queries)


def test_replacing_the_answer_of_somebody_else_takes_at_most_six_queries():
    evaluation, anna, beto = two_people()
    anna.save(PATH, "Obras")
    mark = held_in(beto.save(PATH, "Ambiente"))
    with counted_queries() as queries:
        assert beto.save(PATH, "Ambiente", **{f"{PATH}:held": mark})[OUTCOME] == "saved"
    assert len(queries) <= 6, "\n".join(queries)
    assert AnswerRevision.objects.filter(evaluation=evaluation).count() == 1


def test_replacing_ones_own_from_another_window_takes_at_most_six_queries():
    _evaluation, anna, _beto = two_people()
    mark = anna.fields[f"{PATH}:held"]
    anna.save(PATH, "Obras")
    with counted_queries() as queries:
        assert anna.save(PATH, "Ambiente", **{f"{PATH}:held": mark})[OUTCOME] == "saved"
    assert len(queries) <= 6, "\n".join(queries)


def held_in(response) -> str:
    """Return the mark with which one keeps one's own."""
    return texts(response).split(':held": "')[1].split('"')[0]
