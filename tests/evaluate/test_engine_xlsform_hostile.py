"""Workbooks that nobody should make: circles, depth, size. Each is refused or read, and nothing hangs."""

import time

import pytest

from evaluate.engine.state import FormState
from evaluate.engine.xlsform import read_workbook
from tests.evaluate.form_workbooks import NOW, read, refusal, workbook

LIST = [{"list_name": "l", "name": name, "label": name, "z": name} for name in "ab"]


def calculation(name, formula):
    return {"type": "calculate", "name": name, "calculation": formula}


def text(name, **cells):
    return {"type": "text", "name": name, "label": name, **cells}


def select(name, **cells):
    return {"type": "select_one l", "name": name, "label": name, **cells}


def around(kind, name, *rows, **cells):
    return [{"type": f"begin {kind}", "name": name, "label": name, **cells}, *rows, {"type": f"end {kind}"}]


@pytest.mark.parametrize(
    "survey",
    [
        [calculation("a", "${b} + 1"), calculation("b", "${c} + 1"), calculation("c", "${a}")],
        [calculation("a", "${b}"), text("b", relevant="${a} = 1")],
        [*around("group", "g", text("b"), relevant="${a} = 1"), calculation("a", "${b}")],
        [calculation("a", "count(${r})"), *around("repeat", "r", text("b"), repeat_count="${a}")],
        around("repeat", "r", {"type": "integer", "name": "b", "label": "b"}, repeat_count="${b}"),
        [text("a", default="${b}"), text("b", default="${a}")],
    ],
)
def test_a_circle_through_whatever_column_is_refused_with_its_names(survey):
    ((sheet, row, _column, message),) = refusal(survey)
    assert (sheet, row is not None) == ("survey", True)
    assert "se muerden la cola" in message


@pytest.mark.parametrize("sources", [("a", "a"), ("b", "a")])
def test_choices_that_come_from_their_own_answers_are_refused(sources):
    survey = [
        {"type": f"select_one ${{{source}}}", "name": name, "label": name}
        for name, source in zip("ab", sources, strict=True)
    ]
    assert all("sus propias respuestas" in message for *_place, message in refusal(survey))


def test_filters_and_constraints_may_look_at_each_other():
    survey = [
        select("a", choice_filter="name != ${b}"),
        select("b", choice_filter="name != ${a}"),
        text("c", constraint=". != ${d}"),
        text("d", constraint=". != ${c}"),
    ]
    state = FormState(read(survey, LIST).definition, {"/a": "b", "/c": "x", "/d": "x"}, now=NOW)
    assert [choice.name for choice in state.choices("/b")] == ["a"]
    assert set(state.invalid()) == {"/c", "/d"}


@pytest.mark.parametrize(
    "formula",
    ["(" * 32_000, "if(1, " * 500 + "1" + ", 0)" * 500, "+".join(["1"] * 16_000), "-" * 20_000 + "1"],
)
def test_a_formula_that_fills_its_cell_is_refused_with_its_place(formula):
    ((sheet, row, column, _message),) = refusal([calculation("a", formula)])
    assert (sheet, row, column) == ("survey", 2, "calculation")


def test_groups_nested_without_end_are_refused():
    for depth in (30, 3_000):
        opened = [{"type": "begin group", "name": f"g{place}", "label": "G"} for place in range(depth)]
        assert refusal([*opened, text("a"), *[{"type": "end group"}] * depth])


def test_a_cell_as_long_as_excel_allows_is_read():
    definition = read([text("a", hint="x" * 32_767)]).definition
    assert len(definition.by_path["/a"].hint["default"]) == 32_767


@pytest.mark.parametrize("points", ["1e9999999", "1e-9999999", "9" * 32_000, "nan", "-inf", "0x10", "1/0"])
def test_points_that_are_no_sensible_number_are_refused_at_once(points):
    started = time.process_time()
    choices = [{"list_name": "l", "name": "a", "label": "A", "points": points}]
    ((sheet, row, column, _message),) = refusal([select("a")], choices)
    assert (sheet, row, column) == ("choices", 2, "points")
    assert time.process_time() - started < 2


def test_ten_thousand_wrong_points_are_told_without_looking_at_each_ten_thousand_times():
    choices = [
        {"list_name": "l", "name": f"n{place}", "label": "x", "points": "p"} for place in range(10_000)
    ]
    content = workbook([select("a")], choices)
    started = time.process_time()
    with pytest.raises(Exception, match="no es un número"):
        read_workbook(content)
    assert time.process_time() - started < 15


def test_five_thousand_questions_are_read_and_answered():
    survey = []
    for place in range(50):
        first = place * 100
        questions = [
            select(f"q{number}", relevant=f"${{q{number - 1}}} = 'a'" if number % 10 else "")
            for number in range(first, first + 100)
        ]
        survey += around("group", f"g{place}", *questions)
    content = workbook(survey, [{**row, "points": 1} for row in LIST])
    started = time.process_time()
    definition = read_workbook(content).definition
    state = FormState(definition, {}, now=NOW)
    state.set("/g0/q0", "a")
    assert state.visible("/g0/q1")
    assert len(definition.by_path) == 5_050
    assert time.process_time() - started < 20
