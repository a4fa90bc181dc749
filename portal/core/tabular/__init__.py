"""Tables that people bring from spreadsheets: read tolerantly, refuse row by row, hand back what was refused."""

from portal.core.tabular.error_workbook import error_workbook
from portal.core.tabular.headers import normalise_header
from portal.core.tabular.reading import open_table
from portal.core.tabular.table import Row, RowProblem, Table, TableError

__all__ = ["Row", "RowProblem", "Table", "TableError", "error_workbook", "normalise_header", "open_table"]
