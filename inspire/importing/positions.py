"""Where a solution is on the map, when a file says so and can be believed."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _

from portal.core.tabular.values import CellValueError, parse_coordinate
from portal.places.models import Country

EARTH_RADIUS_KM = 6371.0
# Extents are drawn around a country's towns; its coast and its borders lie a little further out.
_MARGIN_DEGREES = 1.0


@dataclass(frozen=True)
class Position:
    """A point, or none and the reason why not."""

    latitude: float | None = None
    longitude: float | None = None
    doubt: str = ""
    field: str = "lat"


def read_position(latitude: str, longitude: str, country: Country) -> Position:
    """Read a pair of coordinates; a pair that cannot be right gives no position, because nobody knows the right one."""
    try:
        lat, lon = parse_coordinate(latitude), parse_coordinate(longitude)
    except CellValueError as error:
        return Position(doubt=_("%(error)s La fila quedó sin ubicación.") % {"error": error})
    if lat is None and lon is None:
        return Position()
    if lat is None or lon is None:
        field = "lat" if lat is None else "lon"
        return Position(
            doubt=_("Falta una de las dos coordenadas. La fila quedó sin ubicación."), field=field
        )
    doubt = _doubt(lat, lon, country)
    return Position(doubt=doubt) if doubt else Position(lat, lon)


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points in kilometres (haversine formula)."""
    height = sin(radians(other_lat - lat) / 2) ** 2
    width = sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(height + cos(radians(lat)) * cos(radians(other_lat)) * width))


def _doubt(lat: float, lon: float, country: Country) -> str:
    """Say what speaks against a pair of coordinates; "" when nothing does."""
    if lat == 0 and lon == 0:
        return _("Las coordenadas son 0 y 0, un punto en el mar. La fila quedó sin ubicación.")
    if _is_inside(lat, lon, country):
        return ""
    if _is_inside(lon, lat, country):
        return _(
            "La latitud y la longitud parecen invertidas. La fila quedó sin ubicación: corregilas y volvé a importar."
        )
    if not _is_on_earth(lat, lon):
        return _("Las coordenadas están fuera del mapa. La fila quedó sin ubicación.")
    return _("Las coordenadas quedan fuera de %(country)s. La fila quedó sin ubicación.") % {
        "country": country.name
    }


def _is_on_earth(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180


def _is_inside(lat: float, lon: float, country: Country) -> bool:
    """Say whether a point may lie in a country; of a country whose extent is unknown, any point on earth may."""
    if not _is_on_earth(lat, lon):
        return False
    if country.south is None or country.north is None or country.west is None or country.east is None:
        return True
    west, east = country.west - _MARGIN_DEGREES, country.east + _MARGIN_DEGREES
    # A country on both sides of the 180° meridian has its west east of its east.
    between = west <= lon <= east if country.west <= country.east else lon >= west or lon <= east
    return between and country.south - _MARGIN_DEGREES <= lat <= country.north + _MARGIN_DEGREES
