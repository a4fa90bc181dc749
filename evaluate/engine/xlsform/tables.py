"""Tables that a questionnaire reads (`pulldata`, `select_one_from_file`), kept in a sheet of the workbook.

Elsewhere they are files beside the workbook. Here all of them stand in one sheet: the first column names the table, the
others are those of all tables together, and a row fills those of its own.
"""

from collections.abc import Iterator, Mapping, Sequence

from evaluate.engine.definition import Row
from evaluate.engine.xlsform.workbook import TABLES_SHEET, Workbook

TABLE_COLUMN = "table"


def tables_in(book: Workbook) -> dict[str, tuple[Row, ...]]:
    """Return the tables of a workbook by name; a table has the columns that any of its rows fills."""
    sheet = book.own_sheets.get(TABLES_SHEET)
    found: dict[str, list[dict[str, str]]] = {}
    for row in sheet.rows.values() if sheet is not None else ():
        name = row.get(TABLE_COLUMN, "")
        if name:
            found.setdefault(name, []).append({key: cell for key, cell in row.items() if key != TABLE_COLUMN})
    return {name: tuple(_filled(rows)) for name, rows in found.items()}


def table_rows(tables: Mapping[str, Sequence[Row]]) -> Iterator[dict[str, str]]:
    """Yield the rows of the sheet that `tables_in` reads."""
    for name, rows in tables.items():
        for row in rows:
            cells = {key: cell for key, cell in row.items() if key != TABLE_COLUMN}
            yield {TABLE_COLUMN: name, **cells}


def _filled(rows: Sequence[dict[str, str]]) -> Iterator[Row]:
    columns = dict.fromkeys(column for row in rows for column in row)
    for row in rows:
        yield {column: row.get(column, "") for column in columns}
