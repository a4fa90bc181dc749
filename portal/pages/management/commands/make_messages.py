"""Brings the translation files up to date with the code."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.pages.translations import update_catalogs


class Command(BaseCommand):
    """`manage.py make_messages`: new texts appear in locale/*.po, waiting for their translation."""

    help = "Actualiza los archivos de traducción y dice cuántos textos faltan en cada idioma."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Extract, merge and count."""
        for language, missing in update_catalogs().items():
            self.stdout.write(f"{language}: faltan {missing}")
