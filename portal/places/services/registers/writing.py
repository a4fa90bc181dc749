"""Writing a register into the municipalities: one statement per kind of change, whatever the number of rows."""

from collections.abc import Iterator, Sequence
from typing import Any

from portal.core.bulk import Staging, column_types
from portal.places.models import Municipality
from portal.places.services.registers.cleaning import RegisterRow

MUNICIPALITY_COLUMNS = (
    "name", "normalised_name", "region_code", "region_name", "department", "category", "latitude", "longitude",
    "population", "population_year", "website",
)  # fmt: skip
STAGING_COLUMNS = {
    "row_number": "integer",
    "code": "text",
    "other_code": "text",
    **column_types(Municipality, *MUNICIPALITY_COLUMNS),
    "municipality_id": "bigint",
    "outcome": "text",
}

NUMBER_NEW = """
UPDATE {staging} SET outcome = 'created',
    municipality_id = nextval(pg_get_serial_sequence('places_municipality', 'id'))
WHERE municipality_id IS NULL
"""

INSERT_NEW = """
INSERT INTO places_municipality (
    id, country_id, name, normalised_name, region_code, region_name, department, category,
    latitude, longitude, population, population_year, website, created_at, updated_at
)
SELECT municipality_id, %(country)s, name, normalised_name, region_code, region_name, department, category,
    latitude, longitude, population, population_year, website, now(), now()
FROM {staging} WHERE outcome = 'created'
"""

# What the register leaves blank stays as it is known, and an older census never replaces a newer one.
UPDATE_KNOWN = """
WITH wanted AS (
    SELECT place.id, register.name, register.normalised_name,
        coalesce(nullif(register.region_code, ''), place.region_code) AS region_code,
        coalesce(nullif(register.region_name, ''), place.region_name) AS region_name,
        coalesce(nullif(register.department, ''), place.department) AS department,
        coalesce(nullif(register.category, ''), place.category) AS category,
        coalesce(register.latitude, place.latitude) AS latitude,
        coalesce(register.longitude, place.longitude) AS longitude,
        CASE WHEN is_news THEN register.population ELSE place.population END AS population,
        CASE WHEN is_news THEN register.population_year ELSE place.population_year END AS population_year,
        coalesce(nullif(register.website, ''), place.website) AS website
    FROM {staging} AS register
    JOIN places_municipality AS place ON place.id = register.municipality_id
    CROSS JOIN LATERAL (
        SELECT register.population IS NOT NULL
            AND coalesce(register.population_year, 0) >= coalesce(place.population_year, 0) AS is_news
    ) AS census
    WHERE register.outcome IN ('known', 'attached')
), changed AS (
    UPDATE places_municipality AS place SET
        name = wanted.name, normalised_name = wanted.normalised_name, region_code = wanted.region_code,
        region_name = wanted.region_name, department = wanted.department, category = wanted.category,
        latitude = wanted.latitude, longitude = wanted.longitude, population = wanted.population,
        population_year = wanted.population_year, website = wanted.website, updated_at = clock_timestamp()
    FROM wanted
    WHERE wanted.id = place.id
    AND (place.name, place.normalised_name, place.region_code, place.region_name, place.department, place.category,
         place.latitude, place.longitude, place.population, place.population_year, place.website)
        IS DISTINCT FROM
        (wanted.name, wanted.normalised_name, wanted.region_code, wanted.region_name, wanted.department,
         wanted.category, wanted.latitude, wanted.longitude, wanted.population, wanted.population_year, wanted.website)
    RETURNING place.id
)
UPDATE {staging} AS register SET outcome = 'updated'
FROM changed WHERE changed.id = register.municipality_id AND register.outcome = 'known'
"""

ADD_CODES = """
WITH added AS (
    INSERT INTO places_municipalitycode (municipality_id, source, code)
    SELECT municipality_id, %(source)s, code FROM {staging}
    UNION ALL
    SELECT municipality_id, %(source)s, other_code FROM {staging} WHERE other_code <> ''
    ON CONFLICT DO NOTHING
    RETURNING municipality_id
)
UPDATE {staging} AS register SET outcome = 'updated'
FROM added WHERE added.municipality_id = register.municipality_id AND register.outcome = 'known'
"""


def staging_rows(rows: Sequence[RegisterRow]) -> Iterator[tuple[Any, ...]]:
    """Yield rows as the staging table takes them."""
    for row in rows:
        values = (getattr(row, column) for column in MUNICIPALITY_COLUMNS)
        yield (row.number, row.code, row.other_code, *values, None, None)


def write_rows(staging: Staging, *, source: str, country: str) -> dict[str, int]:
    """Create and update the municipalities of rows that were matched, and note their codes.

    Returns:
        How many rows had each outcome: "created", "updated", "attached", "known" (as it was before).
    """
    params = {"source": source, "country": country}
    staging.execute(NUMBER_NEW)
    staging.execute(INSERT_NEW, params)
    staging.execute(UPDATE_KNOWN, params)
    staging.execute(ADD_CODES, params)
    return dict(staging.fetch("SELECT outcome, count(*) FROM {staging} GROUP BY outcome"))
