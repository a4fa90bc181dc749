"""Sheets as an .xlsx file: all cells are text, and no program runs any of them as a formula."""

from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from evaluate.engine.xlsform.workbook import EXCEL_ERRORS

# What a cell of Excel holds, in UTF-16 units; a little is left for the mark of what was cut.
MAX_CELL_UNITS = 32_767
_CUT = "…"
_COLUMN_WIDTH = 24


def workbook_bytes(sheets: Mapping[str, Sequence[Mapping[str, str]]], *, field_order: Sequence[str]) -> bytes:
    """Return an .xlsx file with these sheets; columns of other fields stand last, in the order of the rows.

    A column that is empty in every row is left out, and so is a sheet without rows.
    """
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        if not rows:
            continue
        headers = _headers(rows, field_order)
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for place in range(1, len(headers) + 1):
            sheet.column_dimensions[_letters(place)].width = _COLUMN_WIDTH
        sheet.append([_cell(sheet, header, is_title=True) for header in headers])
        for row in rows:
            sheet.append([_cell(sheet, row.get(header, "")) for header in headers])
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def _headers(rows: Iterable[Mapping[str, str]], order: Sequence[str]) -> list[str]:
    """The headers that any row fills: in the order of their fields, without a language before those with one."""
    found = dict.fromkeys(header for row in rows for header, cell in row.items() if cell)
    ranks = {field: place for place, field in enumerate(order)}

    def rank(header: str) -> tuple[int, bool]:
        field = header.removeprefix("media::").partition("::")[0]
        return ranks.get(field, len(ranks)), header.removeprefix("media::") != field

    return sorted(found, key=rank)


def _letters(place: int) -> str:
    letters = ""
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _cell(sheet: Any, text: str, *, is_title: bool = False) -> Any:
    if not text:
        return None
    safe = _safe(text)
    runs = safe.startswith("=")
    if not (runs or is_title):
        return safe
    cell = WriteOnlyCell(sheet, value="")
    cell.value = safe
    cell.data_type = "s"
    # Excel would make a formula of it as soon as somebody edits the cell.
    cell.quotePrefix = runs
    if is_title:
        cell.font = Font(bold=True)
    return cell


def _safe(text: str) -> str:
    """Text that a cell can hold and that is not taken for an error of Excel's."""
    plain = ILLEGAL_CHARACTERS_RE.sub("", text).encode(errors="replace").decode()
    if plain.strip() in EXCEL_ERRORS:
        return f"'{plain}"
    if not plain.strip():
        return _CUT
    units = plain.encode("utf-16-le")
    if len(units) <= MAX_CELL_UNITS * 2:
        return plain
    return units[: (MAX_CELL_UNITS - 1) * 2].decode("utf-16-le", errors="ignore") + _CUT
