"""A small map around one point, drawn on the server, for pages that should not load a whole map."""

import json
from dataclasses import dataclass
from functools import lru_cache
from math import cos, radians

from django.conf import settings

from inspire.clipping import Line, Point, cut
from inspire.map_box import Box

OUTLINE = settings.ROOT / "static" / "geo" / "world.json"
WIDTH, HEIGHT = 320, 200
_SPAN_DEGREES = 28.0


@dataclass(frozen=True)
class Inset:
    """What an SVG of WIDTH by HEIGHT draws: two paths, and the point's place."""

    land: str
    borders: str
    x: int
    y: int
    width: int = WIDTH
    height: int = HEIGHT


@lru_cache(maxsize=1)
def _outline() -> tuple[list[Line], list[Line]]:
    """Return the rings of the land and the lines of the borders."""
    shapes = {
        feature["properties"]["kind"]: feature["geometry"]["coordinates"]
        for feature in json.loads(OUTLINE.read_text(encoding="utf-8"))["features"]
    }
    return [ring for polygon in shapes["land"] for ring in polygon], shapes["borders"]


@lru_cache(maxsize=512)
def map_inset(latitude: float, longitude: float) -> Inset:
    """Return the surroundings of a point, about the size of a large country."""
    frame = _frame(latitude, longitude)
    rings, lines = _outline()
    land = (_clipped(ring, frame, is_ring=True) for ring in rings if _may_meet(ring, frame))
    borders = (_clipped(line, frame, is_ring=False) for line in lines if _may_meet(line, frame))
    x, y = _projected((longitude, latitude), frame)
    return Inset(
        land="".join(_path(ring, frame) + "Z" for ring in land if len(ring) > 2),
        borders="".join(_path(line, frame) for line in borders if len(line) > 1),
        x=x,
        y=y,
    )


def _frame(latitude: float, longitude: float) -> Box:
    """Return the part of the world to draw; degrees of longitude shrink with the latitude, so more of them are seen."""
    width = min(_SPAN_DEGREES / max(cos(radians(latitude)), 0.3), 120.0)
    height = _SPAN_DEGREES * HEIGHT / WIDTH
    return Box(longitude - width / 2, latitude - height / 2, longitude + width / 2, latitude + height / 2)


def _may_meet(line: Line, frame: Box) -> bool:
    longitudes = [point[0] for point in line]
    latitudes = [point[1] for point in line]
    return (
        min(longitudes) <= frame.east
        and max(longitudes) >= frame.west
        and min(latitudes) <= frame.north
        and max(latitudes) >= frame.south
    )


def _clipped(line: Line, frame: Box, *, is_ring: bool) -> Line:
    """Cut a line or a ring to the frame, one edge after the other."""
    edges = ((0, frame.west, 1), (0, frame.east, -1), (1, frame.south, 1), (1, frame.north, -1))
    for axis, limit, side in edges:
        line = cut(line, axis, limit, side, is_ring=is_ring)
    return line


def _projected(point: Point, frame: Box) -> tuple[int, int]:
    x = (point[0] - frame.west) / (frame.east - frame.west) * WIDTH
    y = (frame.north - point[1]) / (frame.north - frame.south) * HEIGHT
    return round(x), round(y)


def _path(line: Line, frame: Box) -> str:
    """Return an SVG path in whole pixels, without repeated ones."""
    pixels: list[tuple[int, int]] = []
    for point in line:
        pixel = _projected(point, frame)
        if not pixels or pixel != pixels[-1]:
            pixels.append(pixel)
    return "M" + "L".join(f"{x} {y}" for x, y in pixels)
