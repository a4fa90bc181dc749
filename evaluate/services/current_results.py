"""Where each municipality stands now in each questionnaire: what its results are compared by."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, transaction
from django.db.models import F

from evaluate.engine.scoring import Score
from evaluate.models import CurrentResult, EvaluationRun
from evaluate.querysets import SIGNED_AT

WRITTEN_AT_ONCE = 500


@dataclass(frozen=True)
class TownResult:
    """A finished run of a municipality's evaluation, with what it is compared by."""

    run_id: int
    questionnaire_id: int
    municipality_id: int
    submitted_at: datetime
    is_sample: bool
    signature: str
    share: Decimal | None
    shares: dict[str, float]

    @property
    def key(self) -> tuple[int, int]:
        """Whose result it is, and in which questionnaire."""
        return self.questionnaire_id, self.municipality_id

    @property
    def rank(self) -> tuple[bool, datetime, int]:
        """What decides which of several is the present one: a real one before an invented one, then the last."""
        return not self.is_sample, self.submitted_at, self.run_id


_NOTE = """
INSERT INTO evaluate_currentresult AS standing
    (questionnaire_id, municipality_id, run_id, signature, share, shares, submitted_at, is_sample)
SELECT questionnaire_id, municipality_id, run_id, signature, share, shares, submitted_at, is_sample
FROM json_to_recordset(%s) AS found
    (questionnaire_id bigint, municipality_id bigint, run_id bigint, signature text, share numeric, shares jsonb,
     submitted_at timestamptz, is_sample boolean)
ON CONFLICT (questionnaire_id, municipality_id) DO UPDATE
SET run_id = EXCLUDED.run_id, signature = EXCLUDED.signature, share = EXCLUDED.share, shares = EXCLUDED.shares,
    submitted_at = EXCLUDED.submitted_at, is_sample = EXCLUDED.is_sample
WHERE (NOT EXCLUDED.is_sample, EXCLUDED.submitted_at) >= (NOT standing.is_sample, standing.submitted_at)
"""


def current_results_note(*, results: Iterable[TownResult]) -> None:
    """Make finished runs their municipalities' results, unless a later evaluation already is.

    An invented result never takes the place of a real one. The database compares, so that of two workers with two
    evaluations of one town the later evaluation stays, whoever writes last.
    """
    best: dict[tuple[int, int], TownResult] = {}
    for each in results:
        if each.key not in best or each.rank >= best[each.key].rank:
            best[each.key] = each
    # In one order everywhere, so that two workers never wait for each other.
    rows = [vars(best[key]) for key in sorted(best)]
    if rows:
        with connection.cursor() as cursor:
            cursor.execute(_NOTE, [json.dumps(rows, default=str)])


@transaction.atomic
def current_results_rebuild() -> int:
    """Make all current results anew from the finished runs; returns how many there are."""
    with connection.cursor() as cursor:
        # Workers that finish an evaluation meanwhile wait, and then compare with what stands here.
        cursor.execute("LOCK TABLE evaluate_currentresult IN SHARE ROW EXCLUSIVE MODE")
    CurrentResult.objects.all().delete()
    last = _last_results()
    while results := list(islice(last, WRITTEN_AT_ONCE)):
        current_results_note(results=results)
    return CurrentResult.objects.count()


@transaction.atomic
def current_result_fall_back(*, questionnaire_id: int, municipality_id: int) -> None:
    """Give a municipality the result it had before, after the evaluation that gave the present one was deleted."""
    current_results_note(
        results=_last_results(
            evaluation__questionnaire=questionnaire_id, evaluation__municipality=municipality_id
        )
    )


_WHOSE = ("evaluation__questionnaire_id", "evaluation__municipality_id")


def _last_results(**conditions: Any) -> Iterator[TownResult]:
    """Yield the result that stands for each municipality and questionnaire; a few runs at a time."""
    runs = (
        EvaluationRun.objects.done()
        .filter(evaluation__municipality__isnull=False, **conditions)
        # Each run with the date of its own signature, also while the evaluation is open again or not yet scored anew.
        .annotate(signature_at=SIGNED_AT)
        .order_by(*_WHOSE, "evaluation__is_sample", "-signature_at", "-id")
        .distinct(*_WHOSE)
        .annotate(
            questionnaire=F("evaluation__questionnaire_id"),
            municipality=F("evaluation__municipality_id"),
            is_sample=F("evaluation__is_sample"),
        )
    )
    for run in runs.iterator(chunk_size=WRITTEN_AT_ONCE):
        result = _score(run)
        if result is not None:
            yield TownResult(
                run_id=run.pk,
                questionnaire_id=run.questionnaire,
                municipality_id=run.municipality,
                submitted_at=run.signature_at,
                is_sample=run.is_sample,
                signature=result.signature,
                share=run.score,
                shares=result.shares(),
            )


def _score(run: EvaluationRun) -> Score | None:
    """Read a run's result; one of an older format stands for nothing until it is scored again."""
    try:
        return Score.from_json(run.result or {})
    except ValueError:
        return None
