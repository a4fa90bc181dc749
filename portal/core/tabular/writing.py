"""Tables of any length, written while they are sent: a million rows take no more memory than a thousand."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal

from portal.core.tabular.writing_formulas import without_formula

Cell = str | int | float | Decimal | bool | date | None
# What is sent at once: few system calls, little memory.
PIECE_CHARACTERS = 64 * 1024
_BYTE_ORDER_MARK = "\ufeff"  # Excel takes a CSV without it for the local encoding, and breaks its accents.


def csv_pieces(titles: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Yield a CSV file piece by piece: UTF-8 with its mark, commas, dates as ISO 8601, decimal points.

    Args:
        titles: of the columns; like all texts, kept from running as formulas.
        rows: cells in the order of the titles, read as they are needed.
    """
    buffer = io.StringIO(newline="")
    buffer.write(_BYTE_ORDER_MARK)
    writer = csv.writer(buffer)
    # A title may be a person's words as well: the question of a form.
    writer.writerow([_written(title) for title in titles])
    yield _taken(buffer)
    for row in rows:
        writer.writerow([_written(cell) for cell in row])
        if buffer.tell() >= PIECE_CHARACTERS:
            yield _taken(buffer)
    if buffer.tell():
        yield _taken(buffer)


def _written(cell: Cell) -> Cell:
    if isinstance(cell, str):
        return without_formula(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.isoformat(timespec="seconds")
    return cell


def _taken(buffer: io.StringIO) -> bytes:
    """Empty the buffer; what is half a character, which no encoding has, becomes a question mark."""
    piece = buffer.getvalue().encode(errors="replace")
    buffer.seek(0)
    buffer.truncate()
    return piece
