"""The signed results of municipalities, in random order, a batch at a time.

What is kept while a file is sent is a number for each response (12 bytes), and one batch.
"""

import random
import secrets
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import F
from django.db.models.functions import ExtractQuarter, ExtractYear

from evaluate.engine.scoring.scores import FORMAT
from evaluate.exporting.anonymity import NOTHING, Traits, said_of
from evaluate.models import EvaluationRun, QuestionnaireVersion
from evaluate.network.filters import NetworkFilter, band_of, province_of

BATCH = 200
READ_AT_ONCE = 2_000


@dataclass(frozen=True)
class Response:
    """One municipality's signed result without whose it is."""

    id: str
    version_id: int
    traits: Traits
    total: float | None
    questions: list[dict[str, Any]]


class Responses:
    """The responses to one questionnaire that an export holds; fewer than five to one of its versions are none."""

    def __init__(self, chosen: NetworkFilter, questionnaire_id: int) -> None:
        self._runs = array("q")
        self._traits = array("i")
        self._said: list[Traits] = []
        self._read(chosen, questionnaire_id)

    def __len__(self) -> int:
        return len(self._runs)

    @property
    def versions(self) -> list[QuestionnaireVersion]:
        """The versions that were answered, the latest first, with their questions."""
        found: set[int] = set()
        for start in range(0, len(self._runs), READ_AT_ONCE):
            runs = EvaluationRun.objects.filter(pk__in=self._runs[start : start + READ_AT_ONCE])
            found |= set(runs.order_by().values_list("evaluation__version", flat=True).distinct())
        return list(QuestionnaireVersion.objects.filter(pk__in=found).order_by("-number"))

    def __iter__(self) -> Iterator[Response]:
        """Yield them in an order that has nothing to do with their ids, each under an id of this export only."""
        order = array("q", range(len(self._runs)))
        random.SystemRandom().shuffle(order)
        for start in range(0, len(order), BATCH):
            places = order[start : start + BATCH]
            found = self._batch([self._runs[place] for place in places])
            for place in places:
                # A run that was taken out meanwhile is left out.
                if row := found.get(self._runs[place]):
                    traits = self._said[self._traits[place]]
                    yield Response(secrets.token_hex(8), row[0], traits, row[1], row[2])

    def _read(self, chosen: NetworkFilter, questionnaire_id: int) -> None:
        """Note each run and its traits, and what may be said of them, from one look at the table.

        Each version is a file of its own for that: whoever answered an old one could be told by it otherwise.
        """
        rows = chosen.results.filter(questionnaire=questionnaire_id).values_list(
            "run_id",
            "run__evaluation__version_id",
            "run__evaluation__published_at",
            province_of("municipality__"),
            band_of("municipality__"),
            ExtractYear("submitted_at"),
            ExtractQuarter("submitted_at"),
        )
        places: dict[tuple[int, Traits], int] = {}
        unknown: dict[int, Counter[Traits]] = defaultdict(Counter)
        public: dict[int, Counter[Traits]] = defaultdict(Counter)
        for run, version, published_at, province, band, year, quarter in rows.order_by().iterator(
            READ_AT_ONCE
        ):
            traits = Traits(province, str(band), str(year), str(quarter))
            (public if published_at else unknown)[version][traits] += 1
            self._runs.append(run)
            self._traits.append(places.setdefault((version, traits), len(places)))
        said = {version: said_of(unknown[version], public[version]) for version, _traits in places}
        self._keep([said[version].get(traits) for version, traits in places])

    def _keep(self, said: list[Traits | None]) -> None:
        """Leave out the responses of which nothing may be shown, not even that they are there."""
        kept = [
            (run, mark) for run, mark in zip(self._runs, self._traits, strict=True) if said[mark] is not None
        ]
        self._runs = array("q", (run for run, _mark in kept))
        self._traits = array("i", (mark for _run, mark in kept))
        self._said = [traits or NOTHING for traits in said]

    def _batch(self, runs: list[int]) -> dict[int, tuple[int, float | None, list[dict[str, Any]]]]:
        rows = EvaluationRun.objects.filter(pk__in=runs).values_list(
            "pk", F("evaluation__version"), "score", "result__format", "result__criteria"
        )
        return {
            pk: (version, score, [question for each in criteria for question in each["questions"]])
            for pk, version, score, shape, criteria in rows.order_by()
            if shape == FORMAT
        }
