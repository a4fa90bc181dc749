"""Signed results of thousands of towns, written by COPY: what comparisons and exports are measured on."""

import json
import random
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection
from django.utils import timezone

from evaluate.engine.definition import FormDefinition
from evaluate.engine.scoring import score
from evaluate.engine.state import FormState
from evaluate.models import Answer, CurrentResult, Evaluation, EvaluationRun, Questionnaire
from evaluate.services.definitions import definition_of
from portal.core.bulk import copy_rows
from portal.places.models import Municipality

# So many ways of answering are scored by the engine; the towns take one each.
WAYS = 200
NOT_APPLICABLE_EVERY = 25
FIRST_DAY = datetime(2025, 1, 1, tzinfo=UTC)
DAYS = 650


@dataclass(frozen=True)
class Way:
    """One way of answering a questionnaire, with what comes of it."""

    answers: list[tuple[str, str, bool]]
    result: str
    shares: str
    share: Decimal
    signature: str


def results_grow(questionnaire: Questionnaire, towns: int, *, with_answers: bool) -> int:
    """Give so many towns a signed result in a questionnaire, unless they have it; returns how many have one."""
    there = CurrentResult.objects.filter(questionnaire=questionnaire).count()
    if there >= towns:
        return there
    version = questionnaire.versions.published().get()
    chance = random.Random(questionnaire.pk)
    ways = [_way(definition_of(version), chance) for _number in range(WAYS)]
    taken = CurrentResult.objects.filter(questionnaire=questionnaire).values("municipality")
    places = Municipality.objects.exclude(pk__in=taken).order_by("-population", "pk")
    keys = list(islice(places.values_list("pk", flat=True), towns - there))
    chosen = [ways[chance.randrange(WAYS)] for _key in keys]
    with connection.cursor() as cursor:
        first = _write(cursor, questionnaire.pk, version.pk, keys, chosen)
        if with_answers:
            columns = ["evaluation_id", "path", "value", "is_not_applicable", "reason", "answered_at"]
            copy_rows(cursor, Answer._meta.db_table, columns, _answers(first, chosen))
        tables = (Evaluation, Answer, EvaluationRun, CurrentResult)
        cursor.execute(f"VACUUM ANALYZE {', '.join(model._meta.db_table for model in tables)}")
    return there + len(keys)


def _way(definition: FormDefinition, chance: random.Random) -> Way:
    """Answer as a town does that is good or bad as a whole, with some that does not apply."""
    talent = chance.random()
    answers: dict[str, Any] = {}
    excused: dict[str, str] = {}
    for question in definition.questions:
        if not definition.is_scored_question(question):
            continue
        choices = definition.choice_lists[question.choice_list]
        place = round(talent * (len(choices) - 1) + chance.uniform(-1, 1))
        answers[question.path] = choices[min(max(place, 0), len(choices) - 1)].name
        if definition.not_applicable_rule(question) != "no" and not chance.randrange(NOT_APPLICABLE_EVERY):
            excused[question.path] = "No es competencia del municipio."
    state = FormState(definition, answers, now=timezone.now(), language="es", not_applicable=excused)
    found = score(definition, state)
    share = found.share or 0
    return Way(
        [(path, json.dumps(value), path in excused) for path, value in answers.items()],
        json.dumps(found.to_json()),
        json.dumps(found.shares()),
        (Decimal(share.numerator) / Decimal(share.denominator)).quantize(Decimal("1E-9")),
        found.signature,
    )


def _write(cursor: Any, questionnaire: int, version: int, keys: Sequence[int], ways: Sequence[Way]) -> int:
    """Write evaluations, their runs and the current results under numbers of their own; returns the first."""
    first = _reserved(cursor, Evaluation, len(keys))
    runs = _reserved(cursor, EvaluationRun, len(keys))
    now = timezone.now()
    copy_rows(
        cursor,
        Evaluation._meta.db_table,
        [
            "id", "public_id", "created_at", "updated_at", "questionnaire_id", "version_id", "municipality_id",
            "status", "started_at", "submitted_at", "repeat_counts", "is_sample",
        ],
        (
            (first + place, uuid.uuid4(), now, now, questionnaire, version, town, "scored", _day(town),
             _day(town), "{}", False)
            for place, town in enumerate(keys)
        ),
    )  # fmt: skip
    copy_rows(
        cursor,
        EvaluationRun._meta.db_table,
        [
            "id", "evaluation_id", "status", "attempts", "created_at", "queued_at", "finished_at", "score_exact",
            "score", "result", "error",
        ],
        (
            (runs + place, first + place, "done", 1, now, now, now, "", way.share, way.result, "")
            for place, way in enumerate(ways)
        ),
    )  # fmt: skip
    columns = [
        "questionnaire_id",
        "municipality_id",
        "run_id",
        "signature",
        "share",
        "shares",
        "submitted_at",
    ]
    copy_rows(
        cursor,
        CurrentResult._meta.db_table,
        [*columns, "is_sample"],
        (
            (questionnaire, town, runs + place, way.signature, way.share, way.shares, _day(town), False)
            for place, (town, way) in enumerate(zip(keys, ways, strict=True))
        ),
    )
    return first


def _answers(first: int, ways: Sequence[Way]) -> Iterator[tuple[Any, ...]]:
    now = timezone.now()
    for place, way in enumerate(ways):
        for path, value, is_excused in way.answers:
            reason = "No es competencia del municipio." if is_excused else ""
            yield first + place, path, value, is_excused, reason, now


def _day(town: int) -> datetime:
    return FIRST_DAY + timedelta(days=town % DAYS)


def _reserved(cursor: Any, model: Any, count: int) -> int:
    """Take so many numbers out of a table's sequence; returns the first."""
    cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [model._meta.db_table])
    sequence = cursor.fetchone()[0]
    cursor.execute("SELECT nextval(%s)", [sequence])
    first = int(cursor.fetchone()[0])
    cursor.execute("SELECT setval(%s, %s)", [sequence, first + count])
    return first
