"""A table of the network's view: the same rows on the page and in a file."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime

from portal.core.tabular.writing import Cell


class Kind(StrEnum):
    """What a column holds."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True)
class NetworkColumn:
    """A column, and how its cells are written on the page."""

    name: str
    kind: Kind = Kind.TEXT

    @property
    def is_number(self) -> bool:
        """Whether it is set to the right."""
        return self.kind in {Kind.NUMBER, Kind.PERCENT}

    def text(self, cell: Cell) -> str:
        """Write a cell for people; no data is a dash, not zero."""
        if cell is None or cell == "":
            return "—"
        if self.kind is Kind.PERCENT:
            return f"{cell} %"
        if self.kind is Kind.NUMBER:
            return number_format(cell, force_grouping=True)  # type: ignore[arg-type]
        if self.kind is Kind.DATE:
            return date_format(localtime(cell), "SHORT_DATE_FORMAT")  # type: ignore[arg-type]
        return str(cell)


@dataclass(frozen=True)
class NetworkRow:
    """A row, where its first cell leads, and whether somebody should look at it."""

    cells: Sequence[Cell]
    url: str = ""
    needs_attention: bool = False


@dataclass(frozen=True)
class NetworkTable:
    """Rows under a title; `key` names its file, `note` says how to read it."""

    key: str
    title: str
    columns: Sequence[NetworkColumn]
    rows: Sequence[NetworkRow]
    note: str = ""
    # What was left out on the page and stands in the file.
    more: int = field(default=0)

    @property
    def titles(self) -> list[str]:
        """The names of the columns."""
        return [column.name for column in self.columns]

    @property
    def shown(self) -> list[tuple[NetworkRow, list[tuple[NetworkColumn, str]]]]:
        """Each row with its cells as the page writes them."""
        return [
            (row, [(column, column.text(cell)) for column, cell in zip(self.columns, row.cells, strict=True)])
            for row in self.rows
        ]
