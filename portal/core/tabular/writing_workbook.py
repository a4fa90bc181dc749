"""Excel workbooks of any length, written while they are sent.

openpyxl keeps a workbook in a file of its own until it is whole; here the XML goes into the ZIP as the rows come.
Source of the format: ECMA-376, part 1 (SpreadsheetML), and Excel's own limits.
"""

import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from portal.core.tabular.writing import PIECE_CHARACTERS, Cell
from portal.core.tabular.writing_cells import cell_xml, column_letters, escaped

MAX_SHEET_ROWS = 1_048_576
# Beyond two GiB a part of a ZIP needs an extension that Excel "repairs" with a warning.
MAX_SHEET_CHARACTERS = 1_000_000_000
# Level 1 is three times as quick as 6, and a tenth larger.
_COMPRESSION = 1
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_PACKAGE_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
# Formats by their numbers in `writing_cells`: plain, title, date, date with time.
_STYLES = (
    f'{_XML}<styleSheet xmlns="{_MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


def workbook_pieces(
    titles: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    *,
    sheet_name: str,
    rows_per_sheet: int = MAX_SHEET_ROWS,
    characters_per_sheet: int = MAX_SHEET_CHARACTERS,
) -> Iterator[bytes]:
    """Yield an .xlsx file piece by piece; what does not fit in a sheet goes on in the next, under the same titles.

    Args:
        titles: of the columns.
        rows: cells in the order of the titles, read as they are needed. Numbers and dates stay numbers and dates; texts
            are kept from running as formulas and are cut, with an ellipsis, at what a cell of Excel holds.
        sheet_name: of the first sheet; the others are numbered.
        rows_per_sheet, characters_per_sheet: what a sheet holds at most, the row of titles counted.
    """
    return sheets_pieces(
        [Sheet(sheet_name, titles, rows)],
        rows_per_sheet=rows_per_sheet,
        characters_per_sheet=characters_per_sheet,
    )


@dataclass(frozen=True)
class Sheet:
    """A table of a workbook: its name, of at most 31 characters and none of []:*?/\\, its titles and its rows."""

    name: str
    titles: Sequence[str]
    rows: Iterable[Sequence[Cell]]


def sheets_pieces(
    tables: Iterable[Sheet],
    *,
    rows_per_sheet: int = MAX_SHEET_ROWS,
    characters_per_sheet: int = MAX_SHEET_CHARACTERS,
) -> Iterator[bytes]:
    """Yield an .xlsx file of several tables piece by piece, each beginning on a sheet of its own.

    Args:
        tables: at least one; read one after the other as they are needed.
        rows_per_sheet, characters_per_sheet: what a sheet holds at most, the row of titles counted.
    """
    outlet = _Outlet()
    names: list[str] = []
    with zipfile.ZipFile(outlet, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION) as archive:
        for table in tables:
            sheets = _Sheets(table.titles, table.rows, rows_per_sheet, characters_per_sheet)
            for number in count(1):
                names.append(_sheet_name(table.name, number))
                with archive.open(f"xl/worksheets/sheet{len(names)}.xml", "w") as part:
                    for text in sheets.next_sheet():
                        part.write(text.encode())
                        yield from outlet.taken()
                if sheets.are_done:
                    break
        for name, content in _frame(names).items():
            archive.writestr(name, content)
    yield from outlet.taken()


class _Outlet:
    """Where the ZIP is written to: it holds what was not sent yet."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        """Take a piece."""
        self._pieces.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Do nothing: what is written is there at once."""

    def close(self) -> None:
        """Do nothing: whoever sends it decides when it ends."""

    def taken(self) -> Iterator[bytes]:
        """Hand out what was written since the last time."""
        if self._pieces:
            pieces, self._pieces = self._pieces, []
            yield b"".join(pieces)


class _Sheets:
    """The rows, dealt out to one sheet after the other."""

    def __init__(
        self, titles: Sequence[str], rows: Iterable[Sequence[Cell]], most_rows: int, most_characters: int
    ) -> None:
        self._titles = titles
        self._letters = [column_letters(place) for place in range(len(titles))]
        self._rows = iter(rows)
        self._most_rows, self._most_characters = most_rows, most_characters
        self._waiting: Sequence[Cell] | None = None
        self.are_done = False

    def next_sheet(self) -> Iterator[str]:
        """Yield the XML of the next sheet in pieces."""
        yield self._head()
        pieces: list[str] = []
        gathered = written = 0
        for number in range(2, self._most_rows + 1):
            row = self._next_row()
            if row is None:
                break
            text = self._row_xml(number, row)
            pieces.append(text)
            gathered += len(text)
            if gathered >= PIECE_CHARACTERS:
                yield "".join(pieces)
                written, gathered = written + gathered, 0
                pieces.clear()
                if written >= self._most_characters:
                    break
        # Looked for here, so that a sheet that ends with the last row is not followed by an empty one.
        self._waiting = self._next_row()
        self.are_done = self._waiting is None
        yield f"{''.join(pieces)}</sheetData></worksheet>"

    def _next_row(self) -> Sequence[Cell] | None:
        row, self._waiting = self._waiting, None
        return row if row is not None else next(self._rows, None)

    def _head(self) -> str:
        titles = "".join(
            cell_xml(f"{letters}1", title, is_title=True)
            for letters, title in zip(self._letters, self._titles, strict=True)
        )
        return (
            f'{_XML}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="{len(self._titles)}" width="18" '
            f'customWidth="1"/></cols><sheetData><row r="1">{titles}</row>'
        )

    def _row_xml(self, number: int, row: Sequence[Cell]) -> str:
        cells = "".join(
            cell_xml(f"{letters}{number}", cell)
            for letters, cell in zip(self._letters, row, strict=True)
            if cell is not None and cell != ""
        )
        # A height of its own keeps a row of long texts one line tall.
        return f'<row r="{number}" ht="15" customHeight="1">{cells}</row>'


def _frame(sheets: Sequence[str]) -> dict[str, str]:
    """Return the parts around the sheets, by name."""
    numbers = range(1, len(sheets) + 1)
    overrides = "".join(
        f'<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{_TYPE}.worksheet+xml"/>'
        for number in numbers
    )
    entries = "".join(
        f'<sheet name="{escaped(name)}" sheetId="{number}" r:id="rId{number}"/>'
        for number, name in enumerate(sheets, start=1)
    )
    links = "".join(_link(number, "worksheet", f"worksheets/sheet{number}.xml") for number in numbers)
    return {
        "xl/styles.xml": _STYLES,
        "xl/workbook.xml": f'{_XML}<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{entries}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": _links(links + _link(len(sheets) + 1, "styles", "styles.xml")),
        "_rels/.rels": _links(_link(1, "officeDocument", "xl/workbook.xml")),
        "[Content_Types].xml": (
            f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{_PACKAGE_TYPE}"/>'
            '<Default Extension="xml" ContentType="application/xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPE}.sheet.main+xml"/>'
            f'<Override PartName="/xl/styles.xml" ContentType="{_TYPE}.styles+xml"/>{overrides}</Types>'
        ),
    }


def _sheet_name(name: str, number: int) -> str:
    """Return a sheet's name, of at most 31 characters."""
    return name[:31] if number == 1 else f"{name[:27]} {number}"


def _link(number: int, kind: str, target: str) -> str:
    return f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'


def _links(links: str) -> str:
    return f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">{links}</Relationships>'
