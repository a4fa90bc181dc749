"""What a reader may choose in each facet of the library, with how many solutions each choice would leave."""

from django.utils.translation import gettext_lazy as _

from inspire.counts import POSITIONED
from inspire.filters import SolutionFilter
from portal.facets import choices as faceted
from portal.facets.choices import MOST_OFFERED, Choice, FacetChoices, facet_choices
from portal.facets.counts import Counted

__all__ = ["MOST_OFFERED", "Choice", "FacetChoices", "facet_choices", "flag_choices"]


def flag_choices(filters: SolutionFilter, counted: Counted) -> list[Choice]:
    """Return the boxes to tick that stand for themselves, and whether to see only what is on the map."""
    on_map = counted.by_facet[POSITIONED].count(POSITIONED)
    is_positioned = POSITIONED in filters.asked
    flags = [
        *faceted.flag_choices(filters, counted),
        Choice(POSITIONED, "true", _("Están en el mapa"), on_map, is_positioned),
    ]
    return [one for one in flags if one.count or one.is_chosen]
