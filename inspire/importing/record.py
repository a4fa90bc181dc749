"""A solution as an import or the starter content brings it, checked and ready for the database."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SolutionRecord:
    """What is written of one solution; see `inspire.models.Solution` for the meaning of each field.

    Args:
        slug: the wished address in the portal; it only counts when the solution is new, and gives way if taken.
        areas: slugs of policy areas.
        topics: slugs of topics.
    """

    source: str
    source_id: str
    slug: str
    title: str
    country_id: str
    summary: str = ""
    what_was_done: str = ""
    results: str = ""
    language: str = "es"
    translations: dict[str, Any] = field(default_factory=dict)
    municipality_id: int | None = None
    place_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    position_precision: str = ""
    level: str = "local"
    start_year: int | None = None
    tags: list[str] = field(default_factory=list)
    source_name: str = ""
    source_url: str = ""
    licence: str = ""
    areas: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
