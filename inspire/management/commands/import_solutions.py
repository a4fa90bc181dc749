"""`manage.py import_solutions FILE`: solutions from a CSV file or an Excel workbook."""

from argparse import ArgumentParser
from collections import defaultdict
from pathlib import Path
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.text import slugify
from django.utils.translation import gettext as _

from inspire.importing.columns import ALL_NAMES
from inspire.importing.report import ImportReport
from inspire.services import solutions_import
from portal.core.tabular import RowProblem, Table, TableError, error_workbook, open_table

_ROWS_NAMED = 5


class Command(BaseCommand):
    """Lets whoever runs the portal bring a file of solutions into the library, and says what became of each row."""

    help = "Imports solutions from a CSV file or an Excel workbook. Doing it twice changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take the file and how to read it."""
        parser.add_argument("file", help="CSV or XLSX")
        parser.add_argument("--source", default="", help="collection of rows that do not name theirs")
        parser.add_argument("--language", default="es", help="language of rows that name none (es)")
        parser.add_argument(
            "--errors", metavar="OUT.xlsx", help="write the refused rows here, with the reasons"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would happen and change nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file and print the report."""
        started = monotonic()
        try:
            with open_table(options["file"], expected=ALL_NAMES) as table:
                report = solutions_import(
                    table=table,
                    source=slugify(options["source"]),
                    language=options["language"],
                    is_dry_run=options["dry_run"],
                )
                self._write_errors(table, report, options["errors"])
        except TableError as error:
            raise CommandError(str(error)) from error
        self._print(report, monotonic() - started)
        if options["dry_run"]:
            self.stdout.write(_("Fue una prueba: no se guardó nada."))

    def _write_errors(self, table: Table, report: ImportReport, path: str | None) -> None:
        if path and report.refused:
            Path(path).write_bytes(error_workbook(table, report.refused))
            self.stdout.write(_("Las filas rechazadas están en %(path)s.") % {"path": path})

    def _print(self, report: ImportReport, seconds: float) -> None:
        self.stdout.write(
            _(
                "%(read)s filas leídas: %(created)s nuevas, %(updated)s cambiadas, %(unchanged)s sin cambios, "
                "%(refused)s rechazadas (%(seconds).1f s)."
            )
            % {
                "read": report.read,
                "created": report.created,
                "updated": report.updated,
                "unchanged": report.unchanged,
                "refused": report.refused_rows,
                "seconds": seconds,
            }
        )
        self.stdout.write(
            _(
                "%(positioned)s con ubicación en el mapa; %(known)s en un municipio conocido; %(repaired)s celdas "
                "con acentos reparados."
            )
            % {
                "positioned": report.positioned,
                "known": report.in_known_municipality,
                "repaired": report.repaired,
            }
        )
        self._print_problems(_("Rechazadas"), report.refused)
        self._print_problems(_("Observaciones"), report.remarks)
        if report.unknown_topics:
            topics = ", ".join(f"{topic} ({count})" for topic, count in report.unknown_topics.most_common(20))
            self.stdout.write(_("Temas sin área de gestión: %(topics)s.") % {"topics": topics})

    def _print_problems(self, heading: str, problems: list[RowProblem]) -> None:
        by_reason: dict[tuple[str, str], list[int]] = defaultdict(list)
        for problem in problems:
            by_reason[problem.column, problem.reason].append(problem.row)
        if by_reason:
            self.stdout.write(f"{heading}:")
        for (column, reason), rows in by_reason.items():
            named = ", ".join(map(str, rows[:_ROWS_NAMED])) + (" …" if len(rows) > _ROWS_NAMED else "")
            self.stdout.write(
                _("  %(column)s: %(reason)s %(count)s filas (%(rows)s)")
                % {"column": column, "reason": reason, "count": len(rows), "rows": named}
            )
