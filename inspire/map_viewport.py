"""What a map asks for: a part of the world at a zoom."""

from dataclasses import dataclass
from functools import cached_property

from inspire.map_box import WORLD, Box, read_box
from inspire.map_grid import FINEST, Window, counted_level, place

MOST_FEATURES = 200
_ZOOMS = range(20)
# Solutions are grouped by cells of 64 pixels on a world of 256: two levels finer than the zoom.
_FINER = 2


@dataclass(frozen=True)
class Viewport:
    """What a map shows: a part of the world at a zoom (0 is the world in 256 pixels, each step doubles it)."""

    box: Box
    zoom: int

    @cached_property
    def level(self) -> int:
        """The level of the cells that solutions are grouped by; it depends on size and zoom, not on place."""
        level = min(self.zoom + _FINER, FINEST)
        while self._most_cells(level) > MOST_FEATURES:
            level -= 1
        return level

    @cached_property
    def window(self) -> Window:
        """The whole cells that are seen."""
        return Window.around(self.box, self.level)

    @cached_property
    def in_view(self) -> Window:
        """What counts as in view: the box, to the nearest of smaller cells, so that counting needs no single row."""
        return Window.nearest(self.box, min(self.level + 2, counted_level(self.level)))

    def _most_cells(self, level: int) -> int:
        """Return how many cells a box of this size can touch, wherever it is dragged."""
        west, north = place(self.box.west, self.box.north, level)
        east, south = place(self.box.east, self.box.south, level)
        columns = east - west if self.box.west <= self.box.east else east - west + 2**level
        return (int(columns) + 2) * (int(south - north) + 2)


def read_viewport(box: str, zoom: str) -> Viewport:
    """Read what a map reports; whatever cannot be read means the whole world."""
    try:
        level = min(max(int(zoom), _ZOOMS.start), _ZOOMS.stop - 1)
    except ValueError:
        level = 1
    return Viewport(read_box(box) or WORLD, level)
