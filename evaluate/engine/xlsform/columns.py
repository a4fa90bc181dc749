"""Column headers: what pyxform takes each for, and how its author wrote it."""

from pyxform import aliases
from pyxform.parsing.sheet_headers import process_header
from pyxform.question import MultipleChoiceQuestion, Option
from pyxform.survey import Survey

from evaluate.engine.xlsform.workbook import Sheet

Tokens = tuple[str, ...]

_ALIASES = {
    "survey": aliases.survey_header,
    "choices": aliases.list_header,
    "external_choices": aliases.list_header,
    "settings": aliases.settings_header,
}
SHEET_COLUMNS = {
    "survey": frozenset(MultipleChoiceQuestion.get_slot_names()),
    "choices": frozenset(Option.get_slot_names()),
    "external_choices": frozenset(Option.get_slot_names()),
    "settings": frozenset(Survey.get_slot_names()),
}
FORMULA_COLUMNS: dict[Tokens, str] = {
    ("bind", "relevant"): "relevant",
    ("bind", "constraint"): "constraint",
    ("bind", "calculate"): "calculation",
    ("bind", "required"): "required",
    ("bind", "readonly"): "read_only",
    ("choice_filter",): "choice_filter",
    ("control", "jr:count"): "count",
    ("default",): "default_formula",
}


def tokens_of(sheet_name: str, sheet: Sheet) -> dict[str, Tokens]:
    """Each header of a sheet with what pyxform takes it for, such as ("label", "English")."""
    use_double_colon = any("::" in header for header in sheet.headers)
    return {
        header: process_header(
            header=header,
            use_double_colon=use_double_colon,
            header_aliases=_ALIASES.get(sheet_name, {}),
            header_columns=SHEET_COLUMNS.get(sheet_name, frozenset()),
        )[1]
        for header in sheet.headers
    }


def header_for(sheet_name: str, sheet: Sheet, field: str) -> str:
    """The header under which the author wrote a field such as `calculation`; the field if there is none."""
    for header, tokens in tokens_of(sheet_name, sheet).items():
        if FORMULA_COLUMNS.get(tokens, tokens[0]) == field:
            return header
    return field


def value_of(row: dict[str, str], tokens: dict[str, Tokens], wanted: str) -> str:
    """A row's cell under the column that means `wanted`, such as `type` or `name`."""
    return next((cell for header, cell in row.items() if tokens[header] == (wanted,)), "")
