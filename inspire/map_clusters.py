"""What the map shows of a set of solutions: at most two hundred points, each of them one solution or many."""

from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Avg, Count, F, Max, Min, Q
from django.db.models.functions import Floor
from django.utils.translation import gettext as _

from inspire.map_box import WORLD, Box, read_box
from inspire.map_merging import merged
from inspire.models import Solution
from inspire.querysets import SolutionQuerySet

MOST_FEATURES = 200
MOST_MEMBERS = 8
MOST_LISTED = 20
_ZOOMS = range(20)
# The map goes no closer (static/js/inspire/map.js).
_CLOSEST_ZOOM = 16
# Points on screen closer than this are one: what a finger can tell apart.
_CELL_PIXELS = 64
_WORLD_PIXELS = 256


class _FirstIds(ArrayAgg):
    """The ids of a cluster's newest solutions, no more than it lists."""

    template = f"(%(function)s(%(expressions)s %(order_by)s))[1:{MOST_MEMBERS}]"


@dataclass(frozen=True)
class Viewport:
    """What a map shows: a part of the world at a zoom (0 is the world in 256 pixels, each step doubles it)."""

    box: Box
    zoom: int

    @property
    def cell(self) -> float:
        """The width in degrees of the cells that points are grouped by; it depends on size and zoom, not on place."""
        cell = 360 * _CELL_PIXELS / _WORLD_PIXELS / 2**self.zoom
        while (self.box.width // cell + 2) * (self.box.height // cell + 2) > MOST_FEATURES:
            cell *= 2
        return float(cell)


def read_viewport(box: str, zoom: str) -> Viewport:
    """Read what a map reports; whatever cannot be read means the whole world."""
    try:
        level = min(max(int(zoom), _ZOOMS.start), _ZOOMS.stop - 1)
    except ValueError:
        level = 1
    return Viewport(read_box(box) or WORLD, level)


def map_data(found: SolutionQuerySet, viewport: Viewport) -> dict[str, Any]:
    """Return GeoJSON of the clusters, how many solutions have a position at all, and a list of those in view.

    Args:
        found: what the filters left.
    """
    positioned = found.on_map()
    cells = merged(_cells(positioned, viewport), viewport.zoom)
    in_view = positioned.filter(viewport.box.condition())
    listed = list(in_view.newest().values_list("pk", flat=True)[:MOST_LISTED])
    shown = _shown(
        {*listed, *chain.from_iterable(cell["ids"] for cell in cells if _is_listed(cell, viewport))}
    )
    return {
        "type": "FeatureCollection",
        "total": positioned.count(),
        "in_view": in_view.count(),
        "listed": [shown[pk] for pk in listed],
        "features": [_feature(cell, viewport, shown) for cell in cells],
    }


def extent(found: SolutionQuerySet) -> Box | None:
    """Return the smallest box that holds every position; None when there is none."""
    edges = found.order_by().aggregate(
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
    )
    return Box(**edges) if edges["west"] is not None else None


def _cells(positioned: SolutionQuerySet, viewport: Viewport) -> list[dict[str, Any]]:
    """Group positions by a grid that stays where it is while the map moves, whole cells only."""
    cell = viewport.cell
    grouped = (
        positioned.filter(viewport.box.aligned_to(cell).condition())
        .order_by()
        .annotate(column=Floor(F("longitude") / cell), row=Floor(F("latitude") / cell))
        .values("column", "row")
        .annotate(
            count=Count("pk"),
            country_wide=Count("pk", filter=Q(position_precision=Solution.PositionPrecision.COUNTRY)),
            lat=Avg("latitude"),
            lon=Avg("longitude"),
            west=Min("longitude"),
            south=Min("latitude"),
            east=Max("longitude"),
            north=Max("latitude"),
            ids=_FirstIds("pk", order_by=["-published_at", "-pk"]),
        )
        .order_by("-count", "row", "column")
    )
    return [dict(found) for found in grouped]


def _is_listed(cell: dict[str, Any], viewport: Viewport) -> bool:
    """Say whether a cluster lists its members: there are few, or no zoom would part them."""
    is_one_point = cell["west"] == cell["east"] and cell["south"] == cell["north"]
    return cell["count"] <= MOST_MEMBERS or is_one_point or viewport.zoom >= _CLOSEST_ZOOM


def _shown(ids: set[int]) -> dict[int, dict[str, Any]]:
    """Return what the map tells of solutions, the newest first."""
    rows = Solution.objects.filter(pk__in=ids).newest().select_related("country")
    fields = ("slug", "title", "language", "translations", "place_name", "position_precision")
    names = (f"country__name_{language}" for language in ("es", "en", "pt"))
    return {solution.pk: _item(solution) for solution in rows.only(*fields, "country__code", *names)}


def _item(solution: Solution) -> dict[str, Any]:
    text = solution.shown
    return {
        "title": text.title,
        "language": text.language,
        "url": solution.get_absolute_url(),
        "place": _place(solution),
    }


def _place(solution: Solution) -> str:
    place = ", ".join(filter(None, (solution.place_name, solution.country.name)))
    return f"{place} · {_('todo el país')}" if solution.is_country_wide else place


def _feature(cell: dict[str, Any], viewport: Viewport, shown: dict[int, dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(cell["lon"], 5), round(cell["lat"], 5)]},
        "properties": {
            "count": cell["count"],
            "is_country_wide": cell["country_wide"] == cell["count"],
            "bounds": [round(cell[edge], 6) for edge in ("west", "south", "east", "north")],
            "members": _members(cell, shown) if _is_listed(cell, viewport) else [],
        },
    }


def _members(cell: dict[str, Any], shown: dict[int, dict[str, Any]]) -> list[dict[str, Any]]:
    ids = set(cell["ids"])
    return [item for pk, item in shown.items() if pk in ids][:MOST_MEMBERS]
