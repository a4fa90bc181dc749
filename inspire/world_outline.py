"""The outline of the world under the map, made once from Natural Earth's countries.

The source is TopoJSON: borders are arcs that neighbours share. What ships is GeoJSON with two features, land and
the borders between countries, thinned and rounded, and one with the label that Argentine public sites use for the
Malvinas (Ley 26.651). Countries are neither named nor coloured.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from inspire.clipping import Line, Point, cut

MALVINAS = "Islas Malvinas (Arg.)"
_MALVINAS_ID = "238"
_DECIMALS = 2
# Triangles smaller than this (in square degrees) are not seen on a map of a screen's width.
_SMALLEST_TRIANGLE = 0.02
# The map's projection ends here.
_SOUTHERNMOST = -84.5


def world_outline(topology: dict[str, Any]) -> dict[str, Any]:
    """Return the outline that ships with the portal.

    Args:
        topology: TopoJSON with the objects `countries` and `land`, as in the package world-atlas.
    """
    arcs = [_thinned(arc) for arc in _decoded(topology)]
    countries = topology["objects"]["countries"]["geometries"]
    polygons = [polygon for country in countries for polygon in _polygons(country)]
    (whole_land,) = topology["objects"]["land"]["geometries"]
    rings = [[_joined(ring, arcs) for ring in polygon] for polygon in _polygons(whole_land)]
    land = [part for polygon in rings for part in _on_flat_map(polygon)]
    borders = [arcs[number] for number in sorted(_shared(polygons))]
    return {
        "type": "FeatureCollection",
        "features": [
            _feature("land", "MultiPolygon", land),
            _feature("borders", "MultiLineString", borders),
            _feature("label", "Point", _middle_of_malvinas(countries, arcs), name=MALVINAS),
        ],
    }


def _feature(kind: str, geometry: str, coordinates: Any, **properties: str) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {"kind": kind, **properties},
        "geometry": {"type": geometry, "coordinates": coordinates},
    }


def _decoded(topology: dict[str, Any]) -> Iterator[Line]:
    (scale_x, scale_y), (shift_x, shift_y) = (
        topology["transform"]["scale"],
        topology["transform"]["translate"],
    )
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            points.append((x * scale_x + shift_x, max(y * scale_y + shift_y, _SOUTHERNMOST)))
        yield points


def _thinned(points: Line) -> Line:
    """Take out points whose triangle with their neighbours is smallest, one after the other (Visvalingam)."""
    kept = list(points)
    is_ring = kept[0] == kept[-1]
    while len(kept) > (5 if is_ring else 2):
        areas = [_triangle(*kept[at - 1 : at + 2]) for at in range(1, len(kept) - 1)]
        if not areas or min(areas) >= _SMALLEST_TRIANGLE:
            break
        del kept[areas.index(min(areas)) + 1]
    return _rounded(kept)


def _triangle(first: Point, second: Point, third: Point) -> float:
    return (
        abs((second[0] - first[0]) * (third[1] - first[1]) - (third[0] - first[0]) * (second[1] - first[1]))
        / 2
    )


def _polygons(country: dict[str, Any]) -> list[list[list[int]]]:
    polygons: list[list[list[int]]] = (
        [country["arcs"]] if country["type"] == "Polygon" else country.get("arcs", [])
    )
    return polygons


def _shared(polygons: list[list[list[int]]]) -> set[int]:
    """Return the arcs that two countries have in common: borders, not coasts."""
    uses = Counter(_arc(number) for polygon in polygons for ring in polygon for number in ring)
    return {number for number, times in uses.items() if times > 1}


def _arc(number: int) -> int:
    """Return the place of an arc; those that run backwards are given by the complement."""
    return ~number if number < 0 else number


def _joined(ring: list[int], arcs: list[Line]) -> Line:
    points: Line = []
    for number in ring:
        arc = arcs[_arc(number)]
        points.extend((arc[::-1] if number < 0 else arc)[1 if points else 0 :])
    return points


def _on_flat_map(polygon: list[Line]) -> Iterator[list[Line]]:
    """Yield a polygon in the parts that it has on a flat map, cut where it crosses the 180° meridian."""
    rings = [_unrolled(ring) for ring in polygon]
    for turn in (-360, 0, 360):
        shifted = ([(x + turn, y) for x, y in ring] for ring in rings)
        cuts = (cut(cut(ring, 0, -180, 1, is_ring=True), 0, 180, -1, is_ring=True) for ring in shifted)
        part = [ring for ring in map(_rounded, cuts) if _is_area(ring)]
        if part:
            yield [[*ring, ring[0]] if ring[0] != ring[-1] else ring for ring in part]


def _unrolled(ring: Line) -> Line:
    """Return a ring whose longitudes go on beyond 180° instead of jumping; one around the pole is closed below it."""
    points = ring[:1]
    for x, y in ring[1:]:
        turns = round((x - points[-1][0]) / 360)
        points.append((x - 360 * turns, y))
    start, end = points[0], points[-1]
    if abs(end[0] - start[0]) > 180:
        points += [(end[0], _SOUTHERNMOST), (start[0], _SOUTHERNMOST), start]
    return points


def _rounded(line: Line) -> Line:
    return [(round(x, _DECIMALS), round(y, _DECIMALS)) for x, y in line]


def _is_area(ring: Line) -> bool:
    """Say whether anything is inside; cutting leaves rings that run along the edge and back."""
    return len({x for x, _y in ring}) > 1 and len({y for _x, y in ring}) > 1


def _middle_of_malvinas(countries: list[dict[str, Any]], arcs: list[Line]) -> Point:
    islands = next(country for country in countries if country.get("id") == _MALVINAS_ID)
    points = [point for polygon in _polygons(islands) for point in _joined(polygon[0], arcs)]
    longitudes, latitudes = zip(*points, strict=True)
    return (
        round((min(longitudes) + max(longitudes)) / 2, _DECIMALS),
        round((min(latitudes) + max(latitudes)) / 2, _DECIMALS),
    )
