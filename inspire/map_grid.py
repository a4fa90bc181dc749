"""The grid that the map groups solutions by: at each level twice as many columns and rows as at the level before.

It lies on the Mercator map of the world, so that its cells are squares on the screen, and it stays where it is while
the map moves. Cells are numbered along a Morton curve (the bits of column and row in turn): the four halves of a cell
are four numbers in a row, and a cell of any level is one range of finest cells.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from math import asinh, atan, degrees, pi, radians, sinh, tan
from typing import NamedTuple, Self

from inspire.map_box import Box

# 150 metres at the equator; the closest look has nothing finer. As in `inspire_map_cell` (migration 0004).
FINEST = 18
# The levels that are counted in advance; the others are read from the next finer one. As in `inspire_map_levels`.
COUNTED = (4, 6, 8, 10, 12, 14, 16, 18)


class Range(NamedTuple):
    """Cells with successive numbers, from `first` up to and without `end`."""

    first: int
    end: int


@dataclass(frozen=True)
class Cell:
    """A square of the map."""

    level: int
    number: int

    @property
    def finest(self) -> Range:
        """The finest cells inside."""
        bits = 2 * (FINEST - self.level)
        return Range(self.number << bits, (self.number + 1) << bits)

    @property
    def box(self) -> Box:
        """Its edges in degrees."""
        column, row = unravelled(self.number)
        return Window(self.level, column, row, column + 1, row + 1).box


@dataclass(frozen=True)
class Window:
    """A rectangle of whole cells: from `west` up to and without `east`, from `north` down to and without `south`.

    Its west is not less than its east where it goes across the 180° meridian or all the way around.
    """

    level: int
    west: int
    north: int
    east: int
    south: int

    @classmethod
    def around(cls, box: Box, level: int) -> Self:
        """Return the smallest rectangle that holds a box."""
        west, north = place(box.west, box.north, level)
        east, south = place(box.east, box.south, level)
        return cls(level, int(west), int(north), _up(east), _up(south))._made_whole(box)

    @classmethod
    def nearest(cls, box: Box, level: int) -> Self:
        """Return the rectangle whose edges are nearest to those of a box, so that boxes side by side share no cell."""
        west, north = place(box.west, box.north, level)
        east, south = place(box.east, box.south, level)
        return cls(level, round(west), round(north), round(east), round(south))._made_whole(box)

    @property
    def columns(self) -> int:
        """How many columns it has."""
        return self.east - self.west if self.west <= self.east else self.east - self.west + 2**self.level

    @property
    def rows(self) -> int:
        """How many rows it has."""
        return self.south - self.north

    @property
    def is_world(self) -> bool:
        """Whether there is nothing outside."""
        return self.columns == self.rows == 2**self.level

    @property
    def box(self) -> Box:
        """Its edges in degrees; what lies nearer to the poles than any Mercator map goes belongs to the last rows."""
        side = 2**self.level
        return Box(
            west=self.west / side * 360 - 180,
            south=-90.0 if self.south == side else _latitude(self.south / side),
            east=self.east / side * 360 - 180,
            north=90.0 if self.north == 0 else _latitude(self.north / side),
        )

    def ranges(self, most: int = 0) -> list[Range]:
        """Return its cells as ranges in their order; no more than `most`, if given, and then with others in between."""
        found = [one for part in self._parts() for one in _covering(part, 2**self.level, 0, 0, 0)]
        ranges = _joined(sorted(found))
        return _coarser(ranges, most) if most else ranges

    def _made_whole(self, box: Box) -> Self:
        """Go all the way around where the two ends of a rectangle across the 180° meridian meet in one cell."""
        if box.west > box.east and self.west <= self.east:
            return type(self)(self.level, 0, self.north, 2**self.level, self.south)
        return self

    def _parts(self) -> list["Window"]:
        if self.west <= self.east:
            return [self]
        return [
            Window(self.level, self.west, self.north, 2**self.level, self.south),
            Window(self.level, 0, self.north, self.east, self.south),
        ]


@lru_cache(maxsize=8192)
def unravelled(number: int) -> tuple[int, int]:
    """Return the column and the row of a cell by its number."""
    return _even_bits(number), _even_bits(number >> 1)


def at_level(ranges: list[Range], level: int, wanted: int) -> list[Range]:
    """Return the cells of a finer level that lie in ranges of a level."""
    bits = 2 * (wanted - level)
    return [Range(first << bits, end << bits) for first, end in ranges]


def cell_around(first: int, last: int, level: int) -> Cell:
    """Return the smallest cell that holds two cells of a level and, with them, whatever stands between them."""
    while first != last:
        first, last, level = first >> 2, last >> 2, level - 1
    return Cell(level, first)


def counted_level(level: int) -> int:
    """Return the level that is read for cells of another one: at least a step finer, to see what is in view."""
    return next((one for one in COUNTED if one > level), FINEST)


def _even_bits(number: int) -> int:
    number &= 0x5555555555555555
    number = (number | number >> 1) & 0x3333333333333333
    number = (number | number >> 2) & 0x0F0F0F0F0F0F0F0F
    number = (number | number >> 4) & 0x00FF00FF00FF00FF
    number = (number | number >> 8) & 0x0000FFFF0000FFFF
    return (number | number >> 16) & 0x00000000FFFFFFFF


def place(longitude: float, latitude: float, level: int) -> tuple[float, float]:
    """Return where a point lies, in columns from the west and rows from the north."""
    side = 2**level
    down = 0.5 - asinh(tan(radians(latitude))) / (2 * pi)
    return (longitude / 360 + 0.5) * side, max(0.0, min(1.0, down)) * side


def _latitude(down: float) -> float:
    return degrees(atan(sinh((0.5 - down) * 2 * pi)))


def _up(number: float) -> int:
    return -int(-number // 1)


def _covering(window: Window, size: int, number: int, column: int, row: int) -> Iterator[Range]:
    """Divide a window into the largest squares that fit, in their order.

    Args:
        window: what to divide.
        size: of a square, in cells of the window's level.
        number: of the square's first cell.
        column: where the square begins.
        row: where the square begins.
    """
    east, south = column + size, row + size
    if column >= window.east or east <= window.west or row >= window.south or south <= window.north:
        return
    if column >= window.west and east <= window.east and row >= window.north and south <= window.south:
        yield Range(number, number + size * size)
        return
    half = size // 2
    for quarter, (x, y) in enumerate(((0, 0), (half, 0), (0, half), (half, half))):
        yield from _covering(window, half, number + quarter * half * half, column + x, row + y)


def _joined(ranges: list[Range]) -> list[Range]:
    """Make one of ranges that follow each other without a gap."""
    joined: list[Range] = []
    for one in ranges:
        if joined and joined[-1].end == one.first:
            joined[-1] = Range(joined[-1].first, one.end)
        else:
            joined.append(one)
    return joined


def _coarser(ranges: list[Range], most: int) -> list[Range]:
    """Take in the smallest gaps until there are few ranges."""
    gaps = sorted(later.first - one.end for one, later in itertools.pairwise(ranges))
    if len(ranges) <= most:
        return ranges
    widest = gaps[len(ranges) - most - 1]
    coarser = [ranges[0]]
    for one in ranges[1:]:
        if one.first - coarser[-1].end <= widest:
            coarser[-1] = Range(coarser[-1].first, one.end)
        else:
            coarser.append(one)
    return coarser
