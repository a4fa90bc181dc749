"""Which municipalities are like another, and why: the peers that a town may learn from and compare itself with."""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from portal.places.models import Municipality

POPULATION_WEIGHT = 0.6
REGION_WEIGHT = 0.2
CATEGORY_WEIGHT = 0.2
# Towns of more than four times, or less than a quarter of, the population have nothing in common by size.
FARTHEST_RATIO = 4
# Said in words only where people would say so themselves.
TELLING_RATIO = 1.5
CANDIDATES_PER_SIDE = 60


@dataclass(frozen=True)
class Match:
    """A municipality that is like another.

    Args:
        score: from 0 (nothing in common) to 1 (the same in everything that is looked at).
        reasons: what they have in common, each a short sentence, most important first.
    """

    municipality: Municipality
    score: float
    reasons: list[str]


def similar_municipalities(
    municipality: Municipality, limit: int = 10, *, among: QuerySet[Municipality] | None = None
) -> list[Match]:
    """Return the municipalities most like one, those of its own country first, each with the reasons in words.

    Population counts for 0.6, on a logarithmic scale, because 10,000 and 20,000 people are as far apart as 100,000
    and 200,000; a shared province or region for 0.2 and a shared category of government for 0.2. It is the "nearest
    neighbours" model by which England's councils choose whom to compare themselves with (CIPFA, Nearest Neighbours
    Model: a weighted distance over population and kind of authority), cut down to what every register knows. The
    logarithm follows the distribution of towns' sizes (J. Eeckhout, "Gibrat's Law for (All) Cities", 2004).

    Candidates come from a band of population around the municipality's own, through an index; the number of queries
    does not depend on how many municipalities there are.

    Args:
        municipality: the one to find peers for.
        limit: how many to return at most.
        among: the municipalities to choose from; all of them when not given.
    """
    known = Municipality.objects.all() if among is None else among
    at_home = _ranked(municipality, _candidates(municipality, known, is_home=True))
    if len(at_home) >= limit or not municipality.population:
        return at_home[:limit]
    abroad = _ranked(municipality, _candidates(municipality, known, is_home=False))
    return (at_home + abroad)[:limit]


def _candidates(
    municipality: Municipality, known: QuerySet[Municipality], *, is_home: bool
) -> Iterator[Municipality]:
    """Yield the municipalities next in population above and below, and those of the same region."""
    others = known.exclude(pk=municipality.pk).select_related("country")
    if is_home:
        others = others.filter(country_id=municipality.country_id)
        # Where a register told what is a government, a place without a category is a neighbourhood or a village.
        others = others.exclude(category="") if municipality.category else others
    else:
        others = others.exclude(country_id=municipality.country_id)
    population = municipality.population
    if population:
        above = others.filter(population__range=(population, population * FARTHEST_RATIO))
        below = others.filter(population__gte=population / FARTHEST_RATIO, population__lt=population)
        yield from above.order_by("population", "id")[:CANDIDATES_PER_SIDE]
        yield from below.order_by("-population", "-id")[:CANDIDATES_PER_SIDE]
    if is_home and municipality.region_code:
        yield from _of_the_region(others, municipality)


def _of_the_region(others: QuerySet[Municipality], municipality: Municipality) -> QuerySet[Municipality]:
    in_region = others.filter(region_code=municipality.region_code)
    if not municipality.population:
        return in_region.filter(category=municipality.category).order_by("normalised_name", "id")[
            :CANDIDATES_PER_SIDE
        ]
    band = (municipality.population / FARTHEST_RATIO, municipality.population * FARTHEST_RATIO)
    return in_region.filter(population__range=band).order_by()


def _ranked(municipality: Municipality, candidates: Iterable[Municipality]) -> list[Match]:
    different = {candidate.pk: candidate for candidate in candidates}
    matches = [_match(municipality, candidate) for candidate in different.values()]
    telling = [match for match in matches if match.reasons]
    return sorted(
        telling, key=lambda match: (-match.score, match.municipality.normalised_name, match.municipality.pk)
    )


def _match(one: Municipality, other: Municipality) -> Match:
    shared = [_shared_population(one, other), _shared_region(one, other), _shared_category(one, other)]
    score = sum(points for points, _reason in shared)
    return Match(other, round(score, 4), [reason for _points, reason in shared if reason])


def _shared_population(one: Municipality, other: Municipality) -> tuple[float, str]:
    if not one.population or not other.population:
        return 0.0, ""
    distance = abs(math.log(other.population / one.population))
    points = POPULATION_WEIGHT * max(0.0, 1 - distance / math.log(FARTHEST_RATIO))
    if distance > math.log(TELLING_RATIO):
        return points, ""
    figures = {"other": _figure(other.population), "one": _figure(one.population)}
    return points, _("Población parecida: %(other)s y %(one)s habitantes") % figures


def _shared_region(one: Municipality, other: Municipality) -> tuple[float, str]:
    if one.country_id != other.country_id or not one.region_code or one.region_code != other.region_code:
        return 0.0, ""
    if one.country_id == "AR":
        return REGION_WEIGHT, _("Misma provincia: %(name)s") % {"name": one.region_name}
    name = one.region_name or other.region_name
    return REGION_WEIGHT, _("Misma región: %(name)s") % {"name": name} if name else _("Misma región")


def _shared_category(one: Municipality, other: Municipality) -> tuple[float, str]:
    if not one.category or one.category != other.category:
        return 0.0, ""
    return CATEGORY_WEIGHT, _("Misma categoría: %(name)s") % {"name": one.category}


def _figure(number: int) -> str:
    return number_format(number, force_grouping=True)
