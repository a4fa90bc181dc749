"""Two people with the same section open: what one of them left as it was undoes nothing of the other's."""

import pytest

from evaluate.models import Evaluation
from tests.evaluate.answer_page import stored
from tests.evaluate.factories import YES_NO, questionnaire_version
from tests.evaluate.people import Person, two_people

pytestmark = pytest.mark.django_db
NOTICE = "Alguien cambió esta lista mientras la veías. Revisala y probá de nuevo."
KINDS = [
    {"type": "begin group", "name": "todo", "label": "Todo"},
    {"type": "select_one sino", "name": "una", "label": "Una"},
    {"type": "select_multiple sino", "name": "varias", "label": "Varias"},
    {"type": "rank sino", "name": "orden", "label": "Orden"},
    {"type": "integer", "name": "numero", "label": "Número"},
    {"type": "geopoint", "name": "lugar", "label": "Lugar"},
    {"type": "date", "name": "dia", "label": "Día"},
    {"type": "text", "name": "texto", "label": "Texto"},
    {"type": "end group"},
]
WORKS = [
    {"type": "begin repeat", "name": "obra", "label": "Obra"},
    {"type": "text", "name": "nombre", "label": "Nombre"},
    {"type": "end repeat"},
]


def test_a_section_that_was_opened_earlier_does_not_empty_what_a_colleague_answered():
    evaluation, anna, beto = two_people()
    beto.save("/residuos/responsable", "Obras Públicas")
    anna.send(**{"/residuos/separa": "no", "/residuos/responsable": ""})
    assert stored(evaluation) == {"/residuos/separa": "no", "/residuos/responsable": "Obras Públicas"}


def test_an_answer_of_ones_own_that_a_colleague_corrected_stays_corrected():
    evaluation, anna, beto = two_people()
    anna.save("/residuos/responsable", "Obras")
    beto.open()
    beto.save("/residuos/responsable", "Obras Públicas")
    anna.send(**{"/residuos/responsable": "Obras"})
    assert stored(evaluation)["/residuos/responsable"] == "Obras Públicas"


def test_one_may_empty_ones_own_answer():
    evaluation, anna, _beto = two_people()
    anna.save("/residuos/responsable", "Obras")
    anna.send(**{"/residuos/responsable": ""})
    assert stored(evaluation)["/residuos/responsable"] == ""


@pytest.mark.parametrize(
    ("name", "first", "second"),
    [
        ("una", ["si"], ["no"]),
        ("varias", ["si", "no"], ["si"]),
        ("orden", ["si", "no"], ["no", "si"]),
        ("numero", ["7"], ["8"]),
        ("lugar", ["-34.6", "-58.4"], ["-31.4", "-64.2"]),
        ("dia", ["2026-01-02"], ["2026-03-04"]),
        ("texto", ["uno\r\ndos"], ["tres"]),
    ],
)
def test_every_kind_of_question_is_recognised_when_it_was_left_as_it_was(name, first, second):
    evaluation, anna, beto = two_people(questionnaire_version(KINDS, YES_NO, slug="todo"), "todo")
    path = f"/todo/{name}"
    beto.save(path, *first)
    anna.open()
    beto.save(path, *second)
    expected = stored(evaluation)[path]
    as_the_browser_sends_it = [value.replace("\r\n", "") for value in first]
    anna.send(**{path: as_the_browser_sends_it})
    assert stored(evaluation)[path] == expected


def with_three_works() -> tuple[Evaluation, Person, Person]:
    evaluation, anna, beto = two_people(questionnaire_version(WORKS, (), slug="obras"), "obra")
    for place, name in enumerate(("Plaza", "Puente", "Escuela"), start=1):
        if place > 1:
            anna.send("agregar:/obra")
            anna.open()
        anna.save(f"/obra[{place}]/nombre", name)
    anna.open()
    beto.open()
    return evaluation, anna, beto


def names(evaluation: Evaluation) -> list[object]:
    return [value for _path, value in sorted(stored(evaluation).items())]


def test_a_case_that_two_people_remove_is_removed_once():
    evaluation, anna, beto = with_three_works()
    anna.send("quitar:/obra[1]", fragment=True)
    response = beto.send("quitar:/obra[1]", fragment=True)
    assert NOTICE in response.content.decode()
    assert response["HX-Reswap"] == "none"
    assert names(evaluation) == ["Puente", "Escuela"]
    beto.note(response.content.decode())
    beto.send("quitar:/obra[1]", fragment=True)
    assert names(evaluation) == ["Escuela"]


def test_without_javascript_too_a_changed_list_is_shown_anew_and_nothing_moves():
    evaluation, anna, beto = with_three_works()
    anna.send("quitar:/obra[1]")
    fields = {f"/obra[{place}]/nombre": name for place, name in enumerate(("Plaza", "Puente", "Otra"), 1)}
    for action in ("seguir", "quitar:/obra[2]", "agregar:/obra", "ir:revisar"):
        assert beto.send(action, **fields).url == beto.url
        assert names(evaluation) == ["Puente", "Escuela"]
    page = beto.open()
    assert NOTICE in page
    assert 'value="Escuela"' in page


def test_an_answer_to_a_case_that_moved_is_not_written_to_another():
    evaluation, anna, beto = with_three_works()
    anna.send("quitar:/obra[1]", fragment=True)
    for place in (2, 3):
        response = beto.save(f"/obra[{place}]/nombre", "Puente nuevo")
        assert response.status_code == 200
        assert NOTICE in response.content.decode()
        assert 'value="Escuela"' in response.content.decode()
        assert names(evaluation) == ["Puente", "Escuela"]
        beto.fields["/obra:count"] = ["3"]


def test_the_field_that_saves_itself_sends_the_count_of_its_lists():
    _evaluation, anna, _beto = with_three_works()
    assert 'hx-params="path,/obra[2]/nombre,/obra[2]/nombre:held,/obra:count"' in anna.open()
