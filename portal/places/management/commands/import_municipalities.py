"""Takes an official register of municipalities in."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from portal.core.tabular import TableError
from portal.places.models import Country
from portal.places.services.registers import ImportReport, municipalities_import
from portal.places.services.registers.report import describe_report


class Command(BaseCommand):
    """`manage.py import_municipalities FILE`."""

    help = "Importa un registro oficial de municipios desde un CSV o un Excel (.xlsx)."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the file and how to read it."""
        parser.add_argument("file", help="CSV o .xlsx")
        parser.add_argument("--source", default="indec", help="quién da los códigos (indec)")
        parser.add_argument("--country", default="AR", help="código ISO del país (AR)")
        parser.add_argument("--sheet", help="hoja del libro, por nombre o por número")
        parser.add_argument("--errors", help="dónde guardar un .xlsx con las filas rechazadas")
        parser.add_argument("--dry-run", action="store_true", help="contar lo que haría, sin guardar nada")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import and say what was done."""
        report = self._import(options)
        for line in describe_report(report):
            self.stdout.write(line)
        if options["errors"] and report.error_workbook:
            Path(options["errors"]).write_bytes(report.error_workbook)
            self.stdout.write(_("Las filas rechazadas están en %(path)s.") % {"path": options["errors"]})

    def _import(self, options: dict[str, Any]) -> ImportReport:
        country = Country.objects.filter(code=options["country"].upper()).first()
        if country is None:
            raise CommandError(
                _("No hay un país «%(code)s». Cargá primero el contenido inicial, o revisá el código ISO.")
                % {"code": options["country"].upper()}
            )
        try:
            return municipalities_import(
                file=options["file"],
                country=country,
                source=options["source"],
                sheet=options["sheet"],
                is_rehearsal=options["dry_run"],
            )
        except TableError as error:
            raise CommandError(str(error)) from error
