"""Bring a questionnaire into the portal from a workbook or a readable file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from evaluate.engine.problems import FormRejected
from evaluate.services.questionnaires import ImportOutcome, questionnaire_import


class Command(BaseCommand):
    """`import_questionnaire FILE`: reads an XLSForm workbook (.xlsx, .xls) or a .yaml file of ours."""

    help = _("Trae un cuestionario desde un libro XLSForm (.xlsx, .xls) o un archivo .yaml.")

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the file and what to make of it."""
        parser.add_argument("file", type=Path, help=_("El archivo del cuestionario."))
        parser.add_argument(
            "--publish", action="store_true", help=_("Publica la versión además de guardarla.")
        )
        parser.add_argument(
            "--replace-draft", action="store_true", help=_("Reemplaza el borrador abierto, si hay uno.")
        )
        parser.add_argument("--area", default="", help=_("Identificador del área de gestión."))
        parser.add_argument("--slug", default="", help=_("Identificador del cuestionario en su dirección."))

    def handle(self, *args: Any, **options: Any) -> None:
        """Import the file whole, or refuse it with every reason and change nothing."""
        file: Path = options["file"]
        try:
            data = file.read_bytes()
        except OSError as error:
            facts = {"file": file, "why": error.strerror}
            raise CommandError(_("No se pudo leer %(file)s: %(why)s") % facts) from error
        try:
            outcome = questionnaire_import(
                data=data,
                filename=file.name,
                slug=options["slug"],
                area=options["area"],
                publish=options["publish"],
                replaces_draft=options["replace_draft"],
            )
        except FormRejected as rejection:
            raise CommandError(_refusal(file, rejection)) from rejection
        self.stdout.write(_report(outcome))


def _refusal(file: Path, rejection: FormRejected) -> str:
    head = ngettext(
        "%(file)s no se importó. Hay %(count)s problema para corregir:",
        "%(file)s no se importó. Hay %(count)s problemas para corregir:",
        len(rejection.problems),
    ) % {"file": file.name, "count": len(rejection.problems)}
    return "\n".join([head, *(f"  - {problem}" for problem in rejection.problems)])


def _report(outcome: ImportOutcome) -> str:
    version = outcome.version
    facts = {
        "slug": version.questionnaire.slug,
        "number": version.number,
        "status": version.get_status_display(),
        "count": version.question_count,
    }
    if outcome.is_new:
        head = _("%(slug)s: versión %(number)s (%(status)s), con %(count)s preguntas.") % facts
    else:
        head = _("%(slug)s: sin cambios, sigue la versión %(number)s (%(status)s).") % facts
    return "\n".join(
        [head, *(_("  Aviso: %(warning)s") % {"warning": warning} for warning in outcome.warnings)]
    )
