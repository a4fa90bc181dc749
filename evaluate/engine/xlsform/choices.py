"""Choice lists: from the choices sheet as pyxform hands it over, and from external_choices."""

from collections.abc import Iterable, Mapping
from typing import Any

from pyxform import aliases
from pyxform.constants import OR_OTHER_CHOICE
from pyxform.parsing.sheet_headers import dealias_and_group_headers

from evaluate.engine.definition import Choice
from evaluate.engine.xlsform.columns import SHEET_COLUMNS
from evaluate.engine.xlsform.texts import CHOICE_ROW, WrittenTexts
from evaluate.engine.xlsform.workbook import Workbook

LIST_NAME = "list name"
POINTS = "points"
# pyxform adds this choice in English for "or_other"; people read it in the portal's languages.
OTHER_TEXTS = {"es": "Otra", "en": "Other", "pt": "Outra"}
_OWN_FIELDS = frozenset({"name", "label", "media", LIST_NAME, POINTS, CHOICE_ROW})


def build_choices(rows: Iterable[Mapping[str, Any]], written: WrittenTexts) -> tuple[Choice, ...]:
    """Choices of one list from pyxform's rows."""
    return tuple(
        Choice(
            name=str(row["name"]),
            label=OTHER_TEXTS if row == OR_OTHER_CHOICE else written.of(row, "label"),
            columns={key: value for key, value in row.items() if _is_extra(key, value)},
            points=str(row.get(POINTS, "")),
            media=written.media(row),
        )
        for row in rows
        if row.get("name")
    )


def external_lists(book: Workbook, default_language: str) -> dict[str, tuple[Choice, ...]]:
    """The lists of the external_choices sheet, which pyxform leaves to a file of its own."""
    sheet = book.sheets.get("external_choices")
    if sheet is None:
        return {}
    grouped: dict[str, list[Mapping[str, Any]]] = {}
    rows = dealias_and_group_headers(
        sheet_name="external_choices",
        sheet_data=[{**row, CHOICE_ROW: str(number)} for number, row in sheet.rows.items()],
        sheet_header=[dict.fromkeys((*sheet.headers, CHOICE_ROW))],
        header_aliases=aliases.list_header,
        header_columns=set(SHEET_COLUMNS["external_choices"]),
    )
    for row in rows.data:
        grouped.setdefault(row.get(LIST_NAME, ""), []).append(row)
    written = WrittenTexts(book, "external_choices", default_language)
    return {
        external_list_name(name): build_choices(group, written) for name, group in grouped.items() if name
    }


def external_list_name(name: str) -> str:
    """The name that sets a list of external_choices apart from one of the choices sheet."""
    return f"external/{name}"


def table_list_name(table: str, parameters: Mapping[str, str]) -> str:
    """The name of a list taken from an attached table; other columns of the same table are another list."""
    columns = [f"{key}={parameters[key]}" for key in ("value", "label") if key in parameters]
    return "/".join(["file", table, *columns])


def table_choices(
    rows: Iterable[Mapping[str, str]], parameters: Mapping[str, str], default_language: str
) -> tuple[Choice, ...]:
    """The choices of an attached table, under its columns `name` and `label` unless told otherwise."""
    value, label = parameters.get("value", "name"), parameters.get("label", "label")
    return tuple(
        Choice(row[value], {default_language: row.get(label, row[value])}, dict(row))
        for row in rows
        if row.get(value)
    )


def _is_extra(key: str, value: Any) -> bool:
    return key not in _OWN_FIELDS and isinstance(value, str)
