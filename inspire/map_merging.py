"""Groups of a map that would lie one upon the other are one group."""

from math import asinh, pi, radians, tan
from typing import Any

# What a finger can hit; the markers of two groups are no nearer to each other.
APART_PIXELS = 44
_WORLD_PIXELS = 256
# The map is drawn in the Mercator projection, which has no poles.
_HIGHEST_LATITUDE = 85.0511


def merged(cells: list[dict[str, Any]], zoom: int) -> list[dict[str, Any]]:
    """Let each group take in the smaller ones that its marker would cover; it stays where it is.

    Args:
        cells: the largest first; each with `count`, `country_wide`, `lat`, `lon`, its bounds and `ids`.
        zoom: at which they are drawn.
    """
    kept: list[tuple[float, float, dict[str, Any]]] = []
    for cell in cells:
        x, y = pixels(cell["lat"], cell["lon"], zoom)
        near = next((one for one in kept if max(abs(x - one[0]), abs(y - one[1])) < APART_PIXELS), None)
        if near is None:
            kept.append((x, y, dict(cell)))
        else:
            _take_in(near[2], cell)
    return [cell for _x, _y, cell in kept]


def pixels(latitude: float, longitude: float, zoom: int) -> tuple[float, float]:
    """Return where a point lies on a Mercator map of the world that is 256 pixels wide at zoom 0."""
    size = _WORLD_PIXELS * 2**zoom
    latitude = max(-_HIGHEST_LATITUDE, min(_HIGHEST_LATITUDE, latitude))
    return (longitude / 360 + 0.5) * size, (0.5 - asinh(tan(radians(latitude))) / (2 * pi)) * size


def _take_in(group: dict[str, Any], other: dict[str, Any]) -> None:
    group["count"] += other["count"]
    group["country_wide"] += other["country_wide"]
    group["ids"] = group["ids"] + other["ids"]
    for edge in ("west", "south"):
        group[edge] = min(group[edge], other[edge])
    for edge in ("east", "north"):
        group[edge] = max(group[edge], other[edge])
