"""Frees the space of uploads that came to nothing."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.files.orphans import orphans_remove


class Command(BaseCommand):
    """Deletes contents that no row names; safe at any time, meant for once a week."""

    help = "Deletes uploaded contents older than a day that belong to nothing, because saving was taken back."

    def handle(self, **options: Any) -> None:
        """Delete them and say how many there were."""
        self.stdout.write(f"Removed {orphans_remove()} contents that belonged to nothing.")
