"""Towns by size: the bands in which people speak of them, from villages to cities of millions."""

from bisect import bisect_right

from django.utils.formats import number_format
from django.utils.translation import gettext as _

# Each begins a band; the first band is below all of them. The database knows the same ones (`inspire_facet_keys`).
BOUNDS = (2_000, 10_000, 50_000, 200_000, 1_000_000)
BANDS = range(len(BOUNDS) + 1)


def population_band(population: int) -> int:
    """Return the number of the band that a population falls into."""
    return bisect_right(BOUNDS, population)


def band_label(band: int) -> str:
    """Say which towns a band holds.

    Raises:
        IndexError: there is no such band.
    """
    if band == BANDS.start:
        return _("Menos de %(most)s habitantes") % {"most": _figure(BOUNDS[0])}
    if band == BANDS.stop - 1:
        return _("Más de %(least)s habitantes") % {"least": _figure(BOUNDS[-1])}
    limits = {"least": _figure(BOUNDS[band - 1]), "most": _figure(BOUNDS[band])}
    return _("De %(least)s a %(most)s habitantes") % limits


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True)
