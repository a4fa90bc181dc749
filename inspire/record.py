"""The content of a solution as it travels: from a form, a file, the starter or an old revision to the database."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Self


@dataclass(frozen=True, slots=True)
class Figure:
    """A result with its numbers, each as its source writes it; "" where it says nothing.

    Args:
        indicator: what was measured.
        before, after: the values; at least one of them is there.
        unit: of both values.
        date: when the later value was measured: a year, a month or a day, as the source says.
    """

    indicator: str
    before: str = ""
    after: str = ""
    unit: str = ""
    date: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """An address on the web that says more, with what it is."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody behind the solution; see `inspire.models.SolutionPerson`."""

    role: str
    name: str
    position: str = ""
    organisation: str = ""
    user_id: int | None = None


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture; see `inspire.models.SolutionPhoto`."""

    file_id: int
    alt: str
    caption: str = ""
    credit: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A document; see `inspire.models.SolutionAttachment`."""

    file_id: int
    title: str


# Lists of parts: None means that the writer says nothing about them, and they stay as they are.
PARTS: dict[str, type] = {"people": Person, "photos": Photo, "attachments": Attachment}
VALUES: dict[str, type] = {"figures": Figure, "links": Link}
# What identifies a solution or is given once; no change of content touches it.
IDENTITY = ("source", "source_id", "slug")


@dataclass(frozen=True, slots=True)
class SolutionRecord:
    """What is written of one solution; see `inspire.models.Solution` for the meaning of each field.

    Args:
        slug: the wished address in the portal; it only counts when the solution is new, and gives way if taken.
        areas: slugs of policy areas.
        topics: slugs of topics.
        people, photos, attachments: None when the writer says nothing about them.
    """

    source: str
    source_id: str
    slug: str
    title: str
    country_id: str
    summary: str = ""
    problem: str = ""
    what_was_done: str = ""
    results: str = ""
    figures: list[Figure] = field(default_factory=list)
    what_failed: str = ""
    conditions: str = ""
    lessons: str = ""
    novelty: str = ""
    partners: str = ""
    beneficiaries: str = ""
    cost_band: str = ""
    funding: str = ""
    language: str = "es"
    translations: dict[str, Any] = field(default_factory=dict)
    municipality_id: int | None = None
    place_name: str = ""
    latitude: float | None = None
    longitude: float | None = None
    position_precision: str = ""
    level: str = "local"
    stage: str = ""
    start_year: int | None = None
    end_year: int | None = None
    tags: list[str] = field(default_factory=list)
    sdgs: list[int] = field(default_factory=list)
    recognitions: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    source_name: str = ""
    source_url: str = ""
    licence: str = ""
    is_sample: bool = False
    areas: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    people: list[Person] | None = None
    photos: list[Photo] | None = None
    attachments: list[Attachment] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return it as JSON can carry it."""
        return asdict(self)

    @classmethod
    def from_json(cls, content: Mapping[str, Any]) -> Self:
        """Return what `to_json` wrote, now or in an earlier version of the portal: what it does not know is left out.

        Raises:
            TypeError: a field that no record can be without is missing.
        """
        known = {item.name for item in fields(cls)}
        values = {name: value for name, value in content.items() if name in known}
        for name, kind in (PARTS | VALUES).items():
            if values.get(name) is not None:
                values[name] = [kind(**part) for part in values[name]]
        return cls(**values)


FIELDS = tuple(item.name for item in fields(SolutionRecord))
# Columns of the solution's own row; the others are rows of their own.
COLUMNS = tuple(name for name in FIELDS if name not in {"areas", "topics", *PARTS})
