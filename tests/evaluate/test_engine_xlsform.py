"""A workbook becomes a questionnaire, or its author is told what to correct and where."""

import json

import pytest

from evaluate.engine.definition import Group, Repeat
from evaluate.engine.definition_json import from_json, to_json
from evaluate.engine.question_types import QuestionType, Widget
from evaluate.engine.xlsform import read_workbook
from tests.evaluate.form_workbooks import read, refusal, workbook

YES_NO = [
    {"list_name": "yn", "name": "si", "label": "Sí"},
    {"list_name": "yn", "name": "no", "label": "No"},
]


def only_question(reading):
    (question,) = reading.definition.questions
    return question


def messages(reading):
    return " ".join(warning.message for warning in reading.warnings)


def test_a_question_keeps_all_that_its_row_says():
    row = {
        "type": "integer",
        "name": "edad",
        "label::Español (es)": "¿Qué edad tiene?",
        "label::English": "How old?",
        "hint": "En años",
        "guidance_hint": "Los cumplidos",
        "required": "yes",
        "required_message": "Hace falta la edad",
        "constraint": ". >= 0 and . < 120",
        "constraint_message": "Entre 0 y 119",
        "relevant": "true()",
        "appearance": "w2",
        "default": "5",
        "weight": "2.5",
        "area": "salud",
        "topic": "datos",
    }
    definition = read(
        [row], settings=[{"form_title": "Salud", "form_id": "salud", "version": "3"}]
    ).definition
    (question,) = definition.questions
    assert (definition.title, definition.form_id, definition.version) == ("Salud", "salud", "3")
    assert definition.languages == ("es", "en")
    assert question.label == {"es": "¿Qué edad tiene?", "en": "How old?"}
    assert definition.text(question.hint, "es") == "En años"
    assert definition.text(question.guidance, "en") == "Los cumplidos"
    assert question.required == "true()"
    assert definition.text(question.required_message, "es") == "Hace falta la edad"
    assert question.constraint == ". >= 0 and . < 120"
    assert (question.weight, question.area, question.topic) == ("2.5", "salud", "datos")
    assert (question.default, question.appearance, question.row) == ("5", "w2", 2)


def test_groups_and_repeats_keep_their_order_and_make_sections():
    survey = [
        {"type": "text", "name": "a", "label": "A"},
        {"type": "begin group", "name": "g", "label": "G", "relevant": "${a} = 'x'"},
        {"type": "begin repeat", "name": "r", "label": "R", "repeat_count": "2"},
        {"type": "text", "name": "b", "label": "B"},
        {"type": "end repeat"},
        {"type": "end group"},
        {"type": "text", "name": "c", "label": "C"},
    ]
    definition = read(survey).definition
    assert [section.key for section in definition.sections] == ["general-1", "g", "general-2"]
    assert isinstance(definition.by_path["/g"], Group)
    repeat = definition.by_path["/g/r"]
    assert isinstance(repeat, Repeat)
    assert repeat.count == "${r_count}"
    assert definition.by_path["/g/r/b"].name == "b"


@pytest.mark.parametrize(
    ("word", "kind", "widget"),
    [
        ("text", QuestionType.TEXT, Widget.TEXT),
        ("string", QuestionType.TEXT, Widget.TEXT),
        ("decimal", QuestionType.DECIMAL, Widget.DECIMAL),
        ("range", QuestionType.RANGE, Widget.RANGE),
        ("date", QuestionType.DATE, Widget.DATE),
        ("dateTime", QuestionType.DATETIME, Widget.DATETIME),
        ("select_one yn", QuestionType.SELECT_ONE, Widget.SELECT_ONE),
        ("select all that apply from yn", QuestionType.SELECT_MULTIPLE, Widget.SELECT_MULTIPLE),
        ("rank yn", QuestionType.RANK, Widget.RANK),
        ("acknowledge", QuestionType.ACKNOWLEDGE, Widget.ACKNOWLEDGE),
        ("note", QuestionType.NOTE, Widget.NOTE),
        ("geopoint", QuestionType.GEOPOINT, Widget.GEOPOINT),
        ("geotrace", QuestionType.GEOTRACE, Widget.TEXT),
        ("barcode", QuestionType.BARCODE, Widget.TEXT),
        ("image", QuestionType.IMAGE, Widget.UPLOAD),
        ("audio", QuestionType.AUDIO, Widget.UPLOAD),
        ("file", QuestionType.FILE, Widget.UPLOAD),
        ("start", QuestionType.START, Widget.NONE),
        ("username", QuestionType.USERNAME, Widget.NONE),
        ("hidden", QuestionType.HIDDEN, Widget.NONE),
    ],
)
def test_each_kind_of_question_has_its_way_on_the_web(word, kind, widget):
    reading = read([{"type": word, "name": "q", "label": "Q"}], YES_NO)
    question = only_question(reading)
    assert (question.type, question.widget) == (kind, widget)


@pytest.mark.parametrize("word", ["geotrace", "geoshape", "barcode", "audio", "video", "deviceid"])
def test_what_the_web_does_in_another_way_is_remarked(word):
    reading = read([{"type": word, "name": "q", "label": "Q"}])
    assert [(warning.sheet, warning.row) for warning in reading.warnings] == [("survey", 2)]


def test_what_only_telephones_do_is_left_out_and_said():
    reading = read([{"type": "audit", "name": "audit"}, {"type": "text", "name": "q", "label": "Q"}])
    assert [question.name for question in reading.definition.questions] == ["q"]
    assert "«audit» es para teléfonos" in messages(reading)


def test_choices_keep_extra_columns_points_and_pictures():
    choices = [
        {"list_name": "l", "name": "a", "label": "A", "region": "norte", "points": "1.5", "image": "a.png"},
        {"list_name": "l", "name": "b", "label": "B", "region": "sur", "points": "-1"},
    ]
    definition = read([{"type": "select_one l", "name": "q", "label": "Q"}], choices).definition
    first, second = definition.choice_lists["l"]
    assert (first.columns, first.points, second.points) == ({"region": "norte"}, "1.5", "-1")
    assert first.media["image"] == {"default": "a.png"}
    assert definition.scoring == "points_over_maximum"


def test_or_other_adds_a_choice_and_a_question_in_the_portals_languages():
    definition = read([{"type": "select_one yn or_other", "name": "q", "label": "Q"}], YES_NO).definition
    assert [choice.name for choice in definition.choice_lists["yn"]] == ["si", "no", "other"]
    assert definition.text(definition.by_path["/q_other"].label, "es") == "¿Cuál?"


def test_an_external_list_does_not_replace_one_of_the_same_name():
    survey = [
        {"type": "select_one yn", "name": "q", "label": "Q"},
        {"type": "select_one_external yn", "name": "x", "label": "X", "choice_filter": "zona=${q}"},
    ]
    external = [{"list_name": "yn", "name": "z1", "label": "Zona 1", "zona": "si"}]
    definition = read(survey, YES_NO, external_choices=external).definition
    by_name = {question.name: question for question in definition.questions}
    assert len(definition.choice_lists[by_name["q"].choice_list]) == 2
    assert len(definition.choice_lists[by_name["x"].choice_list]) == 1


def test_a_select_from_a_file_is_written_until_its_file_is_attached():
    survey = [{"type": "select_one_from_file barrios.csv", "name": "q", "label": "Q"}]
    reading = read(survey)
    assert only_question(reading).widget is Widget.TEXT
    assert "Falta el archivo con las opciones de «q»" in messages(reading)
    tables = {"barrios": [{"name": "centro", "label": "Centro"}]}
    attached = read_workbook(workbook(survey), "f.xlsx", tables=tables)
    assert only_question(attached).widget is Widget.SELECT_ONE
    assert attached.warnings == ()


def test_typographic_quotes_in_formulas_are_read_as_straight_ones():
    survey = [
        {"type": "text", "name": "a", "label": "A"},
        {"type": "text", "name": "b", "label": "B", "relevant": "${a} = ‘otro”"},
    ]
    assert read(survey).definition.by_path["/b"].relevant == "${a} = 'otro'"


def test_a_definition_survives_its_json():
    survey = [
        {"type": "select_multiple yn", "name": "q", "label::es": "Q", "label::en": "Q", "image": "q.png"},
        {"type": "begin repeat", "name": "r", "label::es": "R"},
        {"type": "range", "name": "n", "label::es": "N", "parameters": "start=0 end=10 step=2"},
        {"type": "end repeat"},
    ]
    definition = read(survey, YES_NO, [{"form_id": "f", "scoring": "points_over_maximum"}]).definition
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition


def test_json_of_an_unknown_format_is_refused():
    with pytest.raises(ValueError, match="format"):
        from_json({"format": 99})


@pytest.mark.parametrize(
    ("field", "formula", "words"),
    [
        ("relevant", "${a} =", "incompleta"),
        ("constraint", "foo(.)", "«foo» no existe"),
        ("calculation", "area(${a})", "«area» no existe o no está disponible"),
        ("relevant", "../nadie = 1", "«../nadie», que no existe"),
        ("relevant", "${nadie} = 1", "${nadie}"),
    ],
)
def test_a_formula_that_cannot_work_is_refused_with_its_cell(field, formula, words):
    row = {"type": "text", "name": "b", "label": "B", field: formula}
    ((sheet, number, column, message),) = refusal([{"type": "text", "name": "a", "label": "A"}, row])
    assert (sheet, number, column) == ("survey", 3, field)
    assert words in message


@pytest.mark.parametrize(
    "rows",
    [
        [("a", {"calculation": "${b} + 1"}), ("b", {"calculation": "${a} + 1"})],
        [("a", {"relevant": "${b} = '1'"}), ("b", {"relevant": "${a} = '1'"})],
        [("a", {"calculation": "${b}"}), ("b", {"relevant": "${a} = '1'"})],
    ],
)
def test_formulas_that_wait_for_each_other_are_refused_and_named(rows):
    survey = [
        {"type": "calculate" if "calculation" in extra else "text", "name": name, "label": name, **extra}
        for name, extra in rows
    ]
    ((_sheet, row, _column, message),) = refusal(survey)
    assert row == 2
    assert "a → b → a" in message or "b → a → b" in message


def test_a_formula_that_needs_its_own_result_is_refused():
    ((_sheet, _row, _column, message),) = refusal(
        [{"type": "calculate", "name": "a", "label": "A", "calculation": "${a} + 1"}]
    )
    assert "a → a" in message


@pytest.mark.parametrize(
    ("survey", "sheet", "row", "words"),
    [
        ([{"type": "palabra", "name": "q", "label": "Q"}], "survey", 2, "no es un tipo de pregunta"),
        ([{"type": "select_one", "name": "q", "label": "Q"}], "survey", 2, "no está completo"),
        ([{"type": "select_one otra", "name": "q", "label": "Q"}], "survey", 2, "«otra» no está"),
        ([{"type": "text", "name": "dos palabras", "label": "Q"}], "survey", 2, "empezar con una letra"),
        ([{"type": "text", "label": "Q", "name": None}], "survey", 2, "falta el nombre"),
        ([{"type": "begin group", "name": "g", "label": "G"}], "survey", 2, "no se cierra"),
        (
            [{"type": "text", "name": "q", "label": "Q"}, {"type": "text", "name": "q", "label": "Q"}],
            "survey",
            3,
            "llamado «q»",
        ),
        ([{"type": "calculate", "name": "q", "label": "Q"}], "survey", 2, "le falta la fórmula"),
        ([{"type": "begin loop over yn", "name": "q", "label": "Q"}], "survey", 2, "begin repeat"),
        ([{"type": "integer", "name": "q", "label": "Q", "default": "#REF!"}], "survey", 2, "#REF!"),
    ],
)
def test_what_is_wrong_is_said_with_sheet_and_row(survey, sheet, row, words):
    found = refusal(survey, YES_NO)
    assert (found[0][0], found[0][1]) == (sheet, row)
    assert words in found[0][3]


def test_what_pyxform_stumbles_over_is_refused_too():
    survey = [
        {"type": "begin repeat", "name": "r", "label": "R"},
        {"type": "csv-external", "name": "tabla"},
        {"type": "text", "name": "q", "label": "Q"},
        {"type": "end repeat"},
    ]
    ((sheet, _row, _column, message),) = refusal(survey)
    assert sheet == "survey"
    assert "no pudo con esta planilla" in message


def test_points_and_weights_have_to_be_numbers():
    choices = [{**YES_NO[0], "points": "mucho"}, {**YES_NO[1], "points": "0"}]
    survey = [{"type": "select_one yn", "name": "q", "label": "Q", "weight": "-1"}]
    found = refusal(survey, choices)
    assert [(sheet, row, column) for sheet, row, column, _message in found] == [
        ("choices", 2, "points"),
        ("survey", 2, "weight"),
    ]


def test_an_unknown_way_of_scoring_is_refused():
    ((sheet, _row, column, message),) = refusal(
        [{"type": "text", "name": "q", "label": "Q"}], settings=[{"form_id": "f", "scoring": "magia"}]
    )
    assert (sheet, column) == ("settings", "scoring")
    assert "points_over_maximum" in message


def test_a_filter_on_a_column_that_is_not_there_is_remarked():
    survey = [{"type": "select_one yn", "name": "q", "label": "Q", "choice_filter": "name = si"}]
    assert "El filtro usa «si»" in messages(read(survey, YES_NO))


def test_lists_that_nobody_uses_and_missing_translations_are_remarked():
    survey = [
        {"type": "text", "name": "a", "label::es": "A", "label::en": "A"},
        {"type": "text", "name": "b", "label::es": "B"},
    ]
    said = messages(read(survey, YES_NO))
    assert "ninguna pregunta usa: yn" in said
    assert "Faltan 1 textos de preguntas en el idioma «en» (filas 3)" in said
