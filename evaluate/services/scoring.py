"""Scoring submitted evaluations, once each, whatever happens to the workers."""

import logging
from datetime import datetime, timedelta
from decimal import Decimal
from fractions import Fraction

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from evaluate.engine.scoring import score
from evaluate.models import Evaluation, EvaluationChange, EvaluationRun
from evaluate.services.current_results import current_result_note
from evaluate.services.definitions import definition_of
from evaluate.services.states import evaluation_state
from portal.core.events import announce, evaluation_scored
from portal.notices.services import notify

MAX_ATTEMPTS = 5
RUN_TIME_LIMIT_SECONDS = 120
WAITING_SECONDS = 30
SWEPT_AT_ONCE = 500
DECIMAL_PLACES = Decimal("1E-9")
NOTICE_KIND = "evaluation-scored"
logger = logging.getLogger(__name__)


def evaluation_score(*, run_id: int) -> EvaluationRun | None:
    """Work out a run's score; returns the run when this call finished it.

    A run that another worker has in hand, or that already has its result, is left alone, so a task that is
    delivered twice scores once. The attempt is written down before the work begins: a run that kills its worker
    is given up after a few attempts.
    """
    if not _claim(run_id):
        return None
    try:
        return _work(run_id)
    except Exception as error:
        logger.exception("Run %s could not be scored.", run_id)
        _put_back(run_id, error)
        return None


def runs_to_sweep(*, now: datetime) -> list[int]:
    """Return the ids of runs that were never taken up, and of those whose worker must have died."""
    left = EvaluationRun.objects.left_behind(
        waiting_since=now - timedelta(seconds=WAITING_SECONDS),
        running_since=now - timedelta(seconds=RUN_TIME_LIMIT_SECONDS),
    )
    return list(left.values_list("pk", flat=True)[:SWEPT_AT_ONCE])


def run_note_queued(*, run_id: int) -> None:
    """Note that a run was queued again, so that a long queue is not made longer with every sweep."""
    EvaluationRun.objects.filter(pk=run_id).update(queued_at=timezone.now())


@transaction.atomic
def run_retry(*, run: EvaluationRun) -> EvaluationRun:
    """Give a failed run its attempts back; the caller queues it."""
    run.status = EvaluationRun.Status.PENDING
    run.attempts = 0
    run.queued_at = timezone.now()
    run.save(update_fields=["status", "attempts", "queued_at"])
    return run


@transaction.atomic
def _claim(run_id: int) -> bool:
    run = _locked(run_id)
    if run is None:
        return False
    if run.attempts >= MAX_ATTEMPTS:
        _give_up(run, _("El cálculo se cortó varias veces. Hace falta revisarlo."))
        return False
    run.status = EvaluationRun.Status.RUNNING
    run.attempts += 1
    run.started_at = timezone.now()
    run.save(update_fields=["status", "attempts", "started_at"])
    return True


@transaction.atomic
def _work(run_id: int) -> EvaluationRun | None:
    run = _locked(run_id)
    if run is None:
        return None
    evaluation = Evaluation.objects.with_questionnaire().get(pk=run.evaluation_id)
    result = score(definition_of(evaluation.version), evaluation_state(evaluation))
    run.status = EvaluationRun.Status.DONE
    run.finished_at = timezone.now()
    run.result = result.to_json()
    run.score_exact = _exact(result.share)
    run.score = _decimal(result.share)
    run.error = ""
    run.save(update_fields=["status", "finished_at", "result", "score_exact", "score", "error"])
    current_result_note(run=run, evaluation=evaluation, score=result)
    _mark_scored(evaluation)
    _tell(run, evaluation)
    announce(evaluation_scored, evaluation_id=evaluation.pk, run_id=run.pk)
    return run


def _exact(share: Fraction | None) -> str:
    """Write a share as "n/d"; nothing when there is none."""
    return "" if share is None else f"{share.numerator}/{share.denominator}"


def _decimal(share: Fraction | None) -> Decimal | None:
    if share is None:
        return None
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(DECIMAL_PLACES)


def _locked(run_id: int) -> EvaluationRun | None:
    """Take an unfinished run for this transaction; None when it is finished or in other hands."""
    return EvaluationRun.objects.unfinished().select_for_update(skip_locked=True).filter(pk=run_id).first()


def _mark_scored(evaluation: Evaluation) -> None:
    was = evaluation.status
    evaluation.status = Evaluation.Status.SCORED
    evaluation.save(update_fields=["status", "updated_at"])
    EvaluationChange.objects.create(evaluation=evaluation, from_status=was, to_status=evaluation.status)


def _tell(run: EvaluationRun, evaluation: Evaluation) -> None:
    if evaluation.submitted_by is None:
        return
    notify(
        users=[evaluation.submitted_by],
        kind=NOTICE_KIND,
        text=_("Ya está el resultado de «%(title)s».") % {"title": evaluation.version.title[:200]},
        url=evaluation.get_absolute_url(),
        fact=f"run:{run.pk}",
    )


@transaction.atomic
def _put_back(run_id: int, error: Exception) -> None:
    """Leave a run for the sweep, or give it up once it has failed too often."""
    run = _locked(run_id)
    if run is None:
        return
    message = f"{type(error).__name__}: {error}"[:2000]
    if run.attempts >= MAX_ATTEMPTS:
        _give_up(run, message)
        return
    run.status = EvaluationRun.Status.PENDING
    run.queued_at = timezone.now()
    run.error = message
    run.save(update_fields=["status", "queued_at", "error"])


def _give_up(run: EvaluationRun, message: str) -> None:
    run.status = EvaluationRun.Status.FAILED
    run.finished_at = timezone.now()
    run.error = message
    run.save(update_fields=["status", "finished_at", "error"])
