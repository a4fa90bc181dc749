"""A questionnaire written as a workbook and read again is the same questionnaire; row numbers are no part of it."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from evaluate.engine.criteria import read_criteria
from evaluate.engine.definition import FormDefinition, Question
from evaluate.engine.definition_json import to_json
from evaluate.engine.problems import FormRejected
from evaluate.engine.question_types import QuestionType
from evaluate.engine.state import FormState
from evaluate.engine.xlsform import read_workbook, write_workbook
from evaluate.engine.xlsform.exact import _MISSING, _mark
from evaluate.engine.xlsform.own_values import joined_names, split_names
from evaluate.engine.xlsform.workbook import EXACT_SHEET, open_form_workbook
from tests.evaluate.form_workbooks import NOW, read
from tests.evaluate.questionnaire_strategies import definitions, odd_texts

CONTENT = sorted((Path(__file__).parents[2] / "evaluate" / "content").glob("*.yaml"))


def come_back(definition: FormDefinition) -> FormDefinition:
    return read_workbook(write_workbook(definition)).definition


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(definition=definitions())
def test_any_questionnaire_comes_back_from_its_workbook_unchanged(definition):
    assert come_back(definition) == definition


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.stem)
def test_each_questionnaire_that_ships_comes_back_and_needs_nothing_but_its_cells(path):
    definition = read_criteria(yaml.safe_load(path.read_text(encoding="utf-8")))
    content = write_workbook(definition)
    assert read_workbook(content).warnings == ()
    assert read_workbook(content).definition == definition
    assert to_json(read_workbook(content).definition) == to_json(definition)
    assert EXACT_SHEET not in open_form_workbook(content, "x.xlsx").own_sheets


@pytest.mark.realdata
def test_every_real_form_comes_back_unchanged(real_data):
    files = sorted((real_data / "questionnaires" / "xlsform_good").iterdir())
    assert len(files) == 17
    for file in files:
        definition = read_workbook(file).definition
        assert come_back(definition) == definition, file.name


def edited(content: bytes, sheet: str, place: str, value: str) -> bytes:
    """The workbook with one cell written over, as an author would do it in Excel."""
    book = load_workbook(BytesIO(content))
    book[sheet][place] = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def questionnaire(**fields) -> FormDefinition:
    """A questionnaire of one question."""
    question = Question(
        name="q", path="/q", type=QuestionType.TEXT, **{"label": {"default": "¿Q?"}, **fields}
    )
    return FormDefinition(form_id="f", title="F", items=(question,))


def exact_sheet(content: bytes) -> list[tuple[str, ...]]:
    return list(load_workbook(BytesIO(content))[EXACT_SHEET].iter_rows(min_row=2, values_only=True))


def test_what_an_author_writes_over_stands_and_the_exact_text_beside_it_does_not():
    definition = questionnaire(label={"default": "  con blancos  "}, hint={"default": "otro "})
    content = write_workbook(definition)
    assert [place for place, *_rest in exact_sheet(content)] == [
        '["survey", "/q", "label", "default"]',
        '["survey", "/q", "hint", "default"]',
    ]
    again = read_workbook(edited(content, "survey", "C2", "Nuevo")).definition.by_path["/q"]
    assert (again.label, again.hint) == ({"default": "Nuevo"}, {"default": "otro "})


def test_a_text_longer_than_a_cell_of_excel_comes_back_whole():
    definition = questionnaire(hint={"default": "ñandú 🌱 " * 12_000})
    assert come_back(definition) == definition


def test_nothing_in_a_written_workbook_is_a_formula():
    definition = replace(
        questionnaire(label={"default": '=HYPERLINK("http://x")'}, hint={"default": "@SUM(1)"}), title="=1+1"
    )
    content = write_workbook(definition)
    book = load_workbook(BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert [cell.quotePrefix for cell in cells if cell.value.startswith("=")] == [True, True]
    assert come_back(definition) == definition


@pytest.mark.parametrize(
    ("place", "exact"),
    [
        ('["survey", "/q", "path"]', '"/otra"'),
        ('["survey", "/q", "type"]', '"calculate"'),
        ('["survey", "/q", "label"]', "7"),
        ('["survey", "/q", "label", "default"]', '["a"]'),
        ('["survey", "/q", "label", "default", "x"]', '"a"'),
        ('["survey", "/q", "stage"]', '"uno"'),
        ('["survey", "/nadie", "label", "default"]', '"a"'),
        ('["settings", "items"]', "[]"),
        ('["settings", "form_id"]', ""),
        ('["choices", "l", "99999999999999999999", "points"]', '"1"'),
        ('["choices", "nadie", "0", "points"]', '"1"'),
        ('["choices", "l"]', '[{"label": {}}]'),
        ('["tables", "t"]', '[{"a": 1}]'),
        ('["by_path"]', "{}"),
        ('["value", "x"]', "1"),
        ("[]", "1"),
        ("[1", "1"),
        ("", "1"),
        ('["survey", "/q", "label", "default"]', "[" * 20_000),
    ],
)
def test_an_exact_value_that_does_not_fit_its_place_is_passed_over(place, exact):
    survey = [{"type": "text", "name": "q", "label": "¿Q?"}]
    choices = [{"list_name": "l", "name": "a", "label": "A"}]
    plain = read(survey, choices).definition
    marks = {_mark(each) for each in (_MISSING, plain.by_path["/q"].label, "¿Q?", "prueba", "text", "/q")}
    for mark in marks:
        rows = [{"place": place, "read": mark, "exact": exact}]
        assert read(survey, choices, portal_exact=rows).definition == plain


def test_points_that_only_the_exact_sheet_spoils_are_refused_too():
    survey = [{"type": "select_one l", "name": "q", "label": "¿Q?"}]
    choices = [{"list_name": "l", "name": "a", "label": "A", "points": "1"}]
    rows = [{"place": '["choices", "l", "0", "points"]', "read": _mark("1"), "exact": '"muchos"'}]
    with pytest.raises(FormRejected, match="muchos"):
        read(survey, choices, portal_exact=rows)


def test_a_table_travels_in_a_sheet_of_its_own():
    survey = [
        {"type": "select_one_from_file zonas.csv", "name": "zona", "label": "¿Zona?"},
        {"type": "calculate", "name": "n", "calculation": "pulldata('zonas', 'label', 'name', ${zona})"},
    ]
    rows = [
        {"table": "zonas", "name": "n", "label": "Norte"},
        {"table": "zonas", "name": "s", "label": "Sur"},
    ]
    reading = read(survey, portal_tables=rows)
    assert reading.warnings == ()
    assert [choice.name for choice in reading.definition.choice_lists["file/zonas"]] == ["n", "s"]
    state = FormState(reading.definition, {"/zona": "s"}, now=NOW)
    assert state.value("/n") == "Sur"
    assert come_back(reading.definition) == reading.definition


def test_the_name_of_a_file_that_was_not_there_is_kept():
    survey = [{"type": "select_multiple_from_file lugares.csv", "name": "zona", "label": "¿Zona?"}]
    definition = read(survey).definition
    content = write_workbook(definition)
    assert load_workbook(BytesIO(content))["survey"]["A2"].value == "select_multiple_from_file lugares.csv"
    assert read_workbook(content).definition == definition


def test_two_questions_may_take_other_columns_of_the_same_file():
    survey = [
        {
            "type": "select_one_from_file z.csv",
            "name": "a",
            "label": "A",
            "parameters": "value=cod label=nom",
        },
        {
            "type": "select_one_from_file z.csv",
            "name": "b",
            "label": "B",
            "parameters": "value=nom label=nom",
        },
    ]
    lists = read(survey, portal_tables=[{"table": "z", "cod": "1", "nom": "uno"}]).definition
    found = [lists.choice_lists[lists.by_path[path].choice_list][0].name for path in ("/a", "/b")]
    assert found == ["1", "uno"]


def test_a_draft_that_cannot_be_read_yet_is_written_all_the_same():
    content = write_workbook(questionnaire(relevant="${nadie} = 1"))
    with pytest.raises(FormRejected, match="nadie"):
        read_workbook(content)


@given(text=odd_texts, names=st.lists(odd_texts, min_size=1, max_size=4))
def test_names_of_levels_may_hold_the_sign_that_parts_them(text, names):
    written = joined_names(dict(enumerate([text, *names])), len(names) + 1)
    assert split_names(written) == [name.strip() for name in (text, *names)]
