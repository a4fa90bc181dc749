"""What the map shows of a set of solutions: at most two hundred points, each of them one solution or many."""

from collections.abc import Callable
from hashlib import sha256
from itertools import chain
from typing import TYPE_CHECKING, Any, TypeVar

from django.conf import settings
from django.core.cache import cache
from django.db.models.fields.json import KT
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from inspire.counts import MOST_COUNTED, Count
from inspire.map_box import Box
from inspire.map_everything import Everything
from inspire.map_filtered import Filtered
from inspire.map_groups import MOST_MEMBERS, Found, Group
from inspire.map_merging import merged
from inspire.map_viewport import MOST_FEATURES, Viewport, read_viewport
from inspire.models import Solution
from inspire.querysets import SolutionQuerySet
from portal.core.kept import kept
from portal.core.visitor_cache import GENERATION_KEY

if TYPE_CHECKING:
    from inspire.filters import SolutionFilter

__all__ = ["MOST_FEATURES", "Viewport", "map_data", "map_data_of", "map_extent_of", "read_viewport"]

MOST_LISTED = 20
_ANY_SLUG = "de-cualquiera"
COUNTRY_LANGUAGES = ("es", "en", "pt")
# So that an answer stays small: members that markers list, all together.
MOST_LISTED_BY_MARKERS = 200
Value = TypeVar("Value")
# A filter's groups are kept while its readers move about.
_KEPT_SECONDS = 60


def map_data_of(filters: "SolutionFilter", viewport: Viewport) -> dict[str, Any]:
    """Return `map_data` of what filters leave: of counted cells where that is everything, else kept for a while."""
    if _leave_everything(filters):
        return map_data(filters.found, viewport, is_everything=True)
    return map_data(filters.found, viewport, name=filters.fingerprint)


def map_extent_of(filters: "SolutionFilter") -> Box | None:
    """Return a box that holds every position that filters leave; None when there is none."""
    if _leave_everything(filters):
        return Everything().extent()
    return _kept(f"{filters.fingerprint}:extent", Filtered(filters.found).extent)


def map_data(
    found: SolutionQuerySet, viewport: Viewport, *, is_everything: bool = False, name: str = ""
) -> dict[str, Any]:
    """Return GeoJSON of the clusters, how many solutions have a position at all, and a list of those in view.

    Args:
        found: what the filters left.
        viewport: the part of the world to show, and how closely.
        is_everything: whether that is every published solution, which is read from counted cells.
        name: tells this set from all others; groups of a set with a name are kept for a while.
    """
    source = Everything() if is_everything else Filtered(found)
    seen = _kept(_place(name, viewport), lambda: source.find(viewport, MOST_LISTED))
    groups = sorted(merged(seen.groups, viewport.zoom), key=lambda group: -group.count)
    members = _members_each(groups)
    listing = [group for group in groups if _lists(group, members)]
    source.list_members(listing, members)
    total = _total(source, seen, viewport, name)
    shown = _shown({*seen.newest, *chain.from_iterable(group.ids for group in listing)})
    return {
        "type": "FeatureCollection",
        "total": total.number,
        "is_total_least": total.is_least,
        "in_view": seen.in_view,
        "listed": [shown[pk] for pk in seen.newest if pk in shown],
        "features": [_feature(group, shown, members) for group in groups],
    }


def _leave_everything(filters: "SolutionFilter") -> bool:
    """Say whether filters leave every solution that the map could show."""
    return not filters.asked.keys() - {"positioned"}


def _place(name: str, viewport: Viewport) -> str:
    """Return where the groups of a set are kept for all viewports that show the same cells."""
    return name and f"{name}:{viewport.window}:{viewport.in_view}"


def _kept(place: str, make: Callable[[], Value]) -> Value:
    """Return what is kept of a set for as long as nothing was published or changed, or make it."""
    if not place:
        return make()
    # Asked before the database is: what changes meanwhile raises the generation once it can be read.
    generation = cache.get(GENERATION_KEY, 0)
    key = sha256(f"{generation}:{place}".encode()).hexdigest()
    return kept(f"inspire:map:{key}", min(_KEPT_SECONDS, settings.VISITOR_CACHE_SECONDS), make)


def _total(source: Everything | Filtered, seen: Found, viewport: Viewport, name: str) -> Count:
    """Return how many have a position, as far as the list counts a filtered set."""
    if isinstance(source, Filtered) and viewport.window.is_world:
        number = sum(group.count for group in seen.groups)
        return Count(min(number, MOST_COUNTED), number > MOST_COUNTED)
    return _kept(name and f"{name}:total", source.total)


def _members_each(groups: list[Group]) -> int:
    """Return how many members a marker may list, so that all together are not too many for one answer."""
    for most in range(MOST_MEMBERS, 1, -1):
        if sum(min(group.count, most) for group in groups if _lists(group, most)) <= MOST_LISTED_BY_MARKERS:
            return most
    return 1


def _lists(group: Group, most: int) -> bool:
    """Say whether a marker lists its members: there are few, or no zoom would part them."""
    return group.count <= most or group.is_unparted


def _shown(ids: set[int]) -> dict[int, dict[str, Any]]:
    """Return what the map tells of solutions in the reader's language, the newest first.

    Rows, not objects: a map names hundreds, ten times as quickly.
    """
    language = (get_language() or "es")[:2]
    translated = KT(f"translations__{language}__title")
    country = f"country__name_{language if language in COUNTRY_LANGUAGES else 'es'}"
    rows = Solution.objects.filter(pk__in=ids).newest().annotate(translated=translated)
    told = rows.values_list(
        "pk", "slug", "title", "language", "translated", "place_name", "position_precision", country
    )
    before, _slug, after = reverse("inspire:solution-detail", args=[_ANY_SLUG]).partition(_ANY_SLUG)
    return {pk: _item(language, f"{before}{slug}{after}", *row) for pk, slug, *row in told}


def _item(
    wanted: str,
    url: str,
    title: str,
    language: str,
    translated: str | None,
    town: str,
    precision: str,
    country: str,
) -> dict[str, Any]:
    place = ", ".join(filter(None, (town, country)))
    is_country_wide = precision == Solution.PositionPrecision.COUNTRY
    is_translated = bool(translated) and wanted != language
    return {
        "title": translated if is_translated else title,
        "language": wanted if is_translated else language,
        "url": url,
        "place": f"{place} · {_('todo el país')}" if is_country_wide else place,
    }


def _feature(group: Group, shown: dict[int, dict[str, Any]], most: int) -> dict[str, Any]:
    # Of one point the whole cell, whose edges tell the list the same solutions.
    box = group.point.box if group.point else group.box
    return {
        "type": "Feature",
        "geometry": {
            "type": "Point",
            "coordinates": [round(group.longitude, 5), round(group.latitude, 5)],
        },
        "properties": {
            "count": group.count,
            "is_country_wide": group.is_country_wide,
            "bounds": [round(edge, 6) for edge in (box.west, box.south, box.east, box.north)],
            "members": _members(group, shown, most) if _lists(group, most) else [],
        },
    }


def _members(group: Group, shown: dict[int, dict[str, Any]], most: int) -> list[dict[str, Any]]:
    ids = set(group.ids)
    return [item for pk, item in shown.items() if pk in ids][:most]
