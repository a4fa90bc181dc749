"""The countries and places that a new portal begins with."""

from django.db import connection, transaction
from django.utils.translation import gettext as _

from portal.core.bulk import Staging, column_types, staged
from portal.core.visitor_cache import forget_visitor_pages
from portal.places.geonames import CityRow, CountryRow, city_rows, country_rows, geonames_version
from portal.places.models import Country, Municipality

# Raised when what this module makes of the same data changes.
REVISION = 1
SOURCE = "geonames"

UPSERT_COUNTRIES = """
INSERT INTO places_country (code, name_es, name_en, name_pt, continent, south, north, west, east)
SELECT code, name_es, name_en, name_pt, continent, south, north, west, east FROM {staging}
ON CONFLICT (code) DO UPDATE SET
    name_es = excluded.name_es, name_en = excluded.name_en, name_pt = excluded.name_pt,
    continent = excluded.continent, south = excluded.south, north = excluded.north,
    west = excluded.west, east = excluded.east
WHERE (places_country.*) IS DISTINCT FROM (excluded.*)
"""

# A place that an official register or a person has taken up is no longer GeoNames' to change.
UPDATE_CITIES = """
UPDATE places_municipality AS place SET
    country_id = fresh.country_id, name = fresh.name, normalised_name = fresh.normalised_name,
    region_code = fresh.region_code, region_name = fresh.region_name,
    latitude = fresh.latitude, longitude = fresh.longitude, population = fresh.population
FROM {staging} AS fresh
JOIN places_municipalitycode AS known ON known.source = %(source)s AND upper(known.code) = fresh.code
WHERE place.id = known.municipality_id
AND place.updated_at = place.created_at
AND NOT EXISTS (
    SELECT 1 FROM places_municipalitycode AS other
    WHERE other.municipality_id = place.id AND other.source <> %(source)s
)
AND (place.country_id, place.name, place.region_code, place.region_name, place.latitude, place.longitude,
     place.population)
    IS DISTINCT FROM (fresh.country_id, fresh.name, fresh.region_code, fresh.region_name, fresh.latitude,
     fresh.longitude, fresh.population)
"""

INSERT_CITIES = """
WITH fresh AS MATERIALIZED (
    SELECT nextval(pg_get_serial_sequence('places_municipality', 'id')) AS id, staging.*
    FROM {staging} AS staging
    WHERE NOT EXISTS (
        SELECT 1 FROM places_municipalitycode AS known
        WHERE known.source = %(source)s AND upper(known.code) = staging.code
    )
), inserted AS (
    INSERT INTO places_municipality (
        id, country_id, name, normalised_name, region_code, region_name, department, category,
        latitude, longitude, population, website, created_at, updated_at
    )
    SELECT id, country_id, name, normalised_name, region_code, region_name, '', '',
        latitude, longitude, population, '', now(), now()
    FROM fresh
)
INSERT INTO places_municipalitycode (municipality_id, source, code)
SELECT id, %(source)s, code FROM fresh
"""


def content_version() -> str:
    """Return what changes when the places that a new portal begins with do."""
    return f"{geonames_version()}-{REVISION}"


def load_places() -> str:
    """Load all countries, Argentina's places and the world's cities, or bring them up to date; twice is safe.

    Returns:
        A line that says what was done.
    """
    with transaction.atomic():
        with staged(
            column_types(Country, *CountryRow._fields), country_rows(), name="countries"
        ) as countries:
            countries.execute(UPSERT_COUNTRIES)
        columns = {"code": "text", **column_types(Municipality, *CityRow._fields[1:])}
        with staged(columns, city_rows(), name="cities") as cities:
            added, changed = _write_cities(cities)
    if added:
        _refresh_statistics()
    forget_visitor_pages()
    return _("%(countries)s países y %(cities)s lugares: %(added)s nuevos, %(changed)s actualizados.") % {
        "countries": countries.count,
        "cities": cities.count,
        "added": added,
        "changed": changed,
    }


def _write_cities(cities: Staging) -> tuple[int, int]:
    """Return how many places were added and how many changed."""
    changed = cities.execute(UPDATE_CITIES, {"source": SOURCE})
    return cities.execute(INSERT_CITIES, {"source": SOURCE}), changed


def _refresh_statistics() -> None:
    """Let the planner know of the rows at once: the first readers come before autovacuum does."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE places_municipality, places_municipalitycode")
