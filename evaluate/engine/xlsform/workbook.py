"""Opens an .xlsx or .xls file with care and hands over its XLSForm sheets as text.

pyxform has a reader of its own; this one is used before it because it limits size, names the sheet
of a doubled column, reads past long blank stretches and keeps the row numbers that people see.
"""

import warnings
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any, cast

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from pyxform.constants import SUPPORTED_SHEET_NAMES
from pyxform.xls2json_backends import xls_value_to_unicode, xlsx_value_to_str
from xlrd import XL_CELL_ERROR, Book, XLRDError, open_workbook
from xlrd.xldate import XLDateError

from evaluate.engine.problems import FormRejected, Problem
from evaluate.engine.xlsform.limits import (
    MAX_BLANK_ROWS_BEYOND,
    MAX_COLUMNS,
    MAX_FILE_BYTES,
    MAX_ROWS,
    MAX_UNCOMPRESSED_BYTES,
)

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0"
EXCEL_ERRORS = frozenset({"#REF!", "#N/A", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!"})

# Sheets of ours: tables that a form reads, and what a cell cannot hold exactly (docs/xlsform-scoring.md).
TABLES_SHEET, EXACT_SHEET = "portal_tables", "portal_exact"
OWN_SHEETS = frozenset({TABLES_SHEET, EXACT_SHEET})
_READ_SHEETS = frozenset(SUPPORTED_SHEET_NAMES) | OWN_SHEETS

RawRows = Iterator[tuple[str, ...]]


@dataclass(slots=True)
class Sheet:
    """One sheet as text: its name as written, its headers, and its rows by row number."""

    name: str
    headers: tuple[str, ...]
    rows: dict[int, dict[str, str]]
    blank_rows: tuple[int, ...] = ()


@dataclass(slots=True)
class Workbook:
    """The XLSForm sheets of a file by lower-case name, the portal's own, and the names of all its sheets."""

    sheets: dict[str, Sheet]
    sheet_names: tuple[str, ...]
    stem: str
    own_sheets: dict[str, Sheet] = field(default_factory=dict)
    warnings: list[Problem] = field(default_factory=list)


def open_form_workbook(source: str | Path | bytes, filename: str) -> Workbook:
    """Read a workbook's XLSForm sheets.

    source: a path, or the file's bytes. filename: its name as its owner knows it.
    Raises FormRejected when it is no workbook, is damaged, locked or too large, or doubles a column.
    """
    content = _content(source, filename)
    if content.startswith(ZIP_START):
        raw = _read_xlsx(content, filename)
    elif content.startswith(OLE_START):
        raw = _read_xls(content, filename)
    else:
        raise _no_workbook(filename)
    names = tuple(raw)
    form_sheets = {name: rows for name, rows in raw.items() if name.lower() in SUPPORTED_SHEET_NAMES}
    if len(raw) == 1 and not form_sheets:
        form_sheets = {"survey": next(iter(raw.values()))}
    sheets = {name.lower(): _sheet(name, rows) for name, rows in form_sheets.items()}
    own = {name.lower(): _sheet(name, rows) for name, rows in raw.items() if name.lower() in OWN_SHEETS}
    return Workbook(sheets, names, Path(filename).stem, own)


def _content(source: str | Path | bytes, filename: str) -> bytes:
    size = len(source) if isinstance(source, bytes) else Path(source).stat().st_size
    if size > MAX_FILE_BYTES:
        raise _too_big(filename)
    return source if isinstance(source, bytes) else Path(source).read_bytes()


def _read_xlsx(content: bytes, filename: str) -> dict[str, list[tuple[str, ...]]]:
    _check_zip_directory(content, filename)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = load_workbook(BytesIO(content), read_only=True, data_only=True)
            try:
                return {sheet.title: _xlsx_rows(sheet) for sheet in book.worksheets}
            finally:
                book.close()
    except FormRejected:
        raise
    # A damaged file makes openpyxl fail in any of a dozen ways; to its owner they are one.
    except Exception as error:
        raise _damaged(filename) from error


def _check_zip_directory(content: bytes, filename: str) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    # A damaged directory fails as a bad zip, as text that cannot be decoded, or as an odd number.
    except Exception as error:
        raise _damaged(filename) from error
    if sum(entry.file_size for entry in entries) > MAX_UNCOMPRESSED_BYTES:
        raise _too_big(filename)
    if not any(entry.filename.startswith("xl/") for entry in entries):
        raise _no_workbook(filename)


def _xlsx_rows(sheet: Any) -> list[tuple[str, ...]]:
    if sheet.title.lower() not in _READ_SHEETS and len(sheet.parent.sheetnames) > 1:
        return []
    rows = sheet.iter_rows(max_row=MAX_ROWS + MAX_BLANK_ROWS_BEYOND, max_col=MAX_COLUMNS, values_only=True)
    return _limited((_xlsx_texts(row) for row in rows), sheet.title)


def _xlsx_texts(row: tuple[object, ...]) -> tuple[str, ...]:
    """A row's cells as text; the thousands of blank rows that Excel likes to keep cost nothing."""
    return () if row.count(None) == len(row) else tuple(map(_xlsx_text, row))


def _xlsx_text(value: object) -> str:
    return "" if value is None else xlsx_value_to_str(value).strip()


def _read_xls(content: bytes, filename: str) -> dict[str, list[tuple[str, ...]]]:
    try:
        book = open_workbook(file_contents=content, on_demand=True, logfile=StringIO())
        try:
            return {name: _xls_rows(book, name) for name in book.sheet_names()}
        finally:
            book.release_resources()
    except FormRejected:
        raise
    except XLRDError as error:
        if "workbook" in str(error).lower() or "encrypt" in str(error).lower():
            raise _rejected(
                _(
                    "No se puede abrir «%(file)s»: tiene contraseña o no es una planilla. Quitale la "
                    "contraseña, guardala como .xlsx y volvé a subirla."
                ),
                filename,
            ) from error
        raise _damaged(filename) from error
    # As with openpyxl: whatever way a damaged file fails in, its owner needs one message.
    except Exception as error:
        raise _damaged(filename) from error


def _xls_rows(book: Book, name: str) -> list[tuple[str, ...]]:
    if name.lower() not in _READ_SHEETS and book.nsheets > 1:
        return []
    sheet = book.sheet_by_name(name)
    columns = min(sheet.ncols, MAX_COLUMNS)
    rows = (
        tuple(_xls_text(book, sheet.cell(row, column), name, row + 1) for column in range(columns))
        for row in range(sheet.nrows)
    )
    return _limited(rows, name)


def _xls_text(book: Book, cell: Any, sheet: str, row: int) -> str:
    if cell.ctype == XL_CELL_ERROR:
        return "#N/A"
    if isinstance(cell.value, str):
        return cell.value.replace("\xa0", " ").strip()
    try:
        return cast(str, xls_value_to_unicode(cell.value, cell.ctype, book.datemode))
    except XLDateError as error:
        message = _(
            "Hay una fecha que Excel no puede interpretar. Escribila como texto, por ejemplo 2026-03-31."
        )
        raise FormRejected([Problem(message, sheet, row)]) from error


def _limited(rows: Iterable[tuple[str, ...]], sheet: str) -> list[tuple[str, ...]]:
    kept: list[tuple[str, ...]] = []
    last = 0
    for number, row in enumerate(rows, start=1):
        if any(row):
            last = number
            if number > MAX_ROWS + 1:
                message = _("La hoja pasa de %(limit)d filas. Dividí el cuestionario o acortá sus listas.")
                raise FormRejected([Problem(message % {"limit": MAX_ROWS}, sheet)])
        kept.append(row)
    return kept[:last]


def _sheet(name: str, raw: list[tuple[str, ...]]) -> Sheet:
    headers = tuple(" ".join(header.split()) for header in raw[0]) if raw else ()
    _check_headers(name, headers)
    rows: dict[int, dict[str, str]] = {}
    problems: list[Problem] = []
    for number, cells in enumerate(raw[1:], start=2):
        row = {header: cell for header, cell in zip(headers, cells, strict=False) if header and cell}
        for header, cell in row.items():
            if cell in EXCEL_ERRORS:
                message = _(
                    "La celda tiene un error de Excel (%(error)s). Corregí la fórmula o escribí el valor."
                )
                problems.append(Problem(message % {"error": cell}, name, number, header))
        if row:
            rows[number] = row
    if problems:
        raise FormRejected(problems)
    return Sheet(
        name,
        tuple(header for header in headers if header),
        rows,
        tuple(number for number in range(2, len(raw) + 1) if number not in rows),
    )


def _check_headers(sheet: str, headers: tuple[str, ...]) -> None:
    doubled = sorted({header for header in headers if header and headers.count(header) > 1})
    message = _("Hay dos columnas con el mismo encabezado. Dejá una sola o cambiale el nombre a la otra.")
    if doubled:
        raise FormRejected(Problem(message, sheet, 1, header) for header in doubled)


def _rejected(message: str, filename: str) -> FormRejected:
    return FormRejected([Problem(message % {"file": filename})])


def _no_workbook(filename: str) -> FormRejected:
    return _rejected(
        _("«%(file)s» no es una planilla de Excel. Guardala como .xlsx y volvé a subirla."), filename
    )


def _damaged(filename: str) -> FormRejected:
    return _rejected(
        _("«%(file)s» está dañado y no se puede leer. Abrilo en Excel, guardalo de nuevo y volvé a subirlo."),
        filename,
    )


def _too_big(filename: str) -> FormRejected:
    return _rejected(
        _(
            "«%(file)s» es demasiado grande para ser un cuestionario. Quitale imágenes, hojas y filas que "
            "no usa y volvé a subirlo."
        ),
        filename,
    )
