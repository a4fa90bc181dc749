"""Where in a workbook stands what is wrong or doubtful in its scoring."""

from collections.abc import Iterator

from evaluate.engine.definition import FormDefinition
from evaluate.engine.problems import Problem
from evaluate.engine.scoring_faults import not_a_number, number_in, scoring_faults
from evaluate.engine.xlsform.choices import POINTS
from evaluate.engine.xlsform.columns import tokens_of, value_of
from evaluate.engine.xlsform.own_columns import OwnCells
from evaluate.engine.xlsform.workbook import Workbook


def scoring_problems(definition: FormDefinition, book: Workbook, *, refusals: bool) -> Iterator[Problem]:
    """Yield what stands against the scoring, or what is remarked about it, each with its cell."""
    survey = OwnCells(book, "survey", definition.default_language)
    settings = OwnCells(book, "settings", definition.default_language)
    faults = [fault for fault in scoring_faults(definition) if fault.is_refusal == refusals]
    of_lists = [fault for fault in faults if fault.choice_list]
    if of_lists:
        yield from list(_bad_points(book)) or [Problem(of_lists[0].message, "choices", None, POINTS)]
    for fault in faults:
        if fault.path:
            row = definition.by_path[fault.path].row
            yield Problem(fault.message, "survey", row, survey.header(fault.field))
        elif not fault.choice_list:
            yield Problem(fault.message, "settings", settings.first_row, settings.header(fault.field))


def _bad_points(book: Workbook) -> Iterator[Problem]:
    """The rows whose points are no numbers, looked for once however many there are."""
    for name in ("choices", "external_choices"):
        sheet = book.sheets.get(name)
        if sheet is None:
            continue
        tokens = tokens_of(name, sheet)
        for number, row in sheet.rows.items():
            cell = value_of(row, tokens, POINTS)
            if cell and number_in(cell) is None:
                yield Problem(not_a_number(cell), name, number, POINTS)
