"""A questionnaire as a workbook."""

from evaluate.engine.definition import FormDefinition
from evaluate.engine.problems import FormRejected
from evaluate.engine.xlsform.exact import exact_rows
from evaluate.engine.xlsform.reading import read_workbook
from evaluate.engine.xlsform.tables import table_rows
from evaluate.engine.xlsform.workbook import EXACT_SHEET, TABLES_SHEET
from evaluate.engine.xlsform.writing.cells import workbook_bytes
from evaluate.engine.xlsform.writing.rows import (
    FIELD_ORDER,
    SheetRow,
    choice_rows,
    external_choice_rows,
    settings_row,
    survey_rows,
)


def write_workbook(definition: FormDefinition) -> bytes:
    """Return a questionnaire as an .xlsx file; reading it gives the same questionnaire again, row numbers apart.

    It is read once here: what came back in another way (blanks at the ends, a text longer than a cell) is written
    beside, exactly. One that cannot be read, such as a draft with an unfinished formula, is written all the same.
    """
    sheets: dict[str, list[SheetRow]] = {
        "survey": list(survey_rows(definition.items)),
        "choices": list(choice_rows(definition)),
        "external_choices": list(external_choice_rows(definition)),
        "settings": [settings_row(definition)],
        TABLES_SHEET: list(table_rows(definition.tables)),
    }
    content = workbook_bytes(sheets, field_order=FIELD_ORDER)
    try:
        come_back = read_workbook(content).definition
    except FormRejected:
        return content
    rows = list(exact_rows(come_back, definition))
    return workbook_bytes({**sheets, EXACT_SHEET: rows}, field_order=FIELD_ORDER) if rows else content
