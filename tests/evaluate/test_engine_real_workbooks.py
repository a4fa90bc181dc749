"""Real questionnaires of others: the good ones are read and answered to the end, the bad ones refused."""

import csv
import json
import time
from fractions import Fraction

import pytest

from evaluate.engine.definition_json import from_json, to_json
from evaluate.engine.problems import FormRejected
from evaluate.engine.question_types import QuestionType
from evaluate.engine.scoring import score
from evaluate.engine.state import FormState
from evaluate.engine.xlsform import read_workbook
from tests.evaluate.form_robot import FormRobot
from tests.evaluate.form_workbooks import NOW, workbook

pytestmark = pytest.mark.realdata

GOOD = [
    "onadata__childrens_survey_sw.xlsx",
    "onadata__good_eats_multilang.xlsx",
    "onadata__household.xlsx",
    "onadata__mali_health.xlsx",
    "onadata__select_one_choices_test.xlsx",
    "onadata__subdistrict_profiling_tool.xlsx",
    "pyxform__UCL_Biomass_Plot_Form.xlsx",
    "pyxform__cascading_select_test_equivalent.xls",
    "pyxform__case_insensitivity.xlsx",
    "pyxform__choice_filter_test.xlsx",
    "pyxform__or_other.xlsx",
    "pyxform__pull_data.xlsx",
    "pyxform__repeat_date_test.xls",
    "pyxform__table-list.xls",
    "pyxform__tutorial.xls",
    "pyxform__widgets.xls",
    "pyxform__xlsform_spec_test.xlsx",
]
FOOD_SECURITY = "onadata__select_one_choices_test.xlsx"
REFUSED = {
    "onadata__duplicate_choice_form.xlsx": ("choices", 6, "otra opción con el mismo nombre"),
    "onadata__group_names_must_be_unique.xlsx": ("survey", 2, "igual que el formulario entero"),
    "onadata__transportation.no_choices.xlsx": ("survey", 4, "no tiene la hoja «choices»"),
    "pyxform__bad_calc.xlsx": ("survey", 2, "Falta cerrar las comillas"),
    "pyxform__calculate_without_calculation.xls": ("survey", 34, "le falta la fórmula"),
    "pyxform__duplicate_columns.xlsx": ("survey", 1, "mismo encabezado"),
    "pyxform__group_name_test.xls": ("survey", 3, "le falta el nombre"),
    "pyxform__include.xlsx": ("survey", 3, "include"),
    "pyxform__unknown_question_type.xls": ("survey", 1, "dos nombres"),
    "pyxform__xl_date_ambiguous.xlsx": ("survey", 5, "escribí solo el nombre de la columna"),
}
ACCEPTED_WITH_A_REMARK = {
    "pyxform__badly_named_choices_sheet.xls": ("Choices", None, "la leímos como «choices»"),
    "pyxform__blank_second_row.xls": ("survey", 2, "está vacía"),
    "pyxform__ict_survey_fails.xls": ("choices", 4, "ninguna pregunta usa"),
    "pyxform__spaces_in_choices_header.xls": ("choices", 1, "lleva espacios"),
}


@pytest.fixture
def questionnaires(real_data):
    return real_data / "questionnaires"


@pytest.fixture
def food_security(questionnaires):
    return read_workbook(questionnaires / "xlsform_good" / FOOD_SECURITY).definition


@pytest.mark.parametrize("name", GOOD)
def test_a_good_workbook_is_read_kept_and_answered_to_the_end(questionnaires, name):
    definition = read_workbook(questionnaires / "xlsform_good" / name).definition
    assert from_json(json.loads(json.dumps(to_json(definition)))) == definition
    for last_choices in (False, True):
        robot = FormRobot(FormState(definition, {}, now=NOW), last_choices=last_choices)
        state = robot.run()
        assert state.missing_required() == ()
        assert state.invalid() == {}
        assert state.progress().answered == state.progress().asked


def test_all_the_good_workbooks_are_in_the_list(questionnaires):
    assert sorted(path.name for path in (questionnaires / "xlsform_good").iterdir()) == GOOD
    bad = {path.name for path in (questionnaires / "xlsform_bad").iterdir()}
    assert bad == {*REFUSED, *ACCEPTED_WITH_A_REMARK}


@pytest.mark.parametrize("name", REFUSED)
def test_a_bad_workbook_is_refused_with_sheet_row_and_reason(questionnaires, name):
    sheet, row, words = REFUSED[name]
    with pytest.raises(FormRejected) as refusal:
        read_workbook(questionnaires / "xlsform_bad" / name)
    problem = refusal.value.problems[0]
    assert (problem.sheet, problem.row) == (sheet, row)
    assert words in problem.message


@pytest.mark.parametrize("name", ACCEPTED_WITH_A_REMARK)
def test_a_doubtful_workbook_is_accepted_with_a_remark(questionnaires, name):
    sheet, row, words = ACCEPTED_WITH_A_REMARK[name]
    warnings = read_workbook(questionnaires / "xlsform_bad" / name).warnings
    assert any((each.sheet, each.row) == (sheet, row) and words in each.message for each in warnings)


def test_the_food_security_form_is_read_whole(food_security):
    assert len(food_security.by_path) == 365
    assert sum(bool(item.relevant) for item in food_security.by_path.values()) >= 62
    questions = list(food_security.questions)
    assert sum(bool(question.constraint) for question in questions) == 93
    assert sum(bool(question.calculation) for question in questions) == 52
    assert sum(question.type is QuestionType.SELECT_MULTIPLE for question in questions) == 10


def test_the_food_security_form_is_worked_out_in_30_milliseconds(food_security):
    robot = FormRobot(FormState(food_security, {}, now=NOW))
    answers = robot.run().answers
    times = []
    for _attempt in range(7):
        started = time.perf_counter()
        FormState(food_security, answers, now=NOW)
        times.append(time.perf_counter() - started)
    assert min(times) < 0.03


def test_the_food_security_form_calculates_what_its_author_wrote(food_security):
    state = FormState(food_security, {}, now=NOW)
    for name, days in {"e5cerD": 7, "e5rD": 3, "e5pulD": 2, "e5mD": 1, "e5sgD": 4, "e5oilD": 2}.items():
        state.set(_path(food_security, name), str(days))
    for name in ("e5bD", "e5fD", "e5eD", "e5frD", "e5vgD", "e5ovD", "e5orD", "e5othD"):
        state.set(_path(food_security, name), "0")
    assert state.value(_path(food_security, "starch")) == "7"
    assert state.value(_path(food_security, "fcs")) == str(7 * 2 + 2 * 3 + 0 + 0 + 2 + 0 + 1 + 1 * 4)
    assert state.value(_path(food_security, "dds")) == "4"
    assert state.visible(_path(food_security, "e5pulS"))
    assert not state.visible(_path(food_security, "e5bS"))


def _path(definition, name):
    return next(path for path, item in definition.by_path.items() if item.name == name)


def test_the_official_open_data_scores_come_out_exactly(questionnaires):
    folder = questionnaires / "open_data_policy"
    with (folder / "items.csv").open(encoding="utf-8") as lines:
        items = list(csv.DictReader(lines))
    points = {"adopted": 2, "close_fit": 1, "none": 0, "opposite": -1}
    choices = [
        {"list_name": "p", "name": name, "label": name, "points": each} for name, each in points.items()
    ]
    survey = [
        {"type": "select_one p", "name": f"item_{int(item['number']):02}", "label": item["question"]}
        for item in items
    ]
    definition = read_workbook(workbook(survey, choices), "open_data.xlsx").definition
    assert len(survey) == 31
    with (folder / "answers_and_official_scores.csv").open(encoding="utf-8") as lines:
        governments = list(csv.DictReader(lines))
    assert len(governments) == 20
    for government in governments:
        answers = {f"/{name}": value for name, value in government.items() if name.startswith("item_")}
        found = score(definition, FormState(definition, answers, now=NOW))
        assert found.total.maximum == 62
        assert f"{float(found.share):.6f}" == government["official_score"], government["place"]
        assert found.share == Fraction(sum(points[answer] for answer in answers.values()), 62)
