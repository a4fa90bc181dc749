"""Reading a set of solutions of any size, a batch at a time."""

from collections.abc import Iterator
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from inspire.models import Solution, SolutionAttachment, SolutionPerson, SolutionPhoto
from inspire.querysets import SolutionQuerySet

# The filters are asked once for so many ids, because a search costs the same however few of its rows are wanted.
IDS = 20_000
ROWS = 500
_NOT_TOLD = ("facet_keys", "map_cell", "source_digest", "created_at")


def whole(solutions: SolutionQuerySet) -> SolutionQuerySet:
    """Load everything that a solution tells in one query, without making an object of each of its parts.

    Adds `area_slugs`, `topic_slugs`, `region_name`, `municipality_name`, and the lists of what its parts tell:
    `told_people`, `told_photos` and `told_attachments` (with the `file_id` that its address is made of).
    """
    return (
        solutions.with_slugs()
        .annotate(
            region_name=F("municipality__region_name"),
            municipality_name=F("municipality__name"),
            told_people=_told(SolutionPerson, "role", "name", "position", "organisation"),
            told_photos=_told(
                SolutionPhoto, "alt", "caption", "credit", "licence", file_id="file__public_id"
            ),
            told_attachments=_told(
                SolutionAttachment,
                "title",
                file_id="file__public_id",
                content_type="file__content_type",
                size="file__size",
            ),
        )
        .defer(*_NOT_TOLD)
    )


def exported(found: SolutionQuerySet) -> Iterator[Solution]:
    """Yield every published solution that the filters left, the latest entered first.

    They are read by key, so that no transaction and no cursor stays open while a slow reader receives them; what is
    withdrawn meanwhile is left out.
    """
    for ids in _id_pages(found.order_by()):
        for start in range(0, len(ids), ROWS):
            batch = Solution.objects.published().filter(pk__in=ids[start : start + ROWS])
            yield from whole(batch).order_by("-pk")


def _id_pages(found: SolutionQuerySet) -> Iterator[list[int]]:
    rest = found
    while ids := list(rest.order_by("-pk").values_list("pk", flat=True)[:IDS]):
        yield ids
        if len(ids) < IDS:
            return
        rest = found.filter(pk__lt=ids[-1])


def _told(model: Any, *fields: str, **named: str) -> ArraySubquery:
    """Return what the parts of a solution tell, in their order."""
    told = JSONObject(**dict(zip(fields, fields, strict=True)), **named)
    rows = model.objects.filter(solution=OuterRef("pk")).order_by("order", "pk")
    return ArraySubquery(rows.values(told=told))
