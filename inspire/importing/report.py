"""What an import of solutions did, row by row."""

from collections import Counter
from dataclasses import dataclass, field

from inspire.importing.records import Chunk
from portal.core.tabular import RowProblem


@dataclass
class ImportReport:
    """Every row of a file is accounted for: read = created + updated + unchanged + refused.

    Args:
        refused: why rows were not taken.
        remarks: what was left out or shortened in rows that were.
        repaired: cells whose broken accents were put right.
        unknown_topics: topics that belong to no policy area yet, with how many rows have them.
    """

    read: int = 0
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    positioned: int = 0
    in_known_municipality: int = 0
    repaired: int = 0
    refused: list[RowProblem] = field(default_factory=list)
    remarks: list[RowProblem] = field(default_factory=list)
    unknown_topics: Counter[str] = field(default_factory=Counter)

    def add(self, chunk: Chunk) -> None:
        """Count what a chunk of the file came to."""
        self.read += chunk.read
        self.positioned += chunk.positioned
        self.in_known_municipality += chunk.known
        self.repaired += chunk.repaired
        self.refused += chunk.refused
        self.remarks += chunk.remarks
        self.unknown_topics += chunk.unknown_topics

    @property
    def taken(self) -> int:
        """How many rows are in the library now."""
        return self.created + self.updated + self.unchanged

    @property
    def refused_rows(self) -> int:
        """How many rows were not taken; one may have several reasons."""
        return len({problem.row for problem in self.refused})
