"""Who may take the directory away, with the reason that the page shows."""

from typing import Any

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from connect.audience import reader_circle
from connect.visibility import Circle
from portal.core.decision import ALLOWED, Decision, denied
from portal.facets.counts import Count

# What a member may take away at once: more than anybody writes to, and less than the whole network.
MOST_EXPORTED = 2_000


def can_export_directory(user: Any, total: Count) -> Decision:
    """Members of the network may take a list away that is short enough to be worked with; nobody takes them all."""
    if reader_circle(user) < Circle.MEMBER:
        return denied(
            _("Sólo quienes trabajan en un municipio de la red pueden llevarse una lista de personas.")
        )
    if total.is_least or total.number > MOST_EXPORTED:
        most = number_format(MOST_EXPORTED, force_grouping=True)
        return denied(
            _("Podés llevarte una lista de hasta %(most)s personas: elegí filtros hasta que queden menos.")
            % {"most": most}
        )
    return ALLOWED
