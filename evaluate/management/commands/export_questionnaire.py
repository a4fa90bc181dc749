"""Write a questionnaire as an XLSForm workbook."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from evaluate.engine.xlsform import write_workbook
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.services.definitions import definition_of


class Command(BaseCommand):
    """`export_questionnaire SLUG`: the version in force, or another one, as an .xlsx file to import again."""

    help = _("Escribe un cuestionario como libro XLSForm (.xlsx), que se puede editar y volver a importar.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare which questionnaire, which of its versions, and where to."""
        parser.add_argument("slug", help=_("Identificador del cuestionario en su dirección."))
        parser.add_argument(
            "--version-number",
            type=int,
            help=_("Número de versión; sin esto, la que está publicada o, si no hay, la última."),
        )
        parser.add_argument(
            "--output",
            type=Path,
            help=_("Archivo de destino; sin esto, IDENTIFICADOR-vNÚMERO.xlsx acá mismo."),
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the workbook; an existing file is replaced."""
        version = _version(options["slug"], options["version_number"])
        output: Path = options["output"] or Path(f"{options['slug']}-v{version.number}.xlsx")
        try:
            output.write_bytes(write_workbook(definition_of(version)))
        except OSError as error:
            facts = {"file": str(output), "why": error.strerror}
            raise CommandError(_("No se pudo escribir %(file)s: %(why)s") % facts) from error
        facts = {"slug": options["slug"], "number": str(version.number), "file": str(output)}
        self.stdout.write(_("%(slug)s, versión %(number)s: está en %(file)s.") % facts)


def _version(slug: str, number: int | None) -> QuestionnaireVersion:
    questionnaire = Questionnaire.objects.filter(slug=slug).first()
    if questionnaire is None:
        known = ", ".join(Questionnaire.objects.order_by("slug").values_list("slug", flat=True))
        message = _("No hay un cuestionario «%(slug)s». Los que hay: %(known)s.")
        raise CommandError(message % {"slug": slug, "known": known})
    versions = questionnaire.versions.order_by("-number")
    if number is None:
        found = versions.published().first() or versions.first()
    else:
        found = versions.filter(number=number).first()
    if found is None:
        known = ", ".join(str(each.number) for each in versions)
        message = _("«%(slug)s» no tiene esa versión. Las que tiene: %(known)s.")
        raise CommandError(message % {"slug": slug, "known": known or "—"})
    return found
