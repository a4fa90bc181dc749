"""Compiles the translations."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.pages.translations import compile_catalogs


class Command(BaseCommand):
    """`manage.py compile_translations`: makes the texts in English and Portuguese usable."""

    help = "Compila las traducciones que hayan cambiado."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Compile what is out of date."""
        compile_catalogs()
