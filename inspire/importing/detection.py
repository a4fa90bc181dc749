"""What kind of file somebody brought, and what its columns seem to hold."""

from collections.abc import Mapping
from itertools import islice
from typing import Any

from inspire.importing.columns import ALL_NAMES, recognised_columns
from inspire.importing.plain_text import shorten
from portal.core.tabular import Table, open_table
from portal.core.tabular.cell_text import clean_cell

_SAMPLES = 3
_SAMPLE_LENGTH = 80
_ROWS_SEARCHED = 200


def detect(file: Any, filename: str) -> dict[str, Any]:
    """Return how a file is to be read, and its columns with a few values of each.

    Raises:
        TableError: it is no table, or one that cannot be read; the message is for the person.
    """
    with open_table(file, filename=filename, expected=ALL_NAMES) as table:
        return {
            "kind": _kind(table),
            "encoding": table.encoding,
            "delimiter": table.delimiter,
            "sheet": table.sheet,
            "columns": _columns(table),
        }


def proposed_mapping(header: tuple[str, ...], remembered: Mapping[str, str]) -> dict[str, str]:
    """Return for each field the column that was chosen last time, else the one whose title speaks for it."""
    mapping = {field: name for field, name in remembered.items() if name in header}
    taken = set(mapping.values())
    # What somebody left unused last time stays unused, if there was a last time.
    if mapping:
        return mapping
    return mapping | {field: name for field, name in recognised_columns(header).items() if name not in taken}


def _kind(table: Table) -> str:
    if table.sheet:
        return "xlsx"
    return "csv" if table.delimiter else "geojson"


def _columns(table: Table) -> list[dict[str, Any]]:
    samples: list[list[str]] = [[] for _name in table.header]
    for _number, cells in islice(table.raw_rows(), _ROWS_SEARCHED):
        for found, cell in zip(samples, cells, strict=False):
            text = " ".join(clean_cell(cell).split()) if cell and len(found) < _SAMPLES else ""
            if text and (short := shorten(text, _SAMPLE_LENGTH)) not in found:
                found.append(short)
    return [
        {"name": name, "title": title or name, "samples": some}
        for name, title, some in zip(table.header, table.titles, samples, strict=True)
    ]
