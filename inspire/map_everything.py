"""The map of the whole library, read from the counts of its cells."""

from typing import Any

from django.db import connection

from inspire.counts import Count
from inspire.map_box import Box
from inspire.map_grid import (
    COUNTED,
    FINEST,
    Cell,
    Range,
    Window,
    at_level,
    cell_around,
    counted_level,
    unravelled,
)
from inspire.map_groups import MOST_MEMBERS, Found, Group
from inspire.map_viewport import Viewport

_MILLIONTHS = 1_000_000
# As many as are quickly fetched and sorted.
_FEW = 2000
# As far as the newest of the library are looked through for what is in view.
_WALKED = 4000

_TOTAL = "SELECT coalesce(sum(count), 0) FROM inspire_mapcell WHERE level = %s"
_OCCUPIED = "SELECT cell FROM inspire_mapcell WHERE level = %s GROUP BY cell HAVING sum(count) > 0"
# Sums of positions are whole numbers below 2^53, which double precision adds exactly and much more quickly.
_GROUPS = """
    SELECT cell >> %(bits)s AS parent, sum(count), sum(country_wide), sum(latitude_sum::float8),
        sum(longitude_sum::float8), min(cell), max(cell),
        coalesce(sum(count) FILTER (WHERE cell <@ %(in_view)s::int8multirange), 0)
    FROM unnest(%(firsts)s::bigint[], %(ends)s::bigint[]) AS part (first, "end")
    JOIN LATERAL (
        SELECT * FROM inspire_mapcell
        WHERE level = %(level)s AND cell >= part.first AND cell < part."end" OFFSET 0
    ) AS counted ON true
    GROUP BY parent HAVING sum(count) > 0 ORDER BY 2 DESC, 1
"""
_ON_MAP = "FROM inspire_solution WHERE status = 'published' AND latitude IS NOT NULL"
_PARTS = (
    'FROM unnest(%(firsts)s::bigint[], %(ends)s::bigint[]) WITH ORDINALITY AS part (first, "end", number)'
)
_INSIDE = 'map_cell >= part.first AND map_cell < part."end"'
_NEWEST = "published_at DESC, id DESC"
_EDGES = f"""
    SELECT number, lowest.map_cell, highest.map_cell {_PARTS}
    JOIN LATERAL (SELECT map_cell {_ON_MAP} AND {_INSIDE} ORDER BY map_cell LIMIT 1) AS lowest ON true
    JOIN LATERAL (SELECT map_cell {_ON_MAP} AND {_INSIDE} ORDER BY map_cell DESC LIMIT 1) AS highest ON true
"""
# Of a small group all: an order would tempt the database to look for them among the newest of the library.
_MEMBERS = f"""
    SELECT number, id {_PARTS} JOIN LATERAL (SELECT id {_ON_MAP} AND {_INSIDE} OFFSET 0) AS member ON true
"""
# Of a point, where there may be thousands, the newest: they come from its index in their order.
_MEMBERS_OF_POINTS = f"""
    SELECT number, id {_PARTS} JOIN LATERAL (
        SELECT id {_ON_MAP} AND map_cell = part.first ORDER BY {_NEWEST} LIMIT %(most)s
    ) AS member ON true
"""
_NEWEST_OF_FEW = f"""
    SELECT id {_PARTS}
    JOIN LATERAL (SELECT id, published_at {_ON_MAP} AND {_INSIDE} OFFSET 0) AS inside ON true
    ORDER BY {_NEWEST} LIMIT %(most)s
"""
_NEWEST_OF_MANY = f"""
    SELECT id FROM (
        SELECT id, published_at, map_cell, latitude FROM inspire_solution WHERE status = 'published'
        ORDER BY {_NEWEST} LIMIT %(walked)s
    ) AS latest
    WHERE latitude IS NOT NULL AND map_cell <@ %(in_view)s::int8multirange ORDER BY {_NEWEST} LIMIT %(most)s
"""  # noqa: S608 parts of our own


class Everything:
    """All published solutions that have a position."""

    def total(self) -> Count:
        """How many there are."""
        return Count(int(_fetch(_TOTAL, [COUNTED[0]])[0][0]))

    def extent(self) -> Box | None:
        """Return a box that holds every position, a few degrees larger than need be; None when there is none."""
        level = COUNTED[1]
        places = [unravelled(cell) for (cell,) in _fetch(_OCCUPIED, [level])]
        if not places:
            return None
        columns, rows = zip(*places, strict=True)
        return Window(level, min(columns), min(rows), max(columns) + 1, max(rows) + 1).box

    def find(self, viewport: Viewport, most_newest: int) -> Found:
        """Read the cells that a viewport shows."""
        level = counted_level(viewport.level)
        in_view = at_level(viewport.in_view.ranges(), viewport.in_view.level, level)
        rows = _fetch(
            _GROUPS,
            _arrays(at_level(viewport.window.ranges(), viewport.level, level))
            | {"bits": 2 * (level - viewport.level), "level": level, "in_view": multirange(in_view)},
        )
        count = int(sum(row[-1] for row in rows))
        groups = [_group(row, viewport.level, level) for row in rows]
        _find_points([group for group, row in zip(groups, rows, strict=True) if row[5] == row[6]])
        return Found(groups, count, self._newest(at_level(in_view, level, FINEST), count, most_newest))

    def list_members(self, groups: list[Group], most: int) -> None:
        """Give groups their newest members."""
        owners = [
            (cell, group) for group in groups for cell in ([group.point] if group.point else group.cells)
        ]
        points = [(cell, group) for cell, group in owners if cell.level == FINEST]
        larger = [(cell, group) for cell, group in owners if cell.level != FINEST]
        for query, listing in ((_MEMBERS_OF_POINTS, points), (_MEMBERS, larger)):
            finest = [cell.finest for cell, _group in listing]
            for number, pk in _fetch(query, _arrays(finest) | {"most": most}) if finest else ():
                listing[number - 1][1].ids.append(pk)

    def _newest(self, in_view: list[Range], count: int, most: int) -> list[int]:
        """Return the newest in view: of few all are sorted, of many the first are soon met among the newest of all."""
        if count > _FEW:
            walked = {"in_view": multirange(in_view), "walked": _WALKED, "most": most}
            newest = [pk for (pk,) in _fetch(_NEWEST_OF_MANY, walked)]
            if len(newest) == most:
                return newest
        return [pk for (pk,) in _fetch(_NEWEST_OF_FEW, _arrays(in_view) | {"most": most})]


def multirange(ranges: list[Range]) -> str:
    """Write ranges as PostgreSQL reads an int8multirange."""
    return "{{{}}}".format(",".join(f"[{first},{end})" for first, end in ranges))


def _fetch(query: str, parameters: Any) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        rows: list[tuple] = cursor.fetchall()
    return rows


def _arrays(ranges: list[Range]) -> dict[str, Any]:
    return {"firsts": [one.first for one in ranges], "ends": [one.end for one in ranges]}


def _group(row: tuple, level: int, finer: int) -> Group:
    number, count, country_wide, latitudes, longitudes, first, last, _in_view = row
    return Group(
        cells=[Cell(level, number)],
        count=int(count),
        country_wide=int(country_wide),
        latitude=latitudes / count / _MILLIONTHS,
        longitude=longitudes / count / _MILLIONTHS,
        box=cell_around(first, last, finer).box,
    )


def _find_points(groups: list[Group]) -> None:
    """See which groups stand on one point: the first and the last of their solutions share the finest cell."""
    large = [group for group in groups if group.count > MOST_MEMBERS]
    finest = [group.cells[0].finest for group in large]
    for number, lowest, highest in _fetch(_EDGES, _arrays(finest)) if finest else ():
        if lowest == highest:
            large[number - 1].point = Cell(FINEST, lowest)
