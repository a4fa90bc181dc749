"""The columns of an exported file: those that an import reads, under the same names, and a few to be read only."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse

from inspire.cells import join_list, join_parts
from inspire.models import Solution
from portal.core.tabular.writing import Cell


@dataclass(frozen=True)
class Column:
    """A column: its title, and what stands in it for a solution.

    Args:
        name: what the import knows it by (`inspire.importing.columns.NAMES`).
        cell: the value for one row; a solution is loaded with `inspire.exporting.batches.whole`.
        is_read_only: an import leaves it aside.
    """

    name: str
    cell: Callable[[Solution], Cell]
    is_read_only: bool = False


def portal_address(path: str) -> str:
    """Return the whole address of a page of ours, for files that leave the portal."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def page_address(slug: str) -> str:
    """Return the whole address of a solution's page."""
    before, after = _around_slug()
    return portal_address(f"{before}{slug}{after}")


@cache
def _around_slug() -> tuple[str, str]:
    """Return what stands around a slug in an address; to ask Django for each would double the time of a row."""
    before, _slug, after = reverse("inspire:solution-detail", args=["slug"]).rpartition("slug")
    return before, after


def file_address(part: Mapping[str, Any]) -> str:
    """Return the address of a picture or a document, as `inspire.exporting.batches.whole` tells it."""
    return portal_address(reverse("files:download", args=[part["file_id"]]))


def _field(name: str) -> Callable[[Solution], Any]:
    return lambda solution: getattr(solution, name)


def _list(name: str) -> Callable[[Solution], str]:
    return lambda solution: join_list(getattr(solution, name))


def _values(name: str, *parts: str) -> Callable[[Solution], str]:
    return lambda solution: join_parts(
        [value.get(part, "") for part in parts] for value in getattr(solution, name)
    )


def _region(solution: Any) -> str:
    return solution.region_name or ""


def _translations(solution: Solution) -> str:
    if not solution.translations:
        return ""
    return json.dumps(solution.translations, ensure_ascii=False, separators=(",", ":"))


def _photos(solution: Any) -> str:
    return join_parts(
        [file_address(photo), photo["alt"], photo["credit"], photo["licence"]]
        for photo in solution.told_photos
    )


def _attachments(solution: Any) -> str:
    return join_parts([file_address(document), document["title"]] for document in solution.told_attachments)


COLUMNS = (
    Column("source", _field("source")),
    Column("source_id", _field("source_id")),
    Column("title", _field("title")),
    Column("summary", _field("summary")),
    Column("problem", _field("problem")),
    Column("description", _field("what_was_done")),
    Column("results", _field("results")),
    Column("figures", _values("figures", "indicator", "before", "after", "unit", "date")),
    Column("what_failed", _field("what_failed")),
    Column("conditions", _field("conditions")),
    Column("lessons", _field("lessons")),
    Column("novelty", _field("novelty")),
    Column("partners", _field("partners")),
    Column("beneficiaries", _field("beneficiaries")),
    Column("cost_band", _field("cost_band")),
    Column("funding", _field("funding")),
    Column("country", _field("country_id")),
    Column("region", _region),
    Column("city", _field("place_name")),
    Column("municipality", _field("municipality_id")),
    Column("lat", _field("latitude")),
    Column("lon", _field("longitude")),
    Column("position_precision", _field("position_precision")),
    Column("level", _field("level")),
    Column("stage", _field("stage")),
    Column("year", _field("start_year")),
    Column("end_year", _field("end_year")),
    Column("areas", _list("area_slugs")),
    Column("topics", _list("topic_slugs")),
    Column("tags", _list("tags")),
    Column("sdgs", _list("sdgs")),
    Column("recognitions", _list("recognitions")),
    Column("links", _values("links", "label", "url")),
    Column("people", _values("told_people", "role", "name", "position", "organisation")),
    Column("language", _field("language")),
    Column("translations", _translations),
    Column("source_name", _field("source_name")),
    Column("url", _field("source_url")),
    Column("licence", _field("licence")),
    Column("is_sample", _field("is_sample")),
    Column("photos", _photos, is_read_only=True),
    Column("attachments", _attachments, is_read_only=True),
    Column("portal_url", lambda solution: page_address(solution.slug), is_read_only=True),
    Column("published_at", _field("published_at"), is_read_only=True),
    Column("updated_at", _field("updated_at"), is_read_only=True),
)
TITLES = [column.name for column in COLUMNS]


def cells_of(solution: Solution) -> list[Cell]:
    """Return a solution's row, in the order of `COLUMNS`."""
    return [column.cell(solution) for column in COLUMNS]
