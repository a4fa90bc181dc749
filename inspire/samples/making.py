"""Making one invented solution, always the same one for a number and a seed."""

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from inspire.models import Solution, SolutionPerson
from inspire.samples.cities import Cities, City
from inspire.samples.phrases import falling_weights, maybe, phrases, some
from inspire.samples.texts import Subject, other_texts, spanish_texts
from portal.topics.models import Topic

SOURCE = "sample"
# Ten years that end before this was written: what is real and new stands before it.
_FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
_SECONDS = 10 * 365 * 24 * 3600
_FIRST_YEAR, _LAST_YEAR = 1995, 2026
_AREA_SHRINK = 0.85
# Each with how often it is drawn.
_LEVELS = {Solution.Level.LOCAL: 88, Solution.Level.REGIONAL: 8, Solution.Level.NATIONAL: 4}
_STAGES = {"": 5, "idea": 5, "pilot": 20, "running": 45, "scaled": 12, "ended": 13}
_COSTS = {"": 30, "none": 8, "low": 30, "medium": 20, "high": 10, "very_high": 2}
_TRANSLATED = {(): 80, ("en",): 10, ("pt",): 4, ("en", "pt"): 6}
_ROLES = {(): 55, ("contact",): 25, ("author", "contact"): 12, ("implementer",): 8}


@dataclass(slots=True)
class Made:
    """An invented solution that is not saved, with the people behind it; areas and topics are its slugs."""

    solution: Solution
    people: list[SolutionPerson]


class Maker:
    """Makes invented solutions of the places and topics that this installation has."""

    def __init__(self, cities: Cities, seed: int) -> None:
        self._cities = cities
        self._seed = seed
        # What the installation took out of its topics has no examples.
        names = {
            topic.slug: {"es": topic.name_es, "en": topic.name_en, "pt": topic.name_pt}
            for topic in Topic.objects.all()
        }
        self._topic_names = names
        self._topics = {
            area: {slug: actions for slug, actions in told["topics"].items() if slug in names}
            for area, told in phrases()["areas"].items()
        }
        self._areas = [area for area, topics in self._topics.items() if topics]

    def make(self, number: int) -> Made:
        """Return the example of a number."""
        draw = Random(self._seed * 1_000_003 + number)  # noqa: S311 nothing secret
        city = self._cities.draw(draw)
        areas = list(dict.fromkeys(self._some_areas(draw)))
        topic = draw.choice(list(self._topics[areas[0]]))
        action = draw.choice(self._topics[areas[0]][topic])
        subject = Subject(number, areas[0], action, self._topic_names[topic], city.name)
        values = self._told(draw, subject, city) | self._facts(draw, areas[0]) | self._place(draw, city)
        solution = Solution(
            slug=f"ejemplo-inventado-{number}", source=SOURCE, source_id=str(number), is_sample=True, **values
        )
        solution.area_slugs = areas
        solution.topic_slugs = list(dict.fromkeys([topic, *self._another_topic(draw, areas[0])]))
        # Invented people have no accounts.
        solution.account_ids = []
        return Made(solution, self._people(draw, areas[0]))

    def _some_areas(self, draw: Random) -> list[str]:
        count = 2 if draw.random() < 0.25 else 1
        return draw.choices(self._areas, cum_weights=falling_weights(len(self._areas), _AREA_SHRINK), k=count)

    def _another_topic(self, draw: Random, area: str) -> list[str]:
        return [draw.choice(list(self._topics[area]))] if draw.random() < 0.3 else []

    def _told(self, draw: Random, subject: Subject, city: City) -> dict[str, Any]:
        """Tell it in the language of its country, and now and then in others."""
        languages: tuple[str, ...] = _one_of(draw, _TRANSLATED)
        original = "pt" if city.country in ("BR", "PT") and draw.random() < 0.7 else "es"
        texts = spanish_texts(draw, subject) if original == "es" else other_texts(draw, subject, original)
        translations = {name: other_texts(draw, subject, name) for name in languages if name != original}
        return texts | {"language": original, "translations": translations}

    def _facts(self, draw: Random, area: str) -> dict[str, Any]:
        general = phrases()["general"]
        published = _FIRST_DAY + timedelta(seconds=draw.randrange(_SECONDS))
        # Most are of the last years.
        year = _LAST_YEAR - int((_LAST_YEAR - _FIRST_YEAR + 1) * draw.random() ** 2)
        stage = _one_of(draw, _STAGES)
        return {
            "stage": stage,
            "cost_band": _one_of(draw, _COSTS),
            "start_year": year if draw.random() < 0.94 else None,
            "end_year": min(year + draw.randint(1, 8), _LAST_YEAR) if stage == "ended" else None,
            "sdgs": sorted({*draw.sample(phrases()["areas"][area]["sdgs"], 1), *self._another_goal(draw)}),
            "tags": some(draw, general["tags"], 0, 3),
            "recognitions": [found] if (found := maybe(draw, 0.08, general["recognitions"])) else [],
            "source_name": "Ejemplos inventados por el portal",
            "licence": "CC0 1.0",
            "status": Solution.Status.PUBLISHED,
            "published_at": published,
            "created_at": published,
            "updated_at": published,
        }

    def _another_goal(self, draw: Random) -> list[int]:
        return [draw.randint(1, 17)] if draw.random() < 0.3 else []

    def _place(self, draw: Random, city: City) -> dict[str, Any]:
        level = _one_of(draw, _LEVELS)
        if level == Solution.Level.NATIONAL:
            return {"level": level, "country_id": city.country} | self._capital(city.country)
        place = {
            "level": level,
            "country_id": city.country,
            "municipality_id": city.pk,
            "place_name": city.name,
        }
        kind = draw.random()
        if kind < 0.08:
            return place
        if kind < 0.4:
            return place | _position(city.latitude, city.longitude, "place")
        # Somewhere in town: the bigger, the farther from its centre, up to some 15 km.
        radius = min(0.15, 0.0001 * math.sqrt(city.population)) * math.sqrt(draw.random())
        angle = draw.random() * math.tau
        latitude = max(-89.0, min(89.0, city.latitude + radius * math.sin(angle)))
        longitude = max(-179.9, min(179.9, city.longitude + radius * math.cos(angle)))
        return place | _position(round(latitude, 6), round(longitude, 6), "exact")

    def _capital(self, country: str) -> dict[str, Any]:
        capital = self._cities.capitals.get(country)
        if capital is None or capital.latitude is None or capital.longitude is None:
            return {}
        return _position(capital.latitude, capital.longitude, "country")

    def _people(self, draw: Random, area: str) -> list[SolutionPerson]:
        return [
            SolutionPerson(
                role=role,
                name=f"Persona de ejemplo {draw.randint(1, 500)}",
                position=phrases()["areas"][area]["office"],
                organisation="Municipio de ejemplo",
                order=order,
            )
            for order, role in enumerate(_one_of(draw, _ROLES))
        ]


def _one_of(draw: Random, weights: dict[Any, int]) -> Any:
    return draw.choices(list(weights), list(weights.values()))[0]


def _position(latitude: float, longitude: float, precision: str) -> dict[str, Any]:
    return {"latitude": latitude, "longitude": longitude, "position_precision": precision}
