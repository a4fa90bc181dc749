"""The corners of ODK's semantics: what is empty, what is no number, and what stands between kinds of value.

Expected values follow the ODK XForms specification and, where it is silent, XPath 1.0.
"""

import pytest

from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW, evaluated, read


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("number('')", ""),
        ("number('1,5')", ""),
        ("number(' 5 ')", "5"),
        ("number(true())", "1"),
        ("'5' + 1", "6"),
        ("'x' + 1", ""),
        ("'' + 1", ""),
        ("true() + 1", "2"),
        ("'5' = 5", "true"),
        ("'5.0' = '5'", "false"),
        ("'' = 0", "false"),
        ("'abc' < 'abd'", "false"),
        ("'10' > '9'", "true"),
        ("string(1.50)", "1.5"),
        ("string(1 = 1)", "true"),
        ("string(number('x'))", "NaN"),
        ("boolean('false')", "true"),
        ("if('0', 1, 2)", "1"),
        ("if(0, 1, 2)", "2"),
        ("not('')", "true"),
        ("true() = 'x'", "true"),
        ("true() = 1", "true"),
        ("1 < 2 < 3", "true"),
        ("3 > 2 > 1", "false"),
        ("true() > 0", "true"),
        ("boolean-from-string('1')", "true"),
        ("boolean-from-string('yes')", "false"),
    ],
)
def test_kinds_of_value_turn_into_each_other_as_xpath_says(formula, expected):
    assert evaluated(formula) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("0 div 0", ""),
        ("-1 div 0", "-Infinity"),
        ("5 mod 0", ""),
        ("3 mod -2", "1"),
        ("-3 mod 2", "-1"),
        ("2--2", "4"),
        ("sqrt(-1)", ""),
        ("pow(2, -1)", "0.5"),
        ("round(0.5)", "1"),
        ("round(-1.5)", "-1"),
        ("round(1.45, 1)", "1.5"),
        ("round('')", ""),
        ("int('4.7')", "4"),
        ("int('')", ""),
        ("max('')", ""),
        ("min(${a}, 3)", "3"),
        ("sum(${a})", "0"),
        ("count(${a})", "1"),
        ("count-non-empty(${a})", "0"),
    ],
)
def test_what_has_no_result_is_empty_and_nothing_breaks(formula, expected):
    assert evaluated(formula, a="") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("selected('', '')", "false"),
        ("selected('', 'a')", "false"),
        ("selected('a', '')", "false"),
        ("selected(' a  b ', 'b')", "true"),
        ("selected-at('', 0)", ""),
        ("selected-at('a b', -1)", ""),
        ("count-selected('  ')", "0"),
        ("count-selected(' a  b ')", "2"),
        ("coalesce('', '')", ""),
        ("coalesce(${a}, 3)", "3"),
        ("once('x')", "x"),
        ("regex('', '')", "true"),
        ("regex('', '[a-z]+')", "false"),
        ("regex('12a', '[0-9]+')", "false"),
        ("string-length('')", "0"),
        ("contains('abc', '')", "true"),
        ("substr('abc', 5)", ""),
        ("substr('abc', 0, 99)", "abc"),
        ("translate('abc', 'ab', 'x')", "xc"),
        ("join(',')", ""),
    ],
)
def test_texts_and_selections_that_are_empty_or_out_of_range(formula, expected):
    assert evaluated(formula, a="") == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("date('')", ""),
        ("date('mañana')", ""),
        ("date(0)", "1970-01-01"),
        ("date('2026-01-31') + 1", "20485"),
        ("date(date('2024-02-28') + 1)", "2024-02-29"),
        ("date(today() - 1)", "2026-11-21"),
        ("'2026-01-01' < '2026-01-02'", "true"),
        ("date('2026-01-01') = '2026-01-01'", "true"),
        ("date('2026-02-29') < today()", "false"),
        ("decimal-time('25:00')", ""),
        ("decimal-date-time('')", ""),
        ("format-date('', '%Y')", ""),
        ("difference-in-months('', '')", ""),
    ],
)
def test_dates_that_are_none_give_nothing_and_others_count_as_days(formula, expected):
    assert evaluated(formula) == expected


REPEAT = [
    {"type": "begin repeat", "name": "hogar", "label": "Hogar"},
    {"type": "integer", "name": "edad", "label": "Edad"},
    {"type": "calculate", "name": "lugar", "calculation": "position(..)"},
    {"type": "calculate", "name": "primera", "calculation": "once(${edad})"},
    {"type": "end repeat"},
]


def of_repeat(formula):
    survey = [*REPEAT, {"type": "calculate", "name": "r", "calculation": formula}]
    answers = {"/hogar[1]/edad": "10", "/hogar[2]/edad": "40", "/hogar[3]/edad": ""}
    return FormState(read(survey).definition, answers, now=NOW)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("count(${hogar})", "3"),
        ("sum(${edad})", "50"),
        ("max(${edad})", "40"),
        ("count-non-empty(${edad})", "2"),
        ("join('-', ${edad})", "10-40-"),
        ("indexed-repeat(${edad}, ${hogar}, 2)", "40"),
        ("indexed-repeat(${edad}, ${hogar}, 9)", ""),
        ("indexed-repeat(${edad}, ${hogar}, 0)", ""),
        ("count(/data/hogar[edad > 5])", "2"),
        ("/data/hogar[position() = 2]/edad", "40"),
        ("${edad} = 40", "true"),
        ("${edad} != 40", "true"),
        ("${edad} > 40", "false"),
        ("not(${edad} = 99)", "true"),
    ],
)
def test_node_sets_are_counted_picked_and_compared_by_whether_any_fits(formula, expected):
    assert of_repeat(formula).value("/r") == expected


def test_a_position_is_that_of_the_case_and_once_keeps_what_it_had():
    state = of_repeat("1")
    assert [state.value(f"/hogar[{place}]/lugar") for place in (1, 2, 3)] == ["1", "2", "3"]
    state.set("/hogar[1]/edad", "11")
    assert state.value("/hogar[1]/primera") == "10"
    state.set("/hogar[3]/edad", "5")
    assert state.value("/hogar[3]/primera") == "5"
