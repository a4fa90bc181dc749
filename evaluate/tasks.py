"""Evaluarme's background work."""

from celery import shared_task
from django.utils import timezone

from evaluate.services.scoring import RUN_TIME_LIMIT_SECONDS, evaluation_score, run_note_queued, runs_to_sweep
from portal.core.jobs import queue_now


@shared_task(time_limit=RUN_TIME_LIMIT_SECONDS)
def score_evaluation(run_id: int) -> None:
    """Score one run; safe to deliver twice."""
    evaluation_score(run_id=run_id)


@shared_task
def sweep_runs() -> int:
    """Queue the runs that no worker took or finished; returns how many the broker took."""
    queued = 0
    for run_id in runs_to_sweep(now=timezone.now()):
        if not queue_now(score_evaluation, run_id):
            break
        run_note_queued(run_id=run_id)
        queued += 1
    return queued
