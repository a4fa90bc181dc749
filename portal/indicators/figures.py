"""A figure: charts, the table that says the same in numbers, and what they measure, from where and of when."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.safestring import SafeString


@dataclass(frozen=True)
class Column:
    """A column of a figure's table; numbers are set to the right."""

    name: str
    is_number: bool = False


@dataclass(frozen=True)
class FigureTable:
    """What the charts show, in numbers; the first cell of each row names it."""

    caption: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[str]]

    @property
    def cells(self) -> list[list[tuple[Column, str]]]:
        """The rows with each cell's column."""
        return [list(zip(self.columns, row, strict=True)) for row in self.rows]


@dataclass(frozen=True)
class LegendItem:
    """What a tone in the charts stands for: `now`, `before`, or one of a page's own style sheet."""

    tone: str
    text: str


@dataclass(frozen=True)
class Figure:
    """What `components/figure.html` shows.

    `id` is unique on the page. `unit` says what the numbers are, `source` where they come from and of when. Without
    charts the table stands alone and open.
    """

    id: str
    title: str
    unit: str
    source: str
    table: FigureTable
    charts: Sequence[SafeString] = ()
    legend: Sequence[LegendItem] = field(default_factory=tuple)
    note: str = ""
    # Whether the table is open at once beside its charts.
    is_table_open: bool = False
    heading: str = "h2"
