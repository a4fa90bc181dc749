"""What one row of somebody's file came to: the fields of a solution, or the reason why it cannot become one."""

from dataclasses import dataclass, field
from typing import Any

from inspire.importing.positions import Position
from portal.places.models import Country


class RowRefused(Exception):
    """The row cannot become a solution; the message says why and what to correct."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(reason)
        self.field = field


@dataclass(slots=True)
class ReadRow:
    """A row before its municipality is looked up.

    Args:
        fields: what else a `SolutionRecord` of it says, by the record's names.
    """

    number: int
    source: str
    source_id: str
    country: Country
    city: str = ""
    region: str = ""
    municipality_id: int | None = None
    position: Position = field(default_factory=Position)
    precision: str = ""
    topic: str = ""
    fields: dict[str, Any] = field(default_factory=dict)
