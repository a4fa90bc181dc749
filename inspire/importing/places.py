"""From the names of countries and cities in other people's files to the portal's places."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from functools import lru_cache
from pathlib import Path

from inspire.importing.positions import distance_km
from portal.core.yaml_content import read_yaml
from portal.places.models import Country, Municipality, MunicipalityCode
from portal.places.names import normalise_name

CONTENT = Path(__file__).resolve().parents[1] / "content" / "city_names.yaml"
NEAR_KM = 50
# Among towns of one name, a file that says no more means the one that everybody knows.
_TIMES_LARGER = 10


class CountryFinder:
    """Finds countries by ISO code or by their name in Spanish, English or Portuguese."""

    def __init__(self) -> None:
        self._as_written: dict[str, Country | None] = {}
        self._found: dict[str, Country] = {}
        for country in Country.objects.all():
            for name in (country.code, country.name_es, country.name_en, country.name_pt):
                self._found.setdefault(normalise_name(name), country)

    def find(self, text: str) -> Country | None:
        """Return the country that a file means, None when there is no such."""
        if text not in self._as_written:
            self._as_written[text] = self._found.get(normalise_name(text))
        return self._as_written[text]


class CityFinder:
    """Finds the municipalities that a batch of rows is about, with two queries for the whole batch."""

    def __init__(self, wanted: Iterable[tuple[str, str]], numbers: Collection[int] = ()) -> None:
        """Look up pairs of country code and city as written, and municipalities by their number in the portal."""
        self._by_number = Municipality.objects.in_bulk(numbers) if numbers else {}
        by_country: dict[str, set[str]] = defaultdict(set)
        for country, city in wanted:
            by_country[country].update(_names(city))
        self._by_name = _by_name(by_country)
        self._by_other_name = _by_other_name(by_country)

    def numbered(
        self, country: str, number: int, position: tuple[float, float] | None = None
    ) -> Municipality | None:
        """Return the municipality of a number, unless it is in another country or far from the position.

        In a file of another portal the number is somebody else's.
        """
        town = self._by_number.get(number)
        if town is None or town.country_id != country:
            return None
        return _nearest([town], position) if position and town.latitude is not None else town

    def find(
        self, country: str, city: str, region: str = "", position: tuple[float, float] | None = None
    ) -> Municipality | None:
        """Return the municipality meant, or None when it is unknown or could be another one.

        Args:
            country: ISO code.
            city: the name as written, perhaps with a region after a comma.
            region: the name or code of its province or region, where the file has one.
            position: latitude and longitude; a town more than 50 km away from it is another one.
        """
        candidates = [
            candidate
            for name in _names(city)
            for candidate in (
                self._by_other_name.get((country, name), []) or self._by_name.get((country, name), [])
            )
        ]
        hint = normalise_name(region or city.partition(",")[2])
        if position:
            return _nearest(candidates, position)
        return _foremost([town for town in candidates if hint in _region_names(town)] or candidates)


@lru_cache(maxsize=20_000)
def _names(city: str) -> list[str]:
    """Return the name as written and, of "Tempe, AZ", what stands before the comma."""
    return list(dict.fromkeys(filter(None, map(normalise_name, (city, city.partition(",")[0])))))


def _region_names(town: Municipality) -> set[str]:
    return {normalise_name(town.region_code), normalise_name(town.region_name)} - {""}


def _nearest(towns: list[Municipality], position: tuple[float, float]) -> Municipality | None:
    measured = [
        (distance_km(*position, town.latitude, town.longitude), town.pk, town)
        for town in towns
        if town.latitude is not None and town.longitude is not None
    ]
    near = [found for found in measured if found[0] <= NEAR_KM]
    return min(near)[2] if near else None


def _foremost(towns: list[Municipality]) -> Municipality | None:
    ranked = sorted(towns, key=lambda town: town.population or 0, reverse=True)
    if len(ranked) < 2:
        return ranked[0] if ranked else None
    first, second = ranked[0].population or 0, ranked[1].population or 0
    return ranked[0] if first > _TIMES_LARGER * second else None


def _by_name(by_country: dict[str, set[str]]) -> dict[tuple[str, str], list[Municipality]]:
    names = {name for country_names in by_country.values() for name in country_names}
    found: dict[tuple[str, str], list[Municipality]] = defaultdict(list)
    for town in Municipality.objects.filter(country__in=by_country, normalised_name__in=names):
        found[town.country_id, town.normalised_name].append(town)
    return found


def _by_other_name(by_country: dict[str, set[str]]) -> dict[tuple[str, str], list[Municipality]]:
    codes = {
        (country, name): code
        for country, names in by_country.items()
        for name, code in _other_names().get(country, {}).items()
        if name in names
    }
    known = {
        code.code: code.municipality
        for code in MunicipalityCode.objects.filter(
            source="geonames", code__in=set(codes.values())
        ).select_related("municipality")
    }
    return {place: [known[code]] for place, code in codes.items() if code in known}


@lru_cache(maxsize=1)
def _other_names() -> dict[str, dict[str, str]]:
    content: dict[str, dict[str, str]] = read_yaml(CONTENT.read_text(encoding="utf-8"))
    return content
