"""Which answers a question takes, and how they are kept."""

import pytest

from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW, state_of

YES_NO = [
    {"list_name": "yn", "name": "si", "label": "Sí"},
    {"list_name": "yn", "name": "no", "label": "No"},
]


@pytest.mark.parametrize(
    ("word", "right", "wrong"),
    [
        ("integer", ["0", "-5", "123"], ["1.5", "doce", "1.000,5"]),
        ("decimal", ["0", "3.5", "3,5", "-0.25"], ["tres", "1,2,3", "NaN", "1e5"]),
        ("date", ["2026-02-28"], ["2026-02-30", "28/02/2026", "2026-02-28T10:00"]),
        ("time", ["14:30", "08:05:30"], ["25:00", "tarde"]),
        ("dateTime", ["2026-02-28T10:00"], ["2026-02-28T25:00", "hoy"]),
        ("select_one yn", ["si"], ["quizás", "si no"]),
        ("select_multiple yn", ["si", "si no", ["no", "si"]], ["si quizás"]),
        ("rank yn", [["no", "si"]], [["si"]]),
        (
            "geopoint",
            ["-34.6 -58.4", "-34.6 -58.4 25 5"],
            ["-34.6", "-120 0", "a b", "NaN NaN", "sNaN 1", "1 1 NaN", "Infinity 1"],
        ),
        ("acknowledge", ["OK"], ["sí"]),
        ("range", ["1", "10"], ["0", "11", "1.5"]),
        ("text", ["lo que sea"], ["x" * 20_001]),
    ],
)
def test_an_answer_has_to_be_of_its_questions_kind(word, right, wrong):
    state = state_of([{"type": word, "name": "q", "label": "Q"}], YES_NO)
    assert [state.check("/q", value) for value in right] == [()] * len(right)
    assert all(state.check("/q", value) for value in wrong)
    assert state.answers == {}


def test_several_choices_are_kept_as_a_list_without_doubles():
    state = state_of([{"type": "select_multiple yn", "name": "q", "label": "Q"}], YES_NO)
    state.set("/q", ["no", "si", "no"])
    assert state.answers == {"/q": ["no", "si"]}
    assert FormState(state.definition, state.answers, now=NOW).value("/q") == "no si"


@pytest.mark.parametrize("path", ["/nadie", "/n", "/g", "/c", "", "/g[1]/q"])
def test_only_questions_that_ask_take_an_answer(path):
    survey = [
        {"type": "begin group", "name": "g", "label": "G"},
        {"type": "text", "name": "q", "label": "Q"},
        {"type": "end group"},
        {"type": "note", "name": "n", "label": "N"},
        {"type": "calculate", "name": "c", "calculation": "1"},
    ]
    state = state_of(survey)
    with pytest.raises(KeyError):
        state.set(path, "x")
