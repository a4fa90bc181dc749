"""The rows that an import refused, handed back to be corrected."""

import io
from collections import defaultdict
from collections.abc import Iterable

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font

from portal.core.tabular.table import RowProblem, Table
from portal.core.tabular.writing_formulas import without_formula

# Excel's own limit for the text of a cell.
MAX_CELL_CHARACTERS = 32_767


def error_workbook(table: Table, problems: Iterable[RowProblem]) -> bytes:
    """Return an .xlsx with the refused rows as they were and, beside each, its number and why it was refused.

    The titles stand in the first row under their own names, so the corrected workbook can be imported as it is.

    Args:
        table: the table they come from, still open.
        problems: in any order; several on one row are told together.
    """
    reasons = _reasons_by_row(table, problems)
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("Filas rechazadas"))
    sheet.freeze_panes = "A2"
    titles = [*table.titles, _("Fila original"), _("Motivo")]
    sheet.append([_bold(sheet, _safe(title)) for title in titles])
    if reasons:
        last = max(reasons)
        for number, record in table.raw_rows():
            if number in reasons:
                cells = [_safe(cell) for cell in record[: len(table.titles)]]
                cells += [""] * (len(table.titles) - len(cells))
                sheet.append([*cells, number, _safe(reasons[number])])
            if number >= last:
                break
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def _safe(text: str) -> str:
    """Return text that fits in a cell and that no spreadsheet program runs."""
    return without_formula(ILLEGAL_CHARACTERS_RE.sub("", text)[: MAX_CELL_CHARACTERS - 1])


def _reasons_by_row(table: Table, problems: Iterable[RowProblem]) -> dict[int, str]:
    reasons: dict[int, list[str]] = defaultdict(list)
    for problem in problems:
        title = table.title_of(problem.column)
        reasons[problem.row].append(f"{title}: {problem.reason}" if title else problem.reason)
    return {row: " ".join(found) for row, found in reasons.items()}


def _bold(sheet: object, text: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=text)
    cell.font = Font(bold=True)
    return cell
