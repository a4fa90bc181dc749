"""How the values of facets are called in the reader's language."""

import hashlib
from collections import Counter
from collections.abc import Callable, Collection

from django.db import connection
from django.db.models import TextChoices

from portal.core.kept import kept
from portal.places.models import Country
from portal.places.population_bands import BANDS, band_label
from portal.topics.labels import Label, area_labels, topic_labels

Labels = dict[str, str]
# Places are renamed by imports alone; a list of hundreds of provinces is read once for many readers.
_SECONDS = 300
# One look into an index for each province, however many municipalities it has.
_REGION_NAMES = """
    SELECT key, (
        SELECT region_name FROM places_municipality
        WHERE country_id = left(key, 2) AND region_code = substr(key, 4) AND region_name <> '' LIMIT 1)
    FROM unnest(%s::text[]) AS key
"""


def of_countries(values: Collection[str]) -> Labels:
    """Name countries by their ISO codes."""
    known = kept("facets:countries", _SECONDS, _countries) or {}
    return {value: str(known[value]) for value in values if value in known}


def of_provinces(values: Collection[str]) -> Labels:
    """Name provinces by country and code ("AR-06"); namesakes say in which country they are."""
    if not values:
        return {}
    asked = sorted(values)
    key = hashlib.sha256("|".join(asked).encode()).hexdigest()
    names = kept(f"facets:provinces:{key}", _SECONDS, lambda: _provinces(asked))
    namesakes = Counter(names.values())
    return {key: f"{name} ({key[:2]})" if namesakes[name] > 1 else name for key, name in names.items()}


def of_areas(values: Collection[str]) -> Labels:
    """Name policy areas by their slugs."""
    return _known(area_labels(), values)


def of_topics(values: Collection[str]) -> Labels:
    """Name topics by their slugs."""
    return _known(topic_labels(), values)


def of_choices(choices: type[TextChoices]) -> Callable[[Collection[str]], Labels]:
    """Return what names the values that a field of a model may have."""

    def labels(values: Collection[str]) -> Labels:
        named = {value: str(label) for value, label in choices.choices}
        return {value: named[value][:1].upper() + named[value][1:] for value in values if value in named}

    return labels


def of_populations(values: Collection[str]) -> Labels:
    """Name bands of population by their numbers."""
    named = {str(band): band_label(band) for band in BANDS}
    return {value: named[value] for value in values if value in named}


def as_they_are(values: Collection[str]) -> Labels:
    """Leave values that are names already."""
    return {value: value for value in values}


def _known(labels: dict[str, Label], values: Collection[str]) -> Labels:
    return {value: str(labels[value]) for value in values if value in labels}


def _countries() -> dict[str, Label]:
    return {
        country.code: Label(country.code, country.name_es, country.name_en, country.name_pt)
        for country in Country.objects.all()
    }


def _provinces(keys: list[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(_REGION_NAMES, [keys])
        return {key: name for key, name in cursor.fetchall() if name}
