"""One cell of an Excel workbook."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from math import isfinite

from django.utils import timezone

from portal.core.tabular.writing import Cell
from portal.core.tabular.writing_formulas import without_formula

# Excel counts UTF-16 units: a sign beyond the basic plane is two.
MAX_CELL_UNITS = 32_767
TITLE, DATE, DATE_AND_TIME = 1, 2, 3
_FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)
_LINE_ENDS = re.compile("\r\n?")
# What XML cannot carry, what it reads as its own, and what Excel would decode ("_x0041_" is an A to it).
_UNSAFE = re.compile('[&<>"\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)')
_ESCAPES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "_x": "_x005F_x"}


def cell_xml(place: str, cell: Cell, *, is_title: bool = False) -> str:
    """Return a cell that is not empty.

    Args:
        place: as "B7".
    """
    if isinstance(cell, str):
        style = f' s="{TITLE}"' if is_title else ""
        text = escaped(_fitting(without_formula(_LINE_ENDS.sub("\n", cell))))
        return f'<c r="{place}"{style} t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(cell, bool):
        return f'<c r="{place}" t="b"><v>{int(cell)}</v></c>'
    if isinstance(cell, datetime):
        return f'<c r="{place}" s="{DATE_AND_TIME}"><v>{_days(cell)}</v></c>'
    if isinstance(cell, date):
        return f'<c r="{place}" s="{DATE}"><v>{cell.toordinal() - _FIRST_DAY.toordinal()}</v></c>'
    return f'<c r="{place}"><v>{cell}</v></c>' if _is_number(cell) else ""


def escaped(text: str) -> str:
    """Return text as XML carries it."""
    return _UNSAFE.sub(lambda found: _ESCAPES.get(found.group(), ""), text) if _UNSAFE.search(text) else text


def column_letters(place: int) -> str:
    """Return a column's letters by its place from 0: A … Z, AA …"""
    letters = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _is_number(cell: float | Decimal | None) -> bool:
    return cell is not None and isfinite(cell)


def _days(moment: datetime) -> float:
    """Return a moment as Excel counts it: days of the portal's own clock, which knows no time zones."""
    local = timezone.make_naive(moment) if timezone.is_aware(moment) else moment
    return round((local.replace(tzinfo=UTC) - _FIRST_DAY).total_seconds() / 86_400, 9)


def _fitting(text: str) -> str:
    """Cut a text at what a cell holds."""
    if len(text) * 2 <= MAX_CELL_UNITS:
        return text
    units = text.encode("utf-16-le", errors="replace")
    if len(units) <= MAX_CELL_UNITS * 2:
        return text
    return units[: (MAX_CELL_UNITS - 1) * 2].decode("utf-16-le", errors="ignore") + "…"
