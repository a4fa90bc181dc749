"""Repeats: as many times the same questions as there are cases."""

import pytest

from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW, read, state_of

HOUSEHOLD = [
    {"type": "text", "name": "town", "label": "Localidad"},
    {"type": "begin repeat", "name": "person", "label": "Persona"},
    {"type": "text", "name": "name", "label": "Nombre"},
    {"type": "integer", "name": "age", "label": "Edad de ${name}", "constraint": ". < 120"},
    {"type": "text", "name": "job", "label": "Trabajo", "relevant": "${age} >= 18"},
    {"type": "calculate", "name": "place", "calculation": "concat(position(..), '-', ${name})"},
    {"type": "end repeat"},
    {"type": "calculate", "name": "total", "calculation": "sum(${age})"},
    {"type": "calculate", "name": "people", "calculation": "count(${person})"},
    {"type": "calculate", "name": "second", "calculation": "indexed-repeat(${name}, ${person}, 2)"},
    {"type": "calculate", "name": "names", "calculation": "join(', ', ${name})"},
    {"type": "calculate", "name": "adults", "calculation": "count(${person}[age >= 18])"},
]


def household(*people, counts=None):
    answers = {}
    for number, (name, age) in enumerate(people, start=1):
        answers |= {f"/person[{number}]/name": name, f"/person[{number}]/age": age}
    return FormState(read(HOUSEHOLD).definition, answers, now=NOW, repeat_counts=counts)


def steps(state, **options):
    return [
        (step.kind, step.path)
        for section in state.definition.sections
        for step in state.walk(section, **options)
    ]


def test_inside_a_repeat_a_name_means_this_instance_and_outside_all_of_them():
    state = household(("Ana", "40"), ("Beto", "12"), ("Caro", "18"))
    assert [state.visible(f"/person[{number}]/job") for number in (1, 2, 3)] == [True, False, True]
    assert state.label("/person[2]/age") == "Edad de Beto"
    assert state.value("/person[3]/place") == "3-Caro"
    assert {name: state.value(f"/{name}") for name in ("total", "people", "second", "names", "adults")} == {
        "total": "70",
        "people": "3",
        "second": "Beto",
        "names": "Ana, Beto, Caro",
        "adults": "2",
    }


def test_a_condition_in_brackets_is_looked_at_again_when_an_answer_changes():
    state = household(("Ana", "40"), ("Beto", "12"))
    assert state.value("/adults") == "1"
    assert "/adults" in state.set("/person[2]/age", "21").values
    assert state.value("/adults") == "2"


def test_a_repeat_begins_with_one_instance_and_grows():
    state = household()
    assert state.repeat_counts == {"/person": 1}
    assert state.add_repeat("/person") == "/person[2]"
    assert state.repeat_counts == {"/person": 2}
    assert ("instance_start", "/person[2]") in steps(state)
    again = FormState(state.definition, state.answers, now=NOW, repeat_counts=state.repeat_counts)
    assert again.value("/people") == "2"


def test_an_instance_taken_out_lets_those_behind_it_move_up():
    state = household(("Ana", "40"), ("Beto", "12"), ("Caro", "18"))
    state.remove_repeat("/person[2]")
    assert state.value("/names") == "Ana, Caro"
    assert state.answers["/person[2]/name"] == "Caro"
    assert "/person[3]/name" not in state.answers
    assert state.repeat_counts == {"/person": 2}
    state.remove_repeat("/person[1]")
    state.remove_repeat("/person[1]")
    assert (state.repeat_counts, state.answers) == ({"/person": 0}, {})
    assert state.value("/people") == "0"


def test_the_number_of_instances_can_follow_an_answer():
    survey = [
        {"type": "integer", "name": "n", "label": "N"},
        {"type": "begin repeat", "name": "r", "label": "R", "repeat_count": "${n}"},
        {"type": "begin group", "name": "g", "label": "G"},
        {"type": "text", "name": "t", "label": "T", "required": "yes"},
        {"type": "end group"},
        {"type": "end repeat"},
    ]
    state = FormState(read(survey).definition, {}, now=NOW)
    assert ("instance_start", "/r[1]") not in steps(state)
    assert state.set("/n", "2").structure
    assert state.missing_required() == ("/r[1]/g/t", "/r[2]/g/t")
    state.set("/r[2]/g/t", "x")
    state.set("/n", "1")
    assert "/r[2]/g/t" in state.answers
    with pytest.raises(KeyError):
        state.value("/r[2]/g/t")
    state.set("/n", "2")
    assert state.value("/r[2]/g/t") == "x"
    state.set("/n", "1000000")
    assert len([kind for kind, _path in steps(state) if kind == "instance_start"]) == 500
    with pytest.raises(ValueError, match="depende de otra respuesta"):
        state.add_repeat("/r")


def test_a_repeat_inside_a_repeat_counts_and_looks_at_its_own():
    survey = [
        {"type": "begin repeat", "name": "house", "label": "Casa"},
        {"type": "text", "name": "street", "label": "Calle"},
        {"type": "begin repeat", "name": "child", "label": "Hijo"},
        {"type": "integer", "name": "age", "label": "Edad en ${street}"},
        {"type": "end repeat"},
        {"type": "calculate", "name": "own", "calculation": "sum(${age})"},
        {"type": "end repeat"},
        {"type": "calculate", "name": "all", "calculation": "sum(${age})"},
    ]
    answers = {
        "/house[1]/street": "Mitre",
        "/house[2]/street": "Roca",
        "/house[1]/child[1]/age": "3",
        "/house[1]/child[2]/age": "4",
        "/house[2]/child[1]/age": "10",
    }
    state = FormState(read(survey).definition, answers, now=NOW)
    assert (state.value("/house[1]/own"), state.value("/house[2]/own"), state.value("/all")) == (
        "7",
        "10",
        "17",
    )
    assert state.label("/house[2]/child[1]/age") == "Edad en Roca"
    state.remove_repeat("/house[1]")
    assert state.value("/all") == "10"
    assert state.repeat_counts == {"/house": 1, "/house[1]/child": 1}


def test_repeats_that_multiply_stop_growing():
    survey = [{"type": "integer", "name": "n", "label": "N"}]
    repeat = {"type": "begin repeat", "label": "R", "repeat_count": "${n}"}
    survey.extend({**repeat, "name": name} for name in ("r", "s", "t"))
    survey.append({"type": "text", "name": "q", "label": "Q"})
    survey.extend({"type": "end repeat"} for _level in range(3))
    state = state_of(survey)
    state.set("/n", "500")
    assert state.progress().asked < 40_000


def test_choices_can_come_from_the_answers_of_a_repeat():
    survey = [*HOUSEHOLD, {"type": "select_one ${name}", "name": "head", "label": "Jefe"}]
    answers = {"/person[1]/name": "Ana", "/person[2]/name": "Beto"}
    state = FormState(read(survey).definition, answers, now=NOW)
    assert [choice.name for choice in state.choices("/head")] == ["Ana", "Beto"]
    assert state.check("/head", "Ana") == ()
