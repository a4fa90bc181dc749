"""Works out again when encounters begin, after the rules of countries' clocks were brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from share.services.events import event_times_refresh


class Command(BaseCommand):
    """`manage.py refresh_event_times`: every night does the same; after an update of `tzdata` nobody has to wait."""

    help = __doc__

    def handle(self, *args: Any, **options: Any) -> None:
        """Refresh them all, and say how many begin at another moment now."""
        moved = event_times_refresh()
        self.stdout.write(_("Encuentros que empiezan en otro momento: %(number)s.") % {"number": moved})
