"""Scoring submitted evaluations, once each, whatever happens to the workers.

scoring     from claimed runs to results: one evaluation or a whole batch in a few statements
runs        the record of what is to be done: claiming, giving up, trying again, cancelling, sweeping
results     how results are written
"""

from evaluate.services.scoring.results import NOTICE_KIND
from evaluate.services.scoring.runs import (
    BATCH,
    MAX_ATTEMPTS,
    RUN_TIME_LIMIT_SECONDS,
    WAITING_SECONDS,
    batches_to_sweep,
    run_cancel,
    run_retry,
    runs_note_queued,
)
from evaluate.services.scoring.scoring import evaluation_score, evaluations_score

__all__ = [
    "BATCH",
    "MAX_ATTEMPTS",
    "NOTICE_KIND",
    "RUN_TIME_LIMIT_SECONDS",
    "WAITING_SECONDS",
    "batches_to_sweep",
    "evaluation_score",
    "evaluations_score",
    "run_cancel",
    "run_retry",
    "runs_note_queued",
]
