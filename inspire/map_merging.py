"""Groups of a map that would lie one upon the other are one group."""

from dataclasses import replace
from math import asinh, pi, radians, tan

from inspire.map_groups import Group

# What a finger can hit; the markers of two groups are no nearer to each other.
APART_PIXELS = 44
_WORLD_PIXELS = 256
# The map is drawn in the Mercator projection, which has no poles.
_HIGHEST_LATITUDE = 85.0511


def merged(groups: list[Group], zoom: int) -> list[Group]:
    """Let each group take in the smaller ones that its marker would cover; it stays where it is.

    Args:
        groups: the largest first.
        zoom: at which they are drawn.
    """
    kept: dict[tuple[int, int], list[tuple[float, float, Group]]] = {}
    for group in groups:
        x, y = pixels(group.latitude, group.longitude, zoom)
        square = int(x // APART_PIXELS), int(y // APART_PIXELS)
        near = next((one for one in _around(kept, square) if _touch(one, x, y)), None)
        if near is None:
            own = replace(group, cells=[*group.cells], ids=[*group.ids])
            kept.setdefault(square, []).append((x, y, own))
        else:
            near[2].take_in(group)
    return [group for square in kept.values() for _x, _y, group in square]


def pixels(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """Return where a point lies on a Mercator map of the world that is 256 pixels wide at zoom 0."""
    size = _WORLD_PIXELS * 2**zoom
    latitude = max(-_HIGHEST_LATITUDE, min(_HIGHEST_LATITUDE, latitude))
    return (longitude / 360 + 0.5) * size, (0.5 - asinh(tan(radians(latitude))) / (2 * pi)) * size


def _around(
    kept: dict[tuple[int, int], list[tuple[float, float, Group]]], square: tuple[int, int]
) -> list[tuple[float, float, Group]]:
    """Return the groups of a square and of those beside it, the largest first."""
    column, row = square
    squares = (kept.get((column + x, row + y), ()) for x in (-1, 0, 1) for y in (-1, 0, 1))
    return sorted((one for square in squares for one in square), key=lambda one: -one[2].count)


def _touch(one: tuple[float, float, Group], x: float, y: float) -> bool:
    return max(abs(x - one[0]), abs(y - one[1])) < APART_PIXELS
