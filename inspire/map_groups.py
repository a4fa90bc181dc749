"""Solutions that one marker of the map stands for."""

from dataclasses import dataclass, field

from inspire.map_box import Box
from inspire.map_grid import FINEST, Cell

MOST_MEMBERS = 8


@dataclass
class Group:
    """What a marker says: how many, where, and the newest of them where it lists them."""

    cells: list[Cell]
    count: int
    country_wide: int
    latitude: float
    longitude: float
    # Where its solutions lie, to the nearest small cell.
    box: Box
    # The finest cell, where all of them stand in one.
    point: Cell | None = None
    ids: list[int] = field(default_factory=list)

    @property
    def is_country_wide(self) -> bool:
        """Whether all of them are their whole country's."""
        return self.country_wide == self.count

    @property
    def is_unparted(self) -> bool:
        """Whether no look at the map parts them: they stand on one point, or it is the closest look."""
        return self.point is not None or self.cells[0].level == FINEST

    def take_in(self, other: "Group") -> None:
        """Stand for another group too, at the same place."""
        self.cells += other.cells
        self.count += other.count
        self.country_wide += other.country_wide
        self.ids += other.ids
        self.point = None
        self.box = Box(
            west=min(self.box.west, other.box.west),
            south=min(self.box.south, other.box.south),
            east=max(self.box.east, other.box.east),
            north=max(self.box.north, other.box.north),
        )


@dataclass
class Found:
    """What a viewport shows of a set: groups, the largest first; how many are in view, and the newest of those."""

    groups: list[Group]
    in_view: int
    newest: list[int]
