"""Makes the municipalities' current results anew from the finished runs."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import ngettext

from evaluate.services.current_results import current_results_rebuild


class Command(BaseCommand):
    """Puts right what comparisons are made of, after a restore or a repair by hand."""

    help = "Rebuild the municipalities' current results from the finished scoring runs."

    def handle(self, *args: Any, **options: Any) -> None:
        """Rebuild them, and say how many there are."""
        count = current_results_rebuild()
        self.stdout.write(
            ngettext("%(count)d resultado vigente.", "%(count)d resultados vigentes.", count)
            % {"count": count}
        )
