"""Comma-separated text and its relatives."""

import csv
import io
import itertools
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from django.utils.translation import gettext as _

from portal.core.tabular.limits import MAX_ROWS
from portal.core.tabular.table import Record, TableError
from portal.core.tabular.text_encoding import TextEncoding

DELIMITERS = (",", ";", "\t", "|")
RECORDS_SAMPLED = 200
CHARACTERS_SAMPLED = 256 * 1024


def detect_delimiter(file: BinaryIO, encoding: TextEncoding) -> str:
    """Tell which character parts the columns: the one that parts most rows into the same number of them."""
    with _Text(file, encoding) as text:
        sample = text.read(CHARACTERS_SAMPLED)
    declared = sample.splitlines()[0].strip('"') if sample else ""
    if declared.casefold().startswith("sep=") and len(declared) == 5:
        return declared[-1]
    return max(DELIMITERS, key=lambda delimiter: _agreement(sample, delimiter))


def _agreement(sample: str, delimiter: str) -> tuple[float, int]:
    """Return the share of rows that have the usual number of columns, and that number."""
    reader = csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        widths = [len(record) for record in itertools.islice(reader, RECORDS_SAMPLED) if any(record)]
    except csv.Error:
        return 0.0, 0
    # What the sample cuts through is not a whole row.
    widths = widths[:-1] if len(widths) > 2 and len(sample) == CHARACTERS_SAMPLED else widths
    parted = Counter(width for width in widths if width > 1)
    if not parted:
        return 0.0, 0
    width, rows = max(parted.items(), key=lambda item: (item[1], item[0]))
    return rows / len(widths), width


def read_delimited(file: BinaryIO, encoding: TextEncoding, delimiter: str) -> Iterator[Record]:
    """Yield the rows of a delimited text under the numbers that a spreadsheet program shows.

    Raises:
        TableError: a quotation mark is never closed, or there are more than `MAX_ROWS` rows.
    """
    number = 0
    with _Text(file, encoding) as text:
        reader = csv.reader(text, delimiter=delimiter, skipinitialspace=True)
        try:
            for number, record in enumerate(reader, start=1):
                if number > MAX_ROWS:
                    raise TableError(too_many_rows())
                yield number, record
        except csv.Error as error:
            raise TableError(
                _(
                    "La fila %(row)s no se puede leer: hay unas comillas que se abren y no se cierran, o una celda "
                    "de más de 130.000 caracteres. Corregila y volvé a subir el archivo."
                )
                % {"row": number + 1}
            ) from error


def too_many_rows() -> str:
    """Say that a table is longer than the portal reads at once."""
    return _("El archivo tiene más de un millón de filas. Dividilo en partes y subilas de a una.")


class _Text:
    """The text of a binary file from its beginning, which stays open when the reading ends."""

    def __init__(self, file: BinaryIO, encoding: TextEncoding) -> None:
        file.seek(0)
        self.wrapper = io.TextIOWrapper(file, encoding=encoding.name, errors=encoding.errors, newline="")

    def __enter__(self) -> io.TextIOWrapper:
        return self.wrapper

    def __exit__(self, *error: object) -> None:
        if not self.wrapper.closed:
            self.wrapper.detach()
