"""The columns that the portal adds to XLSForm: read from the sheet as written, not through pyxform.

What each means is told in docs/xlsform-scoring.md.
"""

import re
from collections.abc import Iterator, Mapping

from django.utils.translation import gettext as _

from evaluate.engine.definition import Texts
from evaluate.engine.problems import Problem
from evaluate.engine.xlsform.languages import language_code
from evaluate.engine.xlsform.workbook import Sheet, Workbook

# Field and language of a header; the language is empty where none is named.
Column = tuple[str, str]

_TRANSLATED = {
    "survey": frozenset({"good", "evidence"}),
    "settings": frozenset({"title", "summary", "intro", "level_names"}),
}
_PLAIN = {
    "survey": frozenset({"criterion", "weight", "stage", "met_at", "not_applicable", "area", "topic"}),
    "settings": frozenset({"scoring", "not_applicable", "level_thresholds", "minutes", "area"}),
}
_ALIASES = {"settings": {"form_title": "title"}}
_HEADER = re.compile(r"(?P<field>[^:]+?)\s*(?:::?\s*(?P<language>.+))?", re.DOTALL)


def own_column(sheet_name: str, header: str) -> Column | None:
    """Return which of the portal's columns a header means; nothing when it is XLSForm's or the author's own."""
    match = _HEADER.fullmatch(header.strip())
    if match is None or sheet_name not in _PLAIN:
        return None
    field = "_".join(match["field"].lower().split())
    field = _ALIASES.get(sheet_name, {}).get(field, field)
    language = (match["language"] or "").strip()
    # A title without a language is XLSForm's own.
    if field in _TRANSLATED[sheet_name] and (language or field != "title"):
        return field, language
    return (field, "") if field in _PLAIN[sheet_name] and not language else None


class OwnCells:
    """The portal's cells of one sheet, by row number."""

    def __init__(self, book: Workbook, sheet_name: str, default_language: str) -> None:
        """Find the portal's columns of a sheet; texts without a language are in the form's default one."""
        self._sheet = book.sheets.get(sheet_name) or Sheet(sheet_name, (), {})
        self._default_language = default_language
        self._headers: dict[str, Column] = {}
        for header in self._sheet.headers:
            column = own_column(sheet_name, header)
            if column is not None:
                self._headers[header] = column

    def text(self, row: int | None, field: str) -> str:
        """A cell, or nothing."""
        return next((cell for _header, _language, cell in self._cells(row, field)), "")

    def texts(self, row: int | None, field: str) -> Texts:
        """A text by language code."""
        return {
            self._code(language): cell
            for _header, language, cell in sorted(self._cells(row, field), key=lambda found: bool(found[1]))
        }

    def header(self, field: str, language: str = "") -> str:
        """The header under which the author wrote a field; the field if there is none."""
        found = [header for header, column in self._headers.items() if column[0] == field]
        for header in found:
            if not language or self._code(self._headers[header][1]) == language:
                return header
        return found[0] if found else field

    def doubled(self) -> Iterator[Problem]:
        """Yield the headers that mean the same column in the same language."""
        seen: dict[Column, str] = {}
        for header, (field, language) in self._headers.items():
            other = seen.setdefault((field, language_code(language) if language else ""), header)
            if other != header:
                message = _("Esta columna y «%(other)s» son la misma cosa con dos nombres. Dejá una sola.")
                yield Problem(message % {"other": other}, self._sheet.name, 1, header)

    @property
    def first_row(self) -> int | None:
        """The number of the first row that holds anything."""
        return next(iter(self._sheet.rows), None)

    def _cells(self, row: int | None, field: str) -> Iterator[tuple[str, str, str]]:
        cells: Mapping[str, str] = self._sheet.rows.get(row, {}) if row is not None else {}
        for header, (found, language) in self._headers.items():
            if found == field and cells.get(header):
                yield header, language, cells[header]

    def _code(self, language: str) -> str:
        return language_code(language) if language else self._default_language
