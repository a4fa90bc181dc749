"""How results are written: whatever the batch, in the same few statements."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_noop

from evaluate.engine.scoring import Score
from evaluate.models import Evaluation, EvaluationChange, EvaluationRun
from evaluate.services.current_results import TownResult, current_results_note
from evaluate.services.result_entries import result_entry_publish
from portal.accounts.models import User
from portal.core.events import announce, evaluation_scored
from portal.notices.services import Told, notify_each
from portal.notices.texts import Text

NOTICE_KIND = "evaluation-scored"
DECIMAL_PLACES = Decimal("1E-9")
MAX_TITLE = 200


@dataclass(frozen=True)
class Finished:
    """A run with its result, still to be written."""

    run: EvaluationRun
    evaluation: Evaluation
    score: Score


def results_write(*, finished: Sequence[Finished]) -> None:
    """Write results with all that follows from them. The caller holds the runs' and evaluations' rows."""
    if not finished:
        return
    _write_runs(finished)
    current_results_note(results=[result for each in finished if (result := _town_result(each)) is not None])
    # What is scored again stays where it is, and nobody hears of it twice.
    first = [each for each in finished if each.evaluation.status == Evaluation.Status.SUBMITTED]
    _mark_scored([each.evaluation for each in first])
    _tell(first)
    # The catalogue shows what was signed anew of a result that is public.
    for each in finished:
        if each.evaluation.is_published:
            result_entry_publish(evaluation_id=each.evaluation.pk)
    for each in finished:
        announce(evaluation_scored, evaluation_id=each.evaluation.pk, run_id=each.run.pk)


# One document and not an array of them: the driver would look at every quotation mark of every element.
_WRITE_RUNS = """
UPDATE evaluate_evaluationrun AS run
SET status = 'done', finished_at = %s, error = '', result = found.result, score_exact = found.exact,
    score = found.score
FROM json_to_recordset(%s) AS found (id bigint, result jsonb, exact text, score numeric)
WHERE run.id = found.id
"""


def _write_runs(finished: Sequence[Finished]) -> None:
    rows = [
        {
            "id": each.run.pk,
            "result": each.score.to_json(),
            "exact": _exact(each.score.share),
            "score": None if (share := _decimal(each.score.share)) is None else str(share),
        }
        for each in finished
    ]
    with connection.cursor() as cursor:
        cursor.execute(_WRITE_RUNS, [timezone.now(), json.dumps(rows)])


def _exact(share: Fraction | None) -> str:
    """Write a share as "n/d"; nothing when there is none."""
    return "" if share is None else f"{share.numerator}/{share.denominator}"


def _decimal(share: Fraction | None) -> Decimal | None:
    if share is None:
        return None
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(DECIMAL_PLACES)


def _town_result(each: Finished) -> TownResult | None:
    """What a municipality's result is compared by; a person's self-check is nobody's."""
    evaluation = each.evaluation
    if evaluation.municipality_id is None or evaluation.submitted_at is None:
        return None
    return TownResult(
        run_id=each.run.pk,
        questionnaire_id=evaluation.questionnaire_id,
        municipality_id=evaluation.municipality_id,
        submitted_at=evaluation.submitted_at,
        is_sample=evaluation.is_sample,
        signature=each.score.signature,
        share=_decimal(each.score.share),
        shares=each.score.shares(),
    )


def _mark_scored(evaluations: Sequence[Evaluation]) -> None:
    was, scored = Evaluation.Status.SUBMITTED, Evaluation.Status.SCORED
    EvaluationChange.objects.bulk_create(
        EvaluationChange(evaluation=evaluation, from_status=was, to_status=scored)
        for evaluation in evaluations
    )
    Evaluation.objects.filter(pk__in=[evaluation.pk for evaluation in evaluations]).update(
        status=scored, updated_at=timezone.now()
    )
    for evaluation in evaluations:
        evaluation.status = scored


def _tell(finished: Sequence[Finished]) -> None:
    """Tell whoever signed that the result is there."""
    users = User.objects.in_bulk({each.evaluation.submitted_by_id for each in finished} - {None})
    notify_each(
        kind=NOTICE_KIND,
        notices=[
            Told(
                user=users[each.evaluation.submitted_by_id],
                text=Text(
                    gettext_noop("Ya está el resultado de «%(title)s»."),
                    title=each.evaluation.version.title[:MAX_TITLE],
                ),
                url=each.evaluation.get_absolute_url(),
                fact=f"run:{each.run.pk}",
            )
            for each in finished
            if each.evaluation.submitted_by_id in users
        ],
    )
