"""Writes anew what calendars read of every encounter: after the site's address changed, or should it be doubted."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from share.services.calendars import calendar_texts_rebuild


class Command(BaseCommand):
    """`manage.py rebuild_calendars`: readers wait for nothing, and what is true already is not written."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Make all texts, and say how many had not been true."""
        changed = calendar_texts_rebuild()
        self.stdout.write(
            _("Encuentros que se corrigieron en los calendarios: %(number)s.") % {"number": changed}
        )
