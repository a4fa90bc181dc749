"""Opening a file that somebody says is a table."""

import itertools
import zipfile
from collections.abc import Callable, Collection, Iterator
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO, cast

from django.utils.translation import gettext as _

from portal.core.archives import UNREADABLE
from portal.core.tabular.cell_text import clean_cell
from portal.core.tabular.delimited import detect_delimiter, read_delimited
from portal.core.tabular.geojson import begins_like_json, geojson_table
from portal.core.tabular.headers import ROWS_SEARCHED, column_names, find_header, normalise_header
from portal.core.tabular.limits import MAX_COLUMNS, MAX_FILE_BYTES
from portal.core.tabular.table import Record, Table, TableError
from portal.core.tabular.text_encoding import detect_encoding
from portal.core.tabular.workbooks import Workbook

ZIP = b"PK\x03\x04"
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
NOT_TABLES = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"\x1f\x8b", b"7z\xbc\xaf")
WEB_PAGE_BEGINNINGS = ("<!doctype html", "<html", "<table", "<?xml")


def open_table(
    source: str | Path | BinaryIO,
    filename: str | None = None,
    sheet: str | int | None = None,
    expected: Collection[str] = (),
) -> Table:
    """Open a CSV, XLSX or GeoJSON file, told apart by what is in it, for an import to read.

    Encoding, delimiter, sheet and the row of titles are detected; the result says what was found.

    Args:
        source: a path, or a binary file that can be sought in (an upload); it must stay open while rows are read.
        filename: how the person calls the file, for messages; by default the source's own name.
        sheet: the name of a workbook's sheet, or its place from 1; by default the one most like a table.
        expected: titles of columns the import knows; they help to find the sheet and the row of titles.

    Returns:
        A `Table`; use it in a `with` statement, or close it.

    Raises:
        TableError: it is no table, is too large, is damaged, or is empty. The message is for the person.
    """
    name = filename or Path(str(getattr(source, "name", source))).name
    is_path = isinstance(source, str | Path)
    file = _opened(Path(source)) if isinstance(source, str | Path) else cast(BinaryIO, source)
    try:
        _check_size(file)
        names = frozenset(map(normalise_header, expected))
        table = _table_of(file, sheet, names)
    except BaseException:
        if is_path:
            file.close()
        raise
    table.filename = name
    if is_path:
        table.release = _both(table.release, file.close)
    return table


def _table_of(file: BinaryIO, sheet: str | int | None, names: Collection[str]) -> Table:
    if _is_workbook(file):
        return _workbook_table(file, sheet, names)
    file.seek(0)
    if begins_like_json(file.read(4096)):
        return geojson_table(file)
    return _text_table(file, names)


def _opened(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError as error:
        raise TableError(
            _("No existe el archivo «%(path)s». Revisá el nombre y la carpeta.") % {"path": path}
        ) from error
    except OSError as error:
        raise TableError(
            _("No se puede abrir «%(path)s»: es una carpeta o faltan permisos de lectura.") % {"path": path}
        ) from error


def _check_size(file: BinaryIO) -> None:
    size = file.seek(0, 2)
    if size == 0:
        raise TableError(_("El archivo está vacío. Elegí el que tiene los datos."))
    if size > MAX_FILE_BYTES:
        raise TableError(
            _("El archivo pesa %(size)s MB y el máximo es 200 MB. Dividilo en partes y subilas de a una.")
            % {"size": size // (1024 * 1024)}
        )


def _is_workbook(file: BinaryIO) -> bool:
    """Tell a workbook from text by its first bytes.

    Raises:
        TableError: it is something else that people upload by mistake.
    """
    file.seek(0)
    head = file.read(512)
    if head.startswith(OLD_OFFICE):
        raise TableError(
            _(
                "Es un Excel de formato antiguo (.xls) o con contraseña. Abrilo, guardalo como «Libro de Excel "
                "(.xlsx)» sin contraseña y volvé a subirlo."
            )
        )
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:20].decode("latin-1").casefold()
    if head.startswith(NOT_TABLES) or start.startswith(WEB_PAGE_BEGINNINGS):
        raise TableError(
            _(
                "El archivo no es una tabla: parece un documento, una imagen o una página web, aunque su nombre diga "
                "otra cosa. Subí un CSV o un libro de Excel (.xlsx)."
            )
        )
    if not head.startswith(ZIP):
        return False
    return _holds_workbook(file)


def _holds_workbook(file: BinaryIO) -> bool:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as archive:
            if any(part.startswith("xl/") for part in archive.namelist()):
                return True
    except UNREADABLE:
        return True
    raise TableError(
        _(
            "El archivo está comprimido o es una planilla de otro programa (por ejemplo .ods). Guardala como «Libro de "
            "Excel (.xlsx)» o como CSV y volvé a subirla."
        )
    )


def _text_table(file: BinaryIO, expected: Collection[str]) -> Table:
    encoding = detect_encoding(file)
    delimiter = detect_delimiter(file, encoding)
    table = _table(partial(read_delimited, file, encoding, delimiter), expected)
    table.encoding, table.delimiter = encoding.name.removesuffix("-sig"), delimiter
    return table


def _workbook_table(file: BinaryIO, sheet: str | int | None, expected: Collection[str]) -> Table:
    book = Workbook(file)
    try:
        name = book.choose_sheet(sheet, expected)
        table = _table(partial(book.records, name), expected)
    except BaseException:
        book.close()
        raise
    table.sheet, table.release = name, book.close
    return table


def _table(records: Callable[[], Iterator[Record]], expected: Collection[str]) -> Table:
    """Make a table of rows whose titles are to be found among the first of them."""
    reading = records()
    head = list(itertools.islice(reading, ROWS_SEARCHED))
    cast(Any, reading).close()
    place = find_header(head, expected)
    if place is None:
        raise TableError(_("La tabla está vacía: no hay títulos de columnas ni filas."))
    number, record = head[place]
    if len(record) > MAX_COLUMNS:
        raise TableError(_("La tabla tiene más de 1.000 columnas. Dejá solo las que hacen falta."))
    # Data may stand to the right of the last title; it is kept under a name of its own.
    width = max(len(cells) for _number, cells in head[place:])
    titles = [clean_cell(cell) for cell in record] + [""] * (min(width, MAX_COLUMNS) - len(record))
    preamble = tuple(filter(None, (clean_cell(cell) for _number, cells in head[:place] for cell in cells)))
    return Table(
        titles=tuple(titles),
        header=column_names(titles),
        header_row=number,
        records=records,
        preamble=preamble,
    )


def _both(first: Callable[[], None], second: Callable[[], None]) -> Callable[[], None]:
    def release() -> None:
        first()
        second()

    return release
