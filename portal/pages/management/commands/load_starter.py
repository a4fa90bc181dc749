"""Loads what a new installation begins with."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.catalog.services import lexicon_rebuild
from portal.pages.services import samples_create, starter_load


class Command(BaseCommand):
    """`manage.py load_starter`: starter contents once per version, and samples where settings allow them."""

    help = (
        "Carga los contenidos iniciales que falten y, si la configuración lo permite, los datos de muestra."
    )

    def add_arguments(self, parser: Any) -> None:
        """Let an installation go without samples."""
        parser.add_argument("--no-samples", action="store_true", help="No crear datos de muestra.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, and say what was done."""
        is_new = False
        for label, done in starter_load():
            is_new = True
            self.stdout.write(f"  {label}: {done}")
        if settings.SAMPLES_ALLOWED and not options["no_samples"]:
            for label, done in samples_create():
                if done:
                    self.stdout.write(f"  {label}: {done}")
        if is_new:
            lexicon_rebuild()
