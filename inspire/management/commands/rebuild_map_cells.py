"""Counts the cells of the map anew, should they ever be doubted."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from inspire.map_everything import Everything
from inspire.services import map_cells_rebuild


class Command(BaseCommand):
    """`manage.py rebuild_map_cells`: writers wait meanwhile, readers do not."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Count, and say how many solutions stand on the map."""
        map_cells_rebuild()
        self.stdout.write(_("En el mapa: %(number)s soluciones.") % {"number": Everything().total().number})
