"""The map of what a filter leaves, grouped row by row in one statement."""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Max, Min, Q

from inspire.counts import Count, count
from inspire.map_box import Box
from inspire.map_everything import multirange
from inspire.map_grid import FINEST, Cell, Window, at_level
from inspire.map_groups import MOST_MEMBERS, Found, Group
from inspire.map_viewport import Viewport
from inspire.querysets import SolutionQuerySet

# Few enough for an index to be asked for each, and for every row to be compared with all of them.
_MOST_RANGES = 6
_COLUMNS = ("pk", "map_cell", "latitude", "longitude", "position_precision", "published_at")
_FOUND = """
    WITH found (id, map_cell, latitude, longitude, position_precision, published_at) AS MATERIALIZED (
        {found}
    ), groups AS (
        SELECT map_cell >> %s AS parent, count(*) AS count,
            count(*) FILTER (WHERE position_precision = 'country') AS country_wide,
            avg(latitude) AS latitude, avg(longitude) AS longitude,
            min(longitude) AS west, min(latitude) AS south, max(longitude) AS east, max(latitude) AS north,
            min(map_cell) AS lowest, max(map_cell) AS highest
        FROM found WHERE map_cell <@ %s::int8multirange GROUP BY parent
    ), members AS (
        SELECT parent, (array_agg(id ORDER BY published_at DESC, id DESC))[1:%s] AS ids
        FROM found JOIN groups ON parent = map_cell >> %s
        WHERE count <= %s OR lowest = highest GROUP BY parent
    ), in_view AS (
        SELECT id, published_at FROM found WHERE map_cell <@ %s::int8multirange
    )
    SELECT parent, count, country_wide, latitude, longitude, west, south, east, north,
        CASE WHEN lowest = highest THEN lowest END, ids
    FROM groups LEFT JOIN members USING (parent)
    UNION ALL
    SELECT NULL, (SELECT count(*) FROM in_view), NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
        ARRAY(SELECT id FROM in_view ORDER BY published_at DESC, id DESC LIMIT %s)
    ORDER BY 1 NULLS FIRST
"""


class Filtered:
    """Those of a set that have a position."""

    def __init__(self, found: SolutionQuerySet) -> None:
        self.positioned = found.on_map().order_by()

    def total(self) -> Count:
        """How many there are, as far as anything is counted."""
        return count(self.positioned)

    def extent(self) -> Box | None:
        """Return the smallest box that holds every position; None when there is none."""
        edges = self.positioned.aggregate(
            west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
        )
        return Box(**edges) if edges["west"] is not None else None

    def find(self, viewport: Viewport, most_newest: int) -> Found:
        """Look the set through once for all that a viewport shows."""
        in_view = viewport.in_view
        seen = at_level(viewport.window.ranges(), viewport.level, FINEST)
        bits = 2 * (FINEST - viewport.level)
        parameters: list[Any] = [
            *(bits, multirange(seen), MOST_MEMBERS, bits, MOST_MEMBERS),
            *(multirange(at_level(in_view.ranges(), in_view.level, FINEST)), most_newest),
        ]
        try:
            found, known = self.rows_of(viewport.window).query.sql_with_params()
        except EmptyResultSet:
            return Found([], 0, [])
        with connection.cursor() as cursor:
            cursor.execute(_FOUND.format(found=found), list(known) + parameters)
            summary, *rows = cursor.fetchall()
        groups = [_group(row, viewport.level) for row in rows]
        return Found(sorted(groups, key=_largest_first), summary[1], summary[-1])

    def list_members(self, groups: list[Group], most: int) -> None:
        """Give groups their newest members: they have them."""

    def rows_of(self, window: Window) -> Any:
        """Return the rows of a window, and perhaps of its neighbourhood, as an index can find them."""
        positioned = self.positioned
        if not window.is_world:
            inside = Q()
            for first, end in at_level(window.ranges(_MOST_RANGES), window.level, FINEST):
                inside |= Q(map_cell__gte=first, map_cell__lt=end)
            positioned = positioned.filter(inside)
        return positioned.values_list(*_COLUMNS)


def _group(row: tuple, level: int) -> Group:
    number, count, country_wide, latitude, longitude, west, south, east, north, point, ids = row
    return Group(
        cells=[Cell(level, number)],
        count=count,
        country_wide=country_wide,
        latitude=latitude,
        longitude=longitude,
        box=Box(west, south, east, north),
        point=None if point is None else Cell(FINEST, point),
        ids=list(ids or ()),
    )


def _largest_first(group: Group) -> tuple[int, int]:
    return -group.count, group.cells[0].number
