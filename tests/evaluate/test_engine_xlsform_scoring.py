"""The columns that the portal adds to XLSForm: what they say, and what is said when they say it wrongly."""

from fractions import Fraction

import pytest

from evaluate.engine.scoring import score
from evaluate.engine.state import FormState
from tests.evaluate.form_workbooks import NOW, read, refusal

CHOICES = [
    {"list_name": "l", "name": f"c{worth}", "label": f"Vale {worth}", "points": worth} for worth in (0, 1, 2)
]
PENALTIES = [
    {"list_name": "p", "name": name, "label": name, "points": worth} for name, worth in (("a", 0), ("b", -1))
]
NAMES = "Inicial | En desarrollo | Consolidado"


def question(name="q", **cells):
    return {"type": "select_one l", "name": name, "label": f"¿{name}?", **cells}


def section(name, *questions):
    return [{"type": "begin group", "name": name, "label": name}, *questions, {"type": "end group"}]


def remarks(survey, choices=CHOICES, **settings):
    reading = read(survey, choices, [settings] if settings else ())
    return [(each.sheet, each.row, each.column, each.message) for each in reading.warnings]


def test_every_column_of_ours_reaches_its_question():
    cells = {
        "criterion": "publicidad",
        "weight": "2.5",
        "Stage": "2",
        "met_at": "0.8",
        "not_applicable": "counted",
        "good::Español (es)": "Se publica “todo”",
        "good::English (en)": "All is published",
        "Evidence": "El enlace",
        "area": "open-government",
        "topic": "budget-execution",
    }
    (found,) = read(
        [question(**cells)], CHOICES, [{"scoring": "staged", "level_names": NAMES}]
    ).definition.questions
    assert (found.criterion, found.weight, found.stage, found.met_at) == ("publicidad", "2.5", 2, "0.8")
    assert (found.not_applicable, found.area, found.topic) == (
        "counted",
        "open-government",
        "budget-execution",
    )
    assert found.good == {"es": "Se publica “todo”", "en": "All is published"}
    assert found.evidence == {"default": "El enlace"}


def test_every_setting_of_ours_reaches_the_questionnaire():
    settings = {
        "form_title": "Presupuesto",
        "title::English (en)": "Budget",
        "title::Español (es)": "Presupuesto",
        "default_language": "es",
        "scoring": "Weighted mean",
        "not_applicable": "sí",
        "level_names::es": NAMES,
        "level_names::English (en)": "Initial | Developing | Consolidated",
        "level_thresholds": "0 40 | 75.5",
        "summary": "De qué trata",
        "intro::en": "Before you start",
        "minutes": "30",
        "area": "open-government",
    }
    found = read([question()], CHOICES, [settings]).definition
    assert (found.title, found.titles) == ("Presupuesto", {"en": "Budget", "es": "Presupuesto"})
    assert (found.scoring, found.not_applicable, found.minutes) == ("weighted_mean", "excluded", 30)
    assert found.level_names[1] == {"es": "En desarrollo", "en": "Developing"}
    assert found.level_thresholds == ("0", "40", "75.5")
    assert (found.summary, found.intro, found.area) == (
        {"es": "De qué trata"},
        {"en": "Before you start"},
        "open-government",
    )


@pytest.mark.parametrize(
    ("word", "rule"),
    [
        ("yes", "excluded"),
        ("SÍ", "excluded"),
        ("excluir", "excluded"),
        ("contar", "counted"),
        ("No", "no"),
        ("", ""),
    ],
)
def test_not_applicable_is_said_in_plain_words(word, rule):
    (found,) = read([question(not_applicable=word)], CHOICES).definition.questions
    assert found.not_applicable == rule


def test_points_can_be_there_without_a_score():
    assert read([question()], CHOICES, [{"scoring": "none"}]).definition.scoring == ""


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"stage": "1.5"}, "stage", "número entero"),
        ({"stage": "0"}, "stage", "de 1 en adelante"),
        ({"stage": "9" * 50}, "stage", "número entero"),
        ({"met_at": "0"}, "met_at", "mayor que 0 y hasta 1"),
        ({"met_at": "80%"}, "met_at", "mayor que 0 y hasta 1"),
        ({"met_at": "nan"}, "met_at", "mayor que 0 y hasta 1"),
        ({"not_applicable": "quizás"}, "not_applicable", "«excluded»"),
        ({"weight": "1,5"}, "weight", "punto decimal"),
        ({"weight": "-1"}, "weight", "negativo"),
        ({"good::es": "Mirá ${nadie}"}, "good::es", "no hay ninguna pregunta"),
        ({"good": "a", "Good": "b"}, "Good", "con dos nombres"),
    ],
)
def test_a_cell_that_cannot_be_meant_is_refused_with_its_place(cells, column, words):
    ((sheet, row, found, message), *_more) = refusal([question(**cells)], CHOICES)
    assert (sheet, found) == ("survey", column)
    assert row == (1 if "dos nombres" in words else 2)
    assert words in message


@pytest.mark.parametrize(
    ("settings", "column", "words"),
    [
        ({"scoring": "magia"}, "scoring", "no es una forma de puntuar"),
        ({"not_applicable": "tal vez"}, "not_applicable", "«counted»"),
        ({"minutes": "media hora"}, "minutes", "número entero"),
        ({"level_thresholds": "0 50"}, "level_thresholds", "0 nombres de nivel"),
        ({"level_names": NAMES, "level_thresholds": "0 50"}, "level_thresholds", "uno por nivel"),
        ({"level_names": NAMES, "level_thresholds": "0 50 50"}, "level_thresholds", "de menor a mayor"),
        ({"level_names": NAMES, "level_thresholds": "10 50 60"}, "level_thresholds", "en lo más bajo"),
        ({"level_names": NAMES, "level_thresholds": "0 50 120"}, "level_thresholds", "nadie pasa de 100 %"),
        ({"level_names": NAMES, "level_thresholds": "0 x 60"}, "level_thresholds", "no es un número"),
        ({"level_names::es": NAMES, "level_names::en": "A | B"}, "level_names::es", "tantos en un idioma"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_refused_with_its_place(settings, column, words):
    ((sheet, row, found, message), *_more) = refusal([question()], CHOICES, [settings])
    assert (sheet, row, found) == ("settings", 2, column)
    assert words in message


def test_a_sum_may_begin_its_levels_at_any_number_of_points():
    settings = {"scoring": "sum", "level_names": NAMES, "level_thresholds": "-10 0 150"}
    assert read([question()], CHOICES, [settings]).definition.level_thresholds == ("-10", "0", "150")


def test_with_stages_every_question_says_its_own_and_those_of_a_criterion_agree():
    settings = [{"scoring": "staged", "level_names": NAMES}]
    survey = [
        question("a"),
        question("b", criterion="k", stage="1"),
        question("c", criterion="k", stage="2"),
        question("d", stage="3"),
        question("e", criterion="m", stage="1", met_at="0.5"),
        question("f", criterion="m", stage="1"),
        question("g", criterion="m", met_at="0.5"),
    ]
    found = [(row, column, message) for _sheet, row, column, message in refusal(survey, CHOICES, settings)]
    assert [(row, column) for row, column, _message in found] == [
        (2, "stage"),
        (4, "stage"),
        (5, "stage"),
        (7, "met_at"),
        (8, "stage"),
    ]
    assert "Falta la etapa" in found[0][2]
    assert "La etapa 3 no tiene nombre" in found[2][2]


def test_what_changes_no_score_is_remarked():
    survey = [
        {"type": "text", "name": "t", "label": "T", "criterion": "k", "weight": "2"},
        question("q", stage="1"),
    ]
    found = [(row, column) for _sheet, row, column, _message in remarks(survey)]
    assert found == [(2, "weight"), (2, "criterion"), (3, "stage")]


def test_a_criterion_in_two_sections_or_two_areas_is_remarked():
    survey = [
        *section("uno", question("a", criterion="k", area="x")),
        *section("dos", question("b", criterion="k", area="y")),
    ]
    found = remarks(survey)
    assert [(row, column) for _sheet, row, column, _message in found] == [(6, "criterion"), (6, "area")]
    assert "más de una sección" in found[0][3]


@pytest.mark.parametrize("method", ["weighted_mean", "minimum"])
def test_a_criterion_that_never_has_a_share_is_remarked(method):
    survey = [{"type": "select_one p", "name": "q", "label": "Q"}]
    found = remarks(survey, PENALTIES, scoring=method)
    assert [column for _sheet, _row, column, _message in found] == ["points", "criterion"]
    assert "no cuenta nunca" in found[1][3]
    assert "solo puede restar" in remarks(survey, PENALTIES)[0][3]


def test_a_method_without_points_and_thresholds_that_stages_ignore_are_remarked():
    ((_sheet, row, column, message),) = remarks(
        [{"type": "text", "name": "t", "label": "T"}], (), scoring="sum"
    )
    assert (row, column) == (2, "scoring")
    assert "no va a dar puntaje" in message
    staged = remarks([question(stage="1")], scoring="staged", level_names="A | B", level_thresholds="0 50")
    assert [column for _sheet, _row, column, _message in staged] == ["level_thresholds"]


def test_the_example_of_staged_levels_comes_out_as_the_document_says():
    settings = [{"scoring": "staged", "level_names": "Ninguno | Básico | Avanzado"}]
    survey = [
        question("padron", stage="1"),
        question("publica", stage="1", met_at="0.5"),
        question("abierto", stage="2"),
    ]
    definition = read(survey, CHOICES, settings).definition
    for answers, level in (
        ({"padron": "c2", "publica": "c1", "abierto": "c1"}, 1),
        ({"padron": "c2", "publica": "c1", "abierto": "c2"}, 2),
        ({"padron": "c1", "publica": "c2", "abierto": "c2"}, 0),
    ):
        given = {f"/{name}": answer for name, answer in answers.items()}
        found = score(definition, FormState(definition, given, now=NOW)).total
        assert (found.level, found.share) == (level, Fraction(level, 2))


@pytest.mark.parametrize(
    ("method", "points", "share", "level"),
    [
        ("points_over_maximum", Fraction(6), Fraction(6, 8), 2),
        ("weighted_mean", Fraction(2), Fraction(2, 3), 1),
        ("sum", Fraction(6), Fraction(6, 8), 0),
        ("minimum", Fraction(1, 2), Fraction(1, 2), 1),
        ("staged", Fraction(2), Fraction(1), 2),
    ],
)
def test_the_example_of_each_method_comes_out_as_the_document_says(method, points, share, level):
    four = [{"list_name": "four", "name": f"n{worth}", "label": worth, "points": worth} for worth in (0, 4)]
    survey = [
        question("a", weight="2", stage="1", met_at="0.5"),
        {"type": "select_one four", "name": "b", "label": "B", "stage": "2"},
    ]
    settings = {"scoring": method, "level_names": NAMES, "level_thresholds": "0 40 75"}
    definition = read(survey, [*CHOICES, *four], [settings]).definition
    found = score(definition, FormState(definition, {"/a": "c1", "/b": "n4"}, now=NOW)).total
    assert (found.points, found.share, found.level) == (points, share, level)


@pytest.mark.parametrize(("rule", "share"), [("excluded", Fraction(3, 4)), ("counted", Fraction(1, 2))])
def test_the_example_of_not_applicable_comes_out_as_the_document_says(rule, share):
    survey = [question(name) for name in "abc"]
    definition = read(survey, CHOICES, [{"not_applicable": rule}]).definition
    reasons = {"/c": "No tenemos"}
    state = FormState(definition, {"/a": "c2", "/b": "c1"}, now=NOW, not_applicable=reasons)
    assert score(definition, state).share == share


def test_a_translation_is_kept_when_a_text_without_a_language_stands_after_it():
    survey = [{"type": "text", "name": "t", "label": "T", "hint::English (en)": "help", "hint": "ayuda"}]
    (found,) = read(survey).definition.questions
    assert found.hint == {"en": "help", "default": "ayuda"}


def test_quotes_and_blanks_that_people_read_stay_as_they_were_written():
    survey = [{"type": "select_one l", "name": "t", "label": "Dice “sí”,  dos veces"}]
    definition = read(survey, [{"list_name": "l", "name": "a", "label": "El ‘A’"}]).definition
    assert definition.by_path["/t"].label == {"default": "Dice “sí”,  dos veces"}
    assert definition.choice_lists["l"][0].label == {"default": "El ‘A’"}
