"""The record of what is to be scored: who takes a run in hand, and what becomes of one that cannot be scored."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluate.models import Evaluation, EvaluationRun

MAX_ATTEMPTS = 5
RUN_TIME_LIMIT_SECONDS = 120
WAITING_SECONDS = 30
SWEPT_AT_ONCE = 500
BATCH = 50
MAX_ERROR = 2_000


@transaction.atomic
def runs_claim(*, run_ids: Sequence[int], only_fresh: bool = False) -> list[int]:
    """Take runs in hand that nobody else has, and count the attempt before the work begins; returns their ids.

    A run whose worker must have died may be taken again, until it was tried too often: then it is given up.

    Args:
        only_fresh: leave out what was tried before, so that a run that kills its worker takes no others with it.
    """
    now = timezone.now()
    wanted = EvaluationRun.objects.claimable(_lost_before(now)).filter(pk__in=run_ids)
    if only_fresh:
        wanted = wanted.filter(attempts=0)
    rows = wanted.select_for_update(skip_locked=True, no_key=True).order_by("pk")
    attempts = dict(rows.values_list("pk", "attempts"))
    taken = [pk for pk, tried in attempts.items() if tried < MAX_ATTEMPTS]
    if worn_out := attempts.keys() - taken:
        _give_up(worn_out, _("El cálculo se cortó varias veces. Hace falta revisarlo."), now)
    EvaluationRun.objects.filter(pk__in=taken).update(
        status=EvaluationRun.Status.RUNNING, attempts=F("attempts") + 1, started_at=now
    )
    return taken


def runs_tried_before(*, run_ids: Sequence[int]) -> list[int]:
    """Return which of these runs may be taken in hand and were tried before."""
    waiting = EvaluationRun.objects.claimable(_lost_before(timezone.now())).filter(attempts__gt=0)
    return list(waiting.filter(pk__in=run_ids).values_list("pk", flat=True))


@transaction.atomic
def runs_put_back(*, errors: Mapping[int, Exception]) -> None:
    """Leave runs that failed for the sweep, each with its error; give up those that failed too often."""
    rows = EvaluationRun.objects.unfinished().filter(pk__in=errors)
    now = timezone.now()
    for run in rows.select_for_update(skip_locked=True, no_key=True).only("attempts"):
        error = errors[run.pk]
        message = f"{type(error).__name__}: {error}"[:MAX_ERROR].replace("\x00", "")
        if run.attempts >= MAX_ATTEMPTS:
            _give_up([run.pk], message, now)
        else:
            EvaluationRun.objects.filter(pk=run.pk).update(
                status=EvaluationRun.Status.PENDING, queued_at=now, error=message
            )


@transaction.atomic
def run_retry(*, run: EvaluationRun) -> EvaluationRun:
    """Give a failed run its attempts back; the caller queues it."""
    run.status = EvaluationRun.Status.PENDING
    run.attempts = 0
    run.queued_at = timezone.now()
    run.save(update_fields=["status", "attempts", "queued_at"])
    return run


@transaction.atomic
def run_cancel(*, evaluation: Evaluation) -> None:
    """Take back the scoring of an evaluation that is opened again; the caller holds the evaluation's row.

    A worker that has the run in hand waits for that row too, and then finds the run cancelled.
    """
    evaluation.runs.unfinished().update(status=EvaluationRun.Status.CANCELLED, finished_at=timezone.now())


def batches_to_sweep(*, now: datetime) -> list[list[int]]:
    """Return the runs that were never taken up, in batches, and one by one those whose worker must have died."""
    left = EvaluationRun.objects.left_behind(
        waiting_since=now - timedelta(seconds=WAITING_SECONDS), running_since=_lost_before(now)
    )
    rows = list(left.values_list("pk", "attempts")[:SWEPT_AT_ONCE])
    fresh = [pk for pk, attempts in rows if attempts == 0]
    batches = [fresh[start : start + BATCH] for start in range(0, len(fresh), BATCH)]
    return batches + [[pk] for pk, attempts in rows if attempts]


def runs_note_queued(*, run_ids: Sequence[int]) -> None:
    """Note that runs were queued again, so that a long queue is not made longer with every sweep."""
    EvaluationRun.objects.filter(pk__in=run_ids).update(queued_at=timezone.now())


def _lost_before(now: datetime) -> datetime:
    """When a run must have been begun to have lost its worker by now."""
    return now - timedelta(seconds=RUN_TIME_LIMIT_SECONDS)


def _give_up(run_ids: Collection[int], message: str, now: datetime) -> None:
    EvaluationRun.objects.filter(pk__in=run_ids).update(
        status=EvaluationRun.Status.FAILED, finished_at=now, error=message
    )
