"""Where a solution is on the map, when a file says so and can be believed."""

from dataclasses import dataclass
from math import asin, cos, radians, sin, sqrt

from django.utils.translation import gettext as _

from portal.core.tabular.values import CellValueError, parse_coordinate
from portal.places.models import Country

EARTH_RADIUS_KM = 6371.0


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
    doubt = position_doubt(lat, lon, country)
    if doubt:
        return Position(doubt=_("%(doubt)s La fila quedó sin ubicación.") % {"doubt": doubt})
    return Position(lat, lon)


def position_doubt(lat: float, lon: float, country: Country) -> str:
    """Say in a sentence what speaks against a pair of coordinates; "" when nothing does."""
    if lat == 0 and lon == 0:
        return _("Las coordenadas son 0 y 0, un punto en el mar.")
    if _is_inside(lat, lon, country):
        return ""
    if _is_inside(lon, lat, country):
        return _("La latitud y la longitud parecen invertidas.")
    if not _is_on_earth(lat, lon):
        return _("Las coordenadas están fuera del mapa.")
    return _("Las coordenadas quedan fuera de %(country)s.") % {"country": country.name}


def distance_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Return the great-circle distance of two points in kilometres (haversine formula)."""
    height = sin(radians(other_lat - lat) / 2) ** 2
    width = sin(radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(sqrt(height + cos(radians(lat)) * cos(radians(other_lat)) * width))


def _is_on_earth(lat: float, lon: float) -> bool:
    return -90 <= lat <= 90 and -180 <= lon <= 180


def _is_inside(lat: float, lon: float, country: Country) -> bool:
    return _is_on_earth(lat, lon) and country.may_hold(lat, lon)
