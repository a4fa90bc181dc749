"""A point on the map that somebody typed, believed or doubted in words for the field."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from inspire.importing.positions import position_doubt
from portal.core.tabular.values import CellValueError, parse_coordinate
from portal.places.models import Country


def typed_position(
    latitude: str, longitude: str, country: Country | None
) -> tuple[float | None, float | None]:
    """Return the point, or twice None where nothing was typed.

    Args:
        country: where it should lie, if that is known.

    Raises:
        ValidationError: by field, what speaks against it and what to do.
    """
    lat, lon = _coordinate("latitude", latitude), _coordinate("longitude", longitude)
    if lat is None and lon is None:
        return None, None
    if lat is None or lon is None:
        missing = "latitude" if lat is None else "longitude"
        raise ValidationError({missing: _("Falta una de las dos: completala, o dejá las dos vacías.")})
    if doubt := _doubt(lat, lon, country):
        raise ValidationError({"latitude": doubt})
    return lat, lon


def _coordinate(name: str, text: str) -> float | None:
    try:
        return parse_coordinate(text)
    except CellValueError as error:
        hint = _("%(error)s Escribila en grados, por ejemplo -34,6037.")
        raise ValidationError({name: hint % {"error": error}}) from error


def _doubt(lat: float, lon: float, country: Country | None) -> str:
    """Say what speaks against a point, and what to do; "" when nothing does."""
    if country is None:
        is_on_earth = abs(lat) <= 90 and abs(lon) <= 180
        doubt = "" if is_on_earth else _("Las coordenadas están fuera del mapa.")
    else:
        doubt = position_doubt(lat, lon, country)
    return _("%(doubt)s Corregilas o dejalas vacías.") % {"doubt": doubt} if doubt else ""
