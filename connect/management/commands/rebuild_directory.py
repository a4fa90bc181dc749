"""Makes the directory and its counts anew, should they ever be doubted."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from connect.services.directory import directory_rebuild, directory_recount


class Command(BaseCommand):
    """`manage.py rebuild_directory`: readers wait for nothing, and what is true already is not written."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Make all rows anew, count them, and say how many had not been true."""
        changed = directory_rebuild()
        directory_recount()
        self.stdout.write(_("Fichas del directorio que se corrigieron: %(number)s.") % {"number": changed})
