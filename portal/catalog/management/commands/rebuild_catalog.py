"""Makes the catalogue anew from its owners."""

from typing import Any

from django.core.management.base import BaseCommand

from portal.catalog.services import catalog_rebuild


class Command(BaseCommand):
    """`manage.py rebuild_catalog`: writes every entry again and takes out those whose owner is gone."""

    help = "Rehace el catálogo a partir de lo que cada aplicación tiene publicado."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild and say how many entries each kind has."""
        for kind, count in catalog_rebuild().items():
            self.stdout.write(f"{kind}: {count}")
