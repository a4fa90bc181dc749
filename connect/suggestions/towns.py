"""The municipalities like a person's own in which the directory has somebody."""

import math
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from connect.models import DirectoryEntry
from portal.core.kept import kept
from portal.places.models import Municipality
from portal.places.services.similar_municipalities import TELLING_RATIO, similar_municipalities

MOST_TOWNS = 20
# People join and leave; which towns are alike changes with a census.
_SECONDS = 3600
SIZE, REGION, OTHER = "size", "region", "other"


@dataclass(frozen=True)
class SimilarTown:
    """A municipality like the reader's.

    Args:
        score: how alike, from 0 to 1.
        likeness: what people would say they share: "size", "region" or "other".
    """

    score: float
    likeness: str


def towns_like(municipality_id: int, *, audience: str) -> dict[int, SimilarTown]:
    """Return the municipalities most like one where this audience finds anybody, by their keys; kept for an hour."""
    key = f"connect:similar-towns:{audience}:{municipality_id}"
    # In a box of its own, because nothing is kept of what is empty.
    (towns,) = kept(key, _SECONDS, lambda: (_read(municipality_id, audience),))
    return towns


def _read(municipality_id: int, audience: str) -> dict[int, SimilarTown]:
    town = Municipality.objects.select_related("country").filter(pk=municipality_id).first()
    if town is None:
        return {}
    people = DirectoryEntry.objects.filter(municipality=OuterRef("pk"), audience=audience)
    matches = similar_municipalities(
        town, limit=MOST_TOWNS, among=Municipality.objects.filter(Exists(people))
    )
    return {
        match.municipality.pk: SimilarTown(match.score, _likeness(town, match.municipality))
        for match in matches
    }


def _likeness(one: Municipality, other: Municipality) -> str:
    if one.population and other.population:
        distance = abs(math.log(other.population / one.population))
        if distance <= math.log(TELLING_RATIO):
            return SIZE
    is_near = bool(one.region_code) and (one.country_id, one.region_code) == (
        other.country_id,
        other.region_code,
    )
    return REGION if is_near else OTHER
