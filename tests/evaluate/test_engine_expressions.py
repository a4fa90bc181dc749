"""Formulas mean what the ODK XForms specification and XPath 1.0 say, and never do harm."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evaluate.engine.expressions import ExpressionError, parse
from tests.evaluate.form_workbooks import evaluated


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("2 + 3 * 4", "14"),
        ("(2 + 3) * 4", "20"),
        ("7 - 2 - 1", "4"),
        ("7 div 2", "3.5"),
        ("8 div 4", "2"),
        ("7 mod 4", "3"),
        ("-7 mod 4", "-3"),
        ("--3", "3"),
        ("-(2 - 5)", "3"),
        ("0.1 + 0.2", "0.30000000000000004"),
        (".5 * 2", "1"),
        ("1 = 1 and 2 = 3", "false"),
        ("1 = 1 or 2 = 3", "true"),
        ("1 < 2 = true()", "true"),
        ("2 >= 2", "true"),
        ("2 != 2", "false"),
        ("'a' = \"a\"", "true"),
        ("'a' = ‘a’", "true"),
        ("1 div 0", "Infinity"),
        ("1000000 * 1000000", "1000000000000"),
        ("1 div 3 > 0.3333", "true"),
        ("1 div 1000000000", "0.000000001"),
        ("1 div pow(10, 30)", "0"),
    ],
)
def test_operators_and_numbers_follow_xpath(formula, expected):
    assert evaluated(formula) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("if(1 = 1, 'sí', 'no')", "sí"),
        ("if('', 'sí', 'no')", "no"),
        ("coalesce('', 'otro')", "otro"),
        ("coalesce('uno', 'otro')", "uno"),
        ("not(false())", "true"),
        ("boolean('x')", "true"),
        ("boolean(0)", "false"),
        ("boolean-from-string('TRUE')", "true"),
        ("number('12.50')", "12.5"),
        ("string(5.0)", "5"),
        ("int(3.9)", "3"),
        ("int(-3.9)", "-3"),
        ("round(2.5)", "3"),
        ("round(-2.5)", "-2"),
        ("round(1.005, 2)", "1.01"),
        ("round(1234.5, -2)", "1200"),
        ("abs(-4)", "4"),
        ("pow(2, 10)", "1024"),
        ("sqrt(16)", "4"),
        ("floor(2.7)", "2"),
        ("ceiling(2.1)", "3"),
        ("min(3, 1, 2)", "1"),
        ("max(3, 1, 2)", "3"),
        ("round(cos(0) + sin(0) + atan(0), 3)", "1"),
        ("checklist(1, 2, 1 = 1, 1 = 2)", "true"),
        ("weighted-checklist(3, -1, true(), 2, true(), 2)", "true"),
    ],
)
def test_logic_and_number_functions(formula, expected):
    assert evaluated(formula) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("concat('a', 1, true())", "a1true"),
        ("join('-', 'a', 'b')", "a-b"),
        ("string-length('añó')", "3"),
        ("substr('abcdef', 1, 3)", "bc"),
        ("substr('abcdef', 2)", "cdef"),
        ("substr('abcdef', -2)", "ef"),
        ("substring('abcdef', 2, 3)", "bcd"),
        ("substring-before('2026-11', '-')", "2026"),
        ("substring-after('2026-11', '-')", "11"),
        ("contains('municipio', 'nici')", "true"),
        ("starts-with('municipio', 'muni')", "true"),
        ("ends-with('municipio', 'pio')", "true"),
        ("translate('cañada', 'ñ', 'n')", "canada"),
        ("translate('a-b-c', '-', '')", "abc"),
        ("normalize-space('  a   b ')", "a b"),
        ("regex('AB12', '[A-Z]{2}[0-9]{2}')", "true"),
        ("regex('xAB12', '[A-Z]{2}[0-9]{2}')", "false"),
        ("selected('a b c', 'b')", "true"),
        ("selected('ab c', 'b')", "false"),
        ("selected-at('a b c', 2)", "c"),
        ("selected-at('a b c', 3)", ""),
        ("count-selected('a b c')", "3"),
        ("count-selected('')", "0"),
    ],
)
def test_text_and_selection_functions(formula, expected):
    assert evaluated(formula) == expected


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("today()", "2026-11-22"),
        ("now()", "2026-11-22T10:30:00.000-03:00"),
        ("date('2026-03-31') - date('2026-03-01')", "30"),
        ("date('2026-03-31') > date('2026-03-01')", "true"),
        ("today() > '2026-11-21'", "true"),
        ("date(date('2026-12-31') + 1)", "2027-01-01"),
        ("decimal-date-time('1970-01-02')", "1"),
        ("decimal-date-time('1970-01-01T12:00:00')", "0.5"),
        ("decimal-time('06:00')", "0.25"),
        ("format-date('2026-03-05', '%d/%n/%y')", "05/3/26"),
        ("format-date-time('2026-03-05T08:07:00', '%Y-%m-%e %H:%M %%')", "2026-03-5 08:07 %"),
        ("format-date('ayer', '%d')", ""),
        ("date('2026-02-30')", ""),
        ("difference-in-months('2026-01-31', '2026-03-30')", "1"),
        ("int((today() - date('1990-11-23')) div 365.25)", "35"),
    ],
)
def test_dates_count_days_since_1970(formula, expected):
    assert evaluated(formula) == expected


def test_an_empty_answer_is_no_number():
    assert evaluated("${age} > 0", age="") == "false"
    assert evaluated("${age} + 1", age="") == ""
    assert evaluated("${age} != 1", age="") == "true"
    assert evaluated("${age} = ''", age="") == "true"


def test_answers_to_number_questions_compare_as_numbers():
    assert evaluated("${a} = ${b}", a=5, b=5.0) == "true"
    assert evaluated("${a} = ${b}", a="05", b="5") == "false"
    assert evaluated("${a} < ${b}", a=9, b=10) == "true"


def test_a_question_out_of_view_compares_as_an_empty_answer():
    assert evaluated("1 != ${nobody}") == "true"
    assert evaluated("${nobody} != 1") == "true"
    assert evaluated("'' = ${nobody}") == "true"
    assert evaluated("${nobody} > 0") == "false"


def test_the_branch_not_taken_is_not_worked_out():
    assert evaluated("if(${n} > 0, 10 div ${n}, 'nada')", n=0) == "nada"


@pytest.mark.parametrize(
    ("formula", "words", "position"),
    [
        ("1 +", "incompleta", 3),
        ("(1 + 2", "Falta «)»", 6),
        ("if(1, 2)", "lleva 3 argumentos y tiene 2", 0),
        ("inventada(1)", "«inventada» no existe", 0),
        ("'abierta", "Falta cerrar las comillas", 0),
        ("${sin cerrar", "${nombre}", 0),
        ("1 2", "«2» no va en este lugar", 2),
        ("label::English != ''", "escribí solo el nombre de la columna", 5),
        ("regex(., '[')", "está mal escrita", 0),
        ("a # b", "«#»", 2),
        ("", "incompleta", 0),
    ],
)
def test_a_mistake_is_explained_with_its_place(formula, words, position):
    with pytest.raises(ExpressionError) as mistake:
        parse(formula)
    assert words in mistake.value.message
    assert mistake.value.position == position


def test_references_are_known_without_answers():
    expression = parse("if(${a} > 1, ${b}, jr:choice-name(${c}, '${d}')) + count(${e})")
    assert expression.references == {"a", "b", "c", "d", "e"}


def test_the_same_formula_is_parsed_once():
    assert parse("${a} + 1") is parse("${a} + 1")


@pytest.mark.parametrize("formula", ["(" * 5000, "not(" * 2000, "a[" * 3000, "1+" * 9000 + "1"])
def test_a_formula_too_long_or_too_deep_is_refused(formula):
    with pytest.raises(ExpressionError, match="demasiad"):
        parse(formula)


def test_long_rows_of_operators_are_not_deep():
    assert evaluated("1+" * 4000 + "1") == "4001"
    assert evaluated("-" * 9000 + "1") == "1"


def test_a_hostile_pattern_does_not_hang():
    started = time.monotonic()
    assert evaluated("regex(${t}, '(a|aa)+c')", t="a" * 4000) == "false"
    assert time.monotonic() - started < 2


def test_texts_that_double_again_and_again_stay_bounded():
    doubled = "concat(" * 50 + "${t}" + ", ${t})" * 50
    assert len(evaluated(doubled, t="x" * 10_000)) <= 50_000


@given(st.text(max_size=200))
def test_any_text_is_understood_or_refused_with_a_reason(text):
    _parse_or_refuse(text)


PIECES = [
    "${a}",
    "(",
    ")",
    "if(",
    ",",
    "and",
    "or",
    "div",
    "mod",
    "*",
    "-",
    "+",
    "=",
    "'x'",
    "1",
    ".",
    "..",
    "/",
]
PIECES += [
    "[",
    "]",
    "not(",
    "selected(",
    "count(",
    "regex(",
    "position(",
    "instance('l')",
    "|",
    "<=",
    "name",
    "//",
]


@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_any_jumble_of_formula_pieces_is_understood_or_refused(pieces):
    _parse_or_refuse(" ".join(pieces))


def _parse_or_refuse(text: str) -> None:
    try:
        expression = parse(text)
    except ExpressionError as error:
        assert error.message
        assert 0 <= error.position <= max(len(text), 10_000)
    else:
        assert isinstance(evaluated(expression.text, a="1"), str)
