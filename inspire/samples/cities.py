"""Where invented solutions are said to be: the places of the register, drawn as people live."""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext as _

from inspire.capitals import capital_towns
from portal.places.models import Municipality

# How much more often than elsewhere: the network is Argentina's, and its library Latin America's.
_NEARNESS = dict.fromkeys(
    (
        "UY",
        "PY",
        "CL",
        "BO",
        "PE",
        "EC",
        "CO",
        "VE",
        "MX",
        "CR",
        "PA",
        "GT",
        "HN",
        "SV",
        "NI",
        "DO",
        "CU",
        "ES",
    ),
    6.0,
) | {"AR": 30.0, "BR": 3.0}
# Half-way between one for each place and one for each person.
_POPULATION_POWER = 0.5


@dataclass(frozen=True, slots=True)
class City:
    """A place as far as an invented solution needs it."""

    pk: int
    name: str
    country: str
    latitude: float
    longitude: float
    population: int

    @property
    def weight(self) -> float:
        """How often it is drawn."""
        return float(_NEARNESS.get(self.country, 1.0) * self.population**_POPULATION_POWER)


class Cities:
    """Some municipalities of the register, the bigger and nearer ones more often than the others.

    Raises:
        ImproperlyConfigured: the register has no place that could be drawn.
    """

    def __init__(self, count: int, seed: int) -> None:
        draw = Random(seed)  # noqa: S311 nothing secret
        # The smallest of -log(u)/w: a draw by weight without putting back (Efraimidis and Spirakis, 2006).
        drawn = sorted(_all_cities(), key=lambda city: -math.log(1 - draw.random()) / city.weight)
        self.cities = drawn[:count]
        if not self.cities:
            raise ImproperlyConfigured(
                _("No hay municipios con población y ubicación: cargalos primero con `manage.py prepare`.")
            )
        self._weights = list(accumulate(city.weight for city in self.cities))
        self.capitals = capital_towns({city.country for city in self.cities})

    def draw(self, draw: Random) -> City:
        """Return one of them."""
        return draw.choices(self.cities, cum_weights=self._weights)[0]


def _all_cities() -> list[City]:
    known = Municipality.objects.filter(population__gt=0, latitude__isnull=False)
    rows: Iterable[Any] = known.order_by("country_id", "name", "region_code", "id").values_list(
        "id", "name", "country_id", "latitude", "longitude", "population"
    )
    return [City(*row) for row in rows]
