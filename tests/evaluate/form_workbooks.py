"""Workbooks and questionnaires made for a test, in as few words as the test needs."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from io import BytesIO

from openpyxl import Workbook

from evaluate.engine.definition import Choice, FormDefinition, Question
from evaluate.engine.expressions import parse
from evaluate.engine.problems import FormRejected
from evaluate.engine.question_types import QuestionType
from evaluate.engine.state import FormState
from evaluate.engine.xlsform import Reading, read_workbook

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=timezone(timedelta(hours=-3)))

Rows = Sequence[Mapping[str, object]]


def workbook(survey: Rows, choices: Rows = (), settings: Rows = (), **sheets: Rows) -> bytes:
    """An .xlsx file with these sheets; the columns are the keys, in the order in which they appear."""
    book = Workbook()
    book.remove(book.active)
    for name, rows in {"survey": survey, "choices": choices, "settings": settings, **sheets}.items():
        if rows:
            columns = list(dict.fromkeys(column for row in rows for column in row))
            sheet = book.create_sheet(name)
            sheet.append(columns)
            for row in rows:
                sheet.append([row.get(column) for column in columns])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def read(survey: Rows, choices: Rows = (), settings: Rows = (), **sheets: Rows) -> Reading:
    """The questionnaire in such a workbook."""
    return read_workbook(workbook(survey, choices, settings, **sheets), "prueba.xlsx")


def refusal(survey: Rows, choices: Rows = (), settings: Rows = ()) -> list[tuple[str, int | None, str, str]]:
    """Why such a workbook is refused: sheet, row, column and message of each problem."""
    try:
        read(survey, choices, settings)
    except FormRejected as rejected:
        return [(each.sheet, each.row, each.column, each.message) for each in rejected.problems]
    raise AssertionError("the workbook was accepted")


def state_of(survey: Rows, choices: Rows = (), **answers: str) -> FormState:
    """A state of such a workbook with answers to questions outside groups, given by name."""
    definition = read(survey, choices).definition
    return FormState(definition, {f"/{name}": value for name, value in answers.items()}, now=NOW)


def evaluated(formula: str, **answers: str | float) -> str:
    """What a calculation with that formula gives beside these answers; numbers answer number questions.

    Raises ExpressionError when the formula cannot be understood.
    """
    parse(formula)
    questions = [
        Question(
            name=name,
            path=f"/{name}",
            type=QuestionType.TEXT if isinstance(answer, str) else QuestionType.DECIMAL,
        )
        for name, answer in answers.items()
    ]
    result = Question(name="result", path="/result", type=QuestionType.CALCULATE, calculation=formula)
    definition = FormDefinition(form_id="f", title="F", items=(*questions, result))
    given = {f"/{name}": str(answer) for name, answer in answers.items()}
    return FormState(definition, given, now=NOW).value("/result")


def scored_form(*questions: tuple[str, str, Sequence[str]]) -> FormDefinition:
    """A questionnaire of select_one questions: name, weight, and the points of its choices c0, c1, …."""
    return FormDefinition(
        form_id="s",
        title="S",
        scoring="points_over_maximum",
        items=tuple(
            Question(
                name=name, path=f"/{name}", type=QuestionType.SELECT_ONE, choice_list=name, weight=weight
            )
            for name, weight, _points in questions
        ),
        choice_lists={
            name: tuple(Choice(f"c{place}", points=points) for place, points in enumerate(all_points))
            for name, _weight, all_points in questions
        },
    )
