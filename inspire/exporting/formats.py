"""The files that the library can be taken away as."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from inspire.exporting.columns import TITLES, cells_of
from inspire.exporting.geojson import geojson_pieces
from inspire.models import Solution
from portal.core.tabular.writing import csv_pieces
from portal.core.tabular.writing_workbook import workbook_pieces


@dataclass(frozen=True)
class Format:
    """A kind of file.

    Args:
        ending: of its name, without the dot.
        content_type: as HTTP names it.
        pieces: makes the file of solutions, piece by piece.
        is_compressed: whether compressing it again would be in vain.
    """

    ending: str
    content_type: str
    pieces: Callable[[Iterable[Solution]], Iterator[bytes]]
    is_compressed: bool = False


def _csv(solutions: Iterable[Solution]) -> Iterator[bytes]:
    return csv_pieces(TITLES, map(cells_of, solutions))


def _workbook(solutions: Iterable[Solution]) -> Iterator[bytes]:
    return workbook_pieces(TITLES, map(cells_of, solutions), sheet_name=_("Soluciones"))


CSV = Format("csv", "text/csv; charset=utf-8", _csv)
XLSX = Format(
    "xlsx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    _workbook,
    is_compressed=True,
)
GEOJSON = Format("geojson", "application/geo+json", geojson_pieces)
