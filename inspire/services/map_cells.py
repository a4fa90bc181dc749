"""Keeping the counts of the map's cells small, and making them anew."""

from django.db import connection, transaction

_IS_ALONE = "SELECT pg_try_advisory_xact_lock(hashtext('inspire.map_cells_add_up'))"
_ADD_UP = """
    WITH changed AS (
        SELECT DISTINCT level, cell FROM inspire_mapcell WHERE NOT is_sum
    ), addends AS (
        DELETE FROM inspire_mapcell AS addend USING changed
        WHERE addend.level = changed.level AND addend.cell = changed.cell
        RETURNING addend.level, addend.cell, count, country_wide, latitude_sum, longitude_sum
    )
    INSERT INTO inspire_mapcell (level, cell, count, country_wide, latitude_sum, longitude_sum, is_sum)
    SELECT level, cell, sum(count), sum(country_wide), sum(latitude_sum), sum(longitude_sum), true
    FROM addends GROUP BY level, cell HAVING sum(count) <> 0 ORDER BY level, cell
"""


@transaction.atomic
def map_cells_add_up() -> int:
    """Replace the addends of each cell that changed by their sum; returns how many cells that were.

    Whoever reads meanwhile sees the addends or their sum, never both. Nobody waits: what is written meanwhile is added
    up next time, and so is everything when somebody else is adding up.
    """
    with connection.cursor() as cursor:
        cursor.execute(_IS_ALONE)
        if not cursor.fetchone()[0]:
            return 0
        cursor.execute(_ADD_UP)
        return int(cursor.rowcount)


@transaction.atomic
def map_cells_rebuild() -> None:
    """Count all cells anew from the solutions; writers wait meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT inspire_rebuild_map_cells()")
