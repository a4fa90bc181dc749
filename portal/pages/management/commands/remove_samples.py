"""Takes the sample accounts and their activity away."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.pages.services import samples_remove


class Command(BaseCommand):
    """`manage.py remove_samples`: leaves only what real people and the starter brought."""

    help = "Borra las cuentas y la actividad de muestra."

    def handle(self, *args: Any, **options: Any) -> None:
        """Remove, and say how many."""
        for label, count in samples_remove():
            self.stdout.write(f"{label}: {count}")
