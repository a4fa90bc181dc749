"""The tables of a result as files."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from evaluate.reporting.tables import ResultTables
from portal.core.tabular.writing import csv_pieces
from portal.core.tabular.writing_workbook import Sheet, sheets_pieces


def result_csv(tables: ResultTables) -> Iterator[bytes]:
    """Yield a CSV with a row for each criterion."""
    return csv_pieces(tables.criterion_titles(), tables.criterion_rows())


def result_workbook(tables: ResultTables) -> Iterator[bytes]:
    """Yield a workbook: the summary, the criteria, the answers, and how the score comes about."""
    return sheets_pieces(
        [
            Sheet(_("Resumen"), tables.summary_titles(), tables.summary_rows()),
            Sheet(_("Criterios"), tables.criterion_titles(), tables.criterion_rows()),
            Sheet(_("Respuestas"), tables.answer_titles(), tables.answer_rows()),
            Sheet(_("Explicación"), tables.work_titles(), tables.work_rows()),
        ]
    )
