"""Makes an installation ready to serve: database, translations, starter content."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`manage.py prepare`: brings database and contents to this version; safe and quick when they are."""

    help = "Deja lista la instalación: base de datos, traducciones y contenidos iniciales."

    def handle(self, *args: Any, **options: Any) -> None:
        """Migrate, compile translations and load what is missing."""
        self.stdout.write("Base de datos")
        call_command("migrate", interactive=False, verbosity=0)
        self.stdout.write("Traducciones")
        call_command("compile_translations")
        self.stdout.write("Contenidos iniciales")
        call_command("load_starter")
