"""Whom a town is compared with: the groups, and the results in them."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from evaluate.models import CurrentResult, PeerGroup
from portal.places.models import Municipality
from portal.places.population_bands import BOUNDS, population_band
from portal.places.services.similar_municipalities import similar_municipalities

# So many, the town itself included: enough for quartiles, few enough to be alike.
SIMILAR = 40
Family = PeerGroup.Family


@dataclass(frozen=True)
class Scope:
    """Which results can be compared at all: of one questionnaire, scored alike, all invented or all real."""

    questionnaire_id: int
    signature: str
    is_sample: bool = False

    @property
    def fields(self) -> dict[str, Any]:
        """The same as fields of a model."""
        return {
            "questionnaire_id": self.questionnaire_id,
            "signature": self.signature,
            "is_sample": self.is_sample,
        }


@dataclass(frozen=True)
class GroupKey:
    """One peer group within a scope. Whose results it holds depends on nothing else."""

    family: str
    key: str = ""


def group_keys(municipality: Municipality | None) -> list[GroupKey]:
    """Return the groups that a town may look at, in the order in which they are released."""
    found = [GroupKey(Family.ALL)]
    if municipality is None:
        return found
    if municipality.region_code:
        found.append(GroupKey(Family.PROVINCE, province_key(municipality)))
    if municipality.population:
        found.append(GroupKey(Family.POPULATION, str(population_band(municipality.population))))
    return [*found, GroupKey(Family.SIMILAR, str(municipality.pk))]


def province_key(municipality: Municipality) -> str:
    """Return what tells a province from those of other countries."""
    return f"{municipality.country_id}-{municipality.region_code}"


def results_of(scope: Scope, group: GroupKey) -> QuerySet[CurrentResult]:
    """Return the results that a group holds now; those in which nothing counted are in none."""
    results = CurrentResult.objects.filter(**scope.fields, share__isnull=False)
    match group.family:
        case Family.ALL:
            return results
        case Family.PROVINCE:
            country, _dash, region = group.key.partition("-")
            return results.filter(municipality__country=country, municipality__region_code=region)
        case Family.POPULATION:
            return results.filter(**_band_limits(int(group.key)))
    return results.filter(municipality__in=_similar_with_result(scope, int(group.key)))


def _band_limits(band: int) -> dict[str, int]:
    limits = {"municipality__population__gte": BOUNDS[band - 1] if band else 1}
    if band < len(BOUNDS):
        limits["municipality__population__lt"] = BOUNDS[band]
    return limits


def _similar_with_result(scope: Scope, municipality_id: int) -> list[int]:
    """Return a town and the most similar ones among those with a result."""
    municipality = Municipality.objects.get(pk=municipality_id)
    answered = CurrentResult.objects.filter(**scope.fields, share__isnull=False).values("municipality")
    among = Municipality.objects.filter(pk__in=answered)
    matches = similar_municipalities(municipality, SIMILAR - 1, among=among)
    return [municipality.pk, *(match.municipality.pk for match in matches)]
