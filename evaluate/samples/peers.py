"""Towns to compare with: some of the same province and some of others, of its own size and of another."""

from collections.abc import Iterator
from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from evaluate.models import Evaluation, Questionnaire
from evaluate.samples.answers import Character, answer_sections, sample_start, score, sign
from portal.accounts.models import Membership
from portal.places.models import Municipality
from portal.places.population_bands import population_band

# So many of each kind that every group of peers has enough, also after the others are taken from it.
EACH_KIND = 6
LOOKED_AT = 400
DAYS_BETWEEN = 11


def create_peers(own: Municipality, questionnaire: Questionnaire) -> int:
    """Give a result to towns around one; returns to how many."""
    made = 0
    for number, town in enumerate(_towns(own, questionnaire)):
        at = timezone.now() - timedelta(days=10 + DAYS_BETWEEN * number)
        with transaction.atomic():
            evaluation = sample_start(None, questionnaire, town)
            if evaluation is None:
                continue
            # Steps that have nothing in common with the ten levels make each town another.
            answer_sections(evaluation, [None], Character(offset=number * 3, lift=(number % 4) - 1))
            run = sign(evaluation, None, at)
        score(run, at)
        made += 1
    return made


def _towns(own: Municipality, questionnaire: Questionnaire) -> Iterator[Municipality]:
    """Choose towns of the same country, the nearest in size first; those where real people work are left alone."""
    if own.population is None:
        return
    band = population_band(own.population)
    counts: dict[tuple[bool, bool], int] = {}
    provinces: set[tuple[str, bool]] = set()
    for town in _candidates(own, questionnaire):
        is_near, is_alike = town.region_code == own.region_code, population_band(town.population or 0) == band
        kind = (is_near, is_alike)
        if counts.get(kind, 0) >= EACH_KIND or (town.region_code, is_alike) in provinces:
            continue
        counts[kind] = counts.get(kind, 0) + 1
        if not is_near:
            provinces.add((town.region_code, is_alike))
        yield town


def _candidates(own: Municipality, questionnaire: Questionnaire) -> list[Municipality]:
    taken = Evaluation.objects.filter(questionnaire=questionnaire, municipality__isnull=False)
    lived_in = Membership.objects.open()
    towns = (
        Municipality.objects.in_country(own.country_id)
        .filter(population__isnull=False)
        .exclude(pk=own.pk)
        .exclude(pk__in=taken.values("municipality"))
        .exclude(pk__in=lived_in.values("municipality"))
    )
    size = own.population or 0
    smaller = towns.filter(population__lte=size).order_by("-population", "pk")[:LOOKED_AT]
    larger = towns.filter(population__gt=size).order_by("population", "pk")[:LOOKED_AT]
    return sorted([*smaller, *larger], key=lambda town: (abs((town.population or 0) - size), town.pk))
