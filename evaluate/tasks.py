"""Evaluarme's background work."""

from celery import shared_task
from django.utils import timezone

from evaluate.services.plans import reminders_send
from evaluate.services.scoring import (
    RUN_TIME_LIMIT_SECONDS,
    batches_to_sweep,
    evaluation_score,
    evaluations_score,
    runs_note_queued,
)
from portal.core.jobs import queue_now


@shared_task(time_limit=RUN_TIME_LIMIT_SECONDS)
def score_evaluation(run_id: int) -> None:
    """Score one run; safe to deliver twice."""
    evaluation_score(run_id=run_id)


@shared_task(time_limit=RUN_TIME_LIMIT_SECONDS)
def score_evaluations(run_ids: list[int]) -> None:
    """Score a batch of runs; safe to deliver twice."""
    evaluations_score(run_ids=run_ids)


@shared_task
def sweep_runs() -> int:
    """Queue the runs that no worker took or finished; returns how many the broker took."""
    queued = 0
    for run_ids in batches_to_sweep(now=timezone.now()):
        if not queue_now(score_evaluations, run_ids):
            break
        runs_note_queued(run_ids=run_ids)
        queued += len(run_ids)
    return queued


@shared_task
def remind_of_plan_steps() -> int:
    """Tell people which of their plan's steps are due within a week; safe to run twice a day."""
    return reminders_send(today=timezone.localdate())
