"""Which municipality of the portal each row of a register is."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from portal.core.bulk import Staging
from portal.core.tabular import RowProblem

# Measured on Argentina's register against GeoNames: of 922 namesakes within one province, 918 lie within 25 km of
# each other (898 within 2 km), and the nearest that is another town lies at 35 km.
MAX_DISTANCE_KM = 25

# One look into the index for each row: a source that has just been loaded is not in the planner's statistics, and
# a join would be planned as if it had no codes.
BY_CODE = """
UPDATE {{staging}} AS register SET municipality_id = found.municipality_id, outcome = 'known'
FROM (
    SELECT open.row_number, known.municipality_id
    FROM {{staging}} AS open
    CROSS JOIN LATERAL (
        SELECT municipality_id FROM places_municipalitycode
        WHERE source = %(source)s AND upper(code) = open.{column} OFFSET 0
    ) AS known
    WHERE open.municipality_id IS NULL AND open.{column} <> '' OFFSET 0
) AS found
WHERE found.row_number = register.row_number
"""

# Two codes of one municipality in one file, or a code that is another country's.
CONTRADICTIONS = """
SELECT register.row_number, place.name, place.country_id <> %(country)s
FROM {staging} AS register JOIN places_municipality AS place ON place.id = register.municipality_id
WHERE place.country_id <> %(country)s OR register.municipality_id IN (
    SELECT municipality_id FROM {staging} WHERE municipality_id IS NOT NULL
    GROUP BY municipality_id HAVING count(*) > 1
)
"""

# Namesakes in the same province that this source has no code for, with the great-circle distance (haversine, on a
# sphere of 6371 km).
NAMESAKES = """
SELECT register.row_number, place.id, 2 * 6371 * asin(sqrt(
    power(sin(radians(place.latitude - register.latitude) / 2), 2)
    + cos(radians(register.latitude)) * cos(radians(place.latitude))
    * power(sin(radians(place.longitude - register.longitude) / 2), 2)
)) AS distance
FROM {staging} AS register
JOIN places_municipality AS place
    ON place.normalised_name = register.normalised_name
    AND place.country_id = %(country)s
    AND lower(place.region_name) = lower(register.region_name)
WHERE register.municipality_id IS NULL AND register.region_name <> ''
AND NOT EXISTS (
    SELECT 1 FROM places_municipalitycode AS known
    WHERE known.municipality_id = place.id AND known.source = %(source)s
)
"""

ATTACH = f"""
WITH near AS (
    SELECT row_number, id, count(*) OVER (PARTITION BY row_number) AS places,
        count(*) OVER (PARTITION BY id) AS rows
    FROM ({NAMESAKES}) AS namesakes WHERE distance <= %(max_distance)s
)
UPDATE {{staging}} AS register SET municipality_id = near.id, outcome = 'attached'
FROM near WHERE near.row_number = register.row_number AND near.places = 1 AND near.rows = 1
"""  # noqa: S608 - constants of this module


def match_rows(staging: Staging, *, source: str, country: str) -> tuple[list[RowProblem], list[RowProblem]]:
    """Find the municipality of each row: by its code, else by province, name and nearness together.

    The staging table's `municipality_id` and `outcome` ("known" or "attached") are filled in; rows that contradict
    what the portal knows are taken out of it.

    Returns:
        The rows refused, and remarks on rows that have a namesake to which they could not be attached safely.
    """
    params = {"source": source, "country": country, "max_distance": MAX_DISTANCE_KM}
    for column in ("code", "other_code"):
        staging.execute(BY_CODE.format(column=column), params)
    refused = [_contradiction(*row) for row in staging.fetch(CONTRADICTIONS, params)]
    if refused:
        numbers = [problem.row for problem in refused]
        staging.execute("DELETE FROM {staging} WHERE row_number = ANY(%(numbers)s)", {"numbers": numbers})
    staging.execute(ATTACH, params)
    return refused, list(_doubts(staging, params))


def _contradiction(row: int, name: str, is_abroad: bool) -> RowProblem:
    if is_abroad:
        reason = _("El código ya es de %(name)s, que está en otro país. Revisá el código o el país elegido.")
    else:
        reason = _("Hay más de una fila para %(name)s, con códigos distintos. Dejá una sola.")
    return RowProblem(row, "", reason % {"name": name})


def _doubts(staging: Staging, params: dict[str, Any]) -> Iterator[RowProblem]:
    """Tell of new municipalities that have a namesake in their province."""
    statement = f"SELECT row_number, min(distance), count(*) FROM ({NAMESAKES}) AS found GROUP BY row_number"  # noqa: S608
    for row, distance, count in staging.fetch(statement, params):
        if distance is None:
            reason = _(
                "Hay un lugar del mismo nombre en la provincia, pero sin ubicación para comparar: se creó aparte."
            )
        elif distance > MAX_DISTANCE_KM:
            reason = _(
                "Hay un lugar del mismo nombre en la provincia, pero a %(distance)s km: se creó aparte."
            )
        else:
            reason = _("Hay %(count)s lugares del mismo nombre cerca y no se sabe cuál es: se creó aparte.")
        yield RowProblem(row, "", reason % {"distance": round(distance or 0), "count": count})
