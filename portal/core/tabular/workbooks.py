"""Excel workbooks (.xlsx)."""

import datetime
import re
import zipfile
from collections.abc import Collection, Iterator
from typing import Any, BinaryIO
from xml.etree.ElementTree import ParseError

import openpyxl
from django.utils.translation import gettext as _
from openpyxl.utils.exceptions import InvalidFileException

from portal.core.archives import UNREADABLE
from portal.core.tabular.delimited import too_many_rows
from portal.core.tabular.headers import ROWS_SEARCHED, find_header, normalise_header
from portal.core.tabular.limits import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_UNPACKED_BYTES,
    MAX_UNPACKING_RATIO,
    RATIO_MATTERS_FROM_BYTES,
)
from portal.core.tabular.table import Record, TableError

# What openpyxl and the standard library raise when a workbook is not what its name says.
DAMAGED = (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, TypeError, ParseError, EOFError)

# How Excel writes what XML cannot carry, such as "_x000D_", and openpyxl leaves it; half a character is none.
_ESCAPED = re.compile("_x(?![Dd][89A-Fa-f])([0-9A-Fa-f]{4})_")


class Workbook:
    """An .xlsx file, read row by row, in which one sheet is the table."""

    def __init__(self, file: BinaryIO) -> None:
        _refuse_bomb(file)
        file.seek(0)
        try:
            # Broken links to other workbooks and styles are of no interest to a table.
            self._book = openpyxl.load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except DAMAGED as error:
            raise TableError(_damaged()) from error

    @property
    def sheet_names(self) -> list[str]:
        """The names of the sheets that can be seen."""
        return [sheet.title for sheet in self._book.worksheets if sheet.sheet_state == "visible"]

    def choose_sheet(self, sheet: str | int | None, expected: Collection[str]) -> str:
        """Return the name of the sheet to read: the one asked for (by name or by place, from 1), else the likeliest.

        Raises:
            TableError: there is no such sheet, or none that can be seen.
        """
        names = self.sheet_names
        if not names:
            raise TableError(_("El libro de Excel no tiene hojas visibles. Mostrá la hoja con los datos."))
        if sheet is None:
            return max(names, key=lambda name: self._likelihood(name, expected))
        by_place = {str(place): name for place, name in enumerate(names, start=1)}
        by_name = {name.casefold(): name for name in names}
        chosen = by_name.get(str(sheet).casefold()) or by_place.get(str(sheet))
        if chosen is None:
            raise TableError(
                _("No hay una hoja «%(sheet)s». Las hojas del libro son: %(names)s.")
                % {"sheet": sheet, "names": ", ".join(names)}
            )
        return chosen

    def _likelihood(self, name: str, expected: Collection[str]) -> tuple[int, int]:
        """Return how many expected titles a sheet's first rows have, and how many cells stand under its titles."""
        head = []
        for record in self.records(name):
            head.append(record)
            if len(head) == ROWS_SEARCHED:
                break
        place = find_header(head, expected)
        if place is None:
            return 0, 0
        titles = {normalise_header(cell) for cell in head[place][1]}
        width = sum(bool(cell) for cell in head[place][1])
        return len(titles & set(expected)), (width if width > 1 else 0) * (len(head) - place)

    def records(self, name: str) -> Iterator[Record]:
        """Yield the rows of one sheet, each cell as the text that the person sees.

        Raises:
            TableError: the sheet is damaged or longer than `MAX_ROWS`.
        """
        sheet = self._book[name]
        # Some programs declare a million empty rows, or one row where there are many.
        sheet.reset_dimensions()
        try:
            for number, cells in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
                if number > MAX_ROWS:
                    raise TableError(too_many_rows())
                record = [cell_text(cell) for cell in cells]
                while record and not record[-1]:
                    record.pop()
                yield number, record
        except DAMAGED as error:
            raise TableError(_damaged()) from error

    def close(self) -> None:
        """Let go of the file."""
        self._book.close()


def cell_text(cell: Any) -> str:
    """Return the text of a workbook's cell: whole numbers without ".0", codes with the zeros their format shows."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return _ESCAPED.sub(lambda found: chr(int(found.group(1), 16)), value)
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, int):
        return _shown_with_zeros(value, cell.number_format)
    if isinstance(value, datetime.datetime) and value.time() == datetime.time():
        return value.date().isoformat()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    return str(value)


def _shown_with_zeros(value: int, number_format: str | None) -> str:
    """Return a code such as 060007, kept as a number whose format "000000" shows the zeros."""
    zeros = number_format or ""
    return str(value).zfill(len(zeros)) if zeros and set(zeros) == {"0"} else str(value)


def _refuse_bomb(file: BinaryIO) -> None:
    """Refuse a workbook that would fill the memory, by what its archive declares; more than that is never read."""
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            parts = archive.infolist()
    except UNREADABLE as error:
        raise TableError(_damaged()) from error
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    is_suspect = unpacked > RATIO_MATTERS_FROM_BYTES and unpacked / packed > MAX_UNPACKING_RATIO
    if unpacked > MAX_UNPACKED_BYTES or is_suspect:
        raise TableError(
            _(
                "El libro de Excel ocupa demasiado al abrirse (%(size)s MB). Dejá solo la hoja con los datos, o "
                "guardala como CSV, y volvé a subirla."
            )
            % {"size": unpacked // (1024 * 1024)}
        )


def _damaged() -> str:
    return _(
        "El libro de Excel está dañado o no es un .xlsx. Abrilo, guardalo de nuevo como «Libro de Excel (.xlsx)» y "
        "volvé a subirlo."
    )
