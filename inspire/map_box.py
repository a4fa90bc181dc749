"""A rectangle of the map."""

from dataclasses import dataclass
from math import isfinite

from django.db.models import Q


@dataclass(frozen=True)
class Box:
    """From west to east and from south to north, in degrees; its west lies east of its east across the 180° meridian.

    West and south belong to a box, east and north to its neighbours, so that boxes side by side count nothing twice;
    the poles and the 180° meridian belong to the last box.
    """

    west: float
    south: float
    east: float
    north: float

    @property
    def width(self) -> float:
        """Degrees from west to east."""
        return self.east - self.west if self.east >= self.west else self.east - self.west + 360

    @property
    def height(self) -> float:
        """Degrees from south to north."""
        return self.north - self.south

    def condition(self) -> Q:
        """Return what the positions inside have in common."""
        from_west = Q(longitude__gte=self.west)
        to_east = Q(longitude__lte=180) if self.east >= 180 else Q(longitude__lt=self.east)
        across = from_west & to_east if self.east >= self.west else from_west | to_east
        top = Q(latitude__lte=90) if self.north >= 90 else Q(latitude__lt=self.north)
        return across & Q(latitude__gte=self.south) & top


WORLD = Box(-180.0, -90.0, 180.0, 90.0)


def read_box(text: str) -> Box | None:
    """Read "west,south,east,north", as a map reports what it shows; None when the text is something else.

    A map may have been dragged around the globe: longitudes beyond 180° are brought back.
    """
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError:
        return None
    if not all(map(isfinite, (west, south, east, north))) or west > east or south > north:
        return None
    south, north = max(south, -90.0), min(north, 90.0)
    if south > north:
        return None
    if east - west >= 360:
        return Box(-180.0, south, 180.0, north)
    if west >= -180 and east <= 180:
        return Box(west, south, east, north)
    return Box(_on_globe(west), south, _on_globe(east), north)


def _on_globe(longitude: float) -> float:
    return (longitude + 180) % 360 - 180
