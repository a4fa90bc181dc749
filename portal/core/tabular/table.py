"""What an import sees of a spreadsheet: named columns, and rows under the numbers that people see."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

from portal.core.tabular.cell_text import clean_cell
from portal.core.tabular.headers import normalise_header

# Row number as the spreadsheet shows it, and the cells as text.
Record = tuple[int, Sequence[str]]


class TableError(Exception):
    """The file cannot be read as a table; the message says why, and what to do, to the person who brought it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row of data.

    Args:
        number: the row's number in the spreadsheet, title rows and blank rows counted.
        cells: cleaned text under each normalised column name; "" where the cell is empty.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row was refused.

    Args:
        row: its number in the spreadsheet.
        column: the normalised name of the column at fault; "" when it is the row as a whole.
        reason: one sentence in plain words that says what to correct.
    """

    row: int
    column: str
    reason: str


@dataclass
class Table:
    """A table found in a file. Reading can be repeated, but not twice at the same time.

    Args:
        titles: the column titles as written.
        header: their normalised names, all different.
        header_row: the number of the row that holds the titles; 0 when they stand above the table's file.
        records: begins the raw reading anew.
        filename: how the person calls the file.
        sheet: the sheet of a workbook; "" for delimited text.
        encoding, delimiter: what was detected in delimited text; "" for workbooks.
        preamble: the texts that stand above the titles, such as the name of a census table and its year.
        repairs: how many cells were repaired while reading, by kind ("mojibake", "no_break_spaces",
            "control_characters", "encoding"); complete once all rows were read.
    """

    titles: tuple[str, ...]
    header: tuple[str, ...]
    header_row: int
    records: Callable[[], Iterator[Record]]
    filename: str = ""
    sheet: str = ""
    encoding: str = ""
    delimiter: str = ""
    preamble: tuple[str, ...] = ()
    repairs: Counter[str] = field(default_factory=Counter)
    release: Callable[[], None] = lambda: None

    def rows(self) -> Iterator[Row]:
        """Yield every row under the titles that is not blank.

        Raises:
            TableError: the file breaks a limit or turns out to be damaged on the way.
        """
        self.repairs.clear()
        width = len(self.header)
        for number, record in self.raw_rows():
            cells = [clean_cell(cell, self.repairs) for cell in record[:width]]
            if any(cells):
                cells.extend([""] * (width - len(cells)))
                yield Row(number, dict(zip(self.header, cells, strict=True)))

    def raw_rows(self) -> Iterator[Record]:
        """Yield what stands under the titles as it is in the file, blank rows included."""
        for number, record in self.records():
            if number > self.header_row:
                yield number, record

    def find(self, names: Iterable[str]) -> str | None:
        """Return the first of these column names that the table has, whatever its capitals and accents."""
        return next((name for name in map(normalise_header, names) if name in self.header), None)

    def title_of(self, column: str) -> str:
        """Return the title that the person wrote over a column; the name itself when there is none."""
        return self.titles[self.header.index(column)] if column in self.header else column

    def close(self) -> None:
        """Let go of the file."""
        self.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
