"""From claimed runs to results: a batch is read, worked out and written together; one evaluation is a batch of one."""

import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils import timezone

from evaluate.engine.scoring import score
from evaluate.engine.state import FormState
from evaluate.models import Evaluation, EvaluationRun, QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.scoring.results import Finished, results_write
from evaluate.services.scoring.runs import run_cancel, runs_claim, runs_put_back, runs_tried_before
from evaluate.services.states import Value

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Given:
    """What an evaluation was answered with, as the engine takes it."""

    answers: Mapping[str, Value] = field(default_factory=dict)
    not_applicable: Mapping[str, str] = field(default_factory=dict)


def evaluation_score(*, run_id: int) -> EvaluationRun | None:
    """Work out a run's score; returns the run when this call finished it.

    A run that another worker has in hand, or that already has its result, is left alone, so a task that is
    delivered twice scores once.
    """
    done = evaluations_score(run_ids=[run_id])
    return EvaluationRun.objects.get(pk=run_id) if done else None


def evaluations_score(*, run_ids: Sequence[int]) -> list[int]:
    """Work out the scores of many runs; returns the ids of those that this call finished.

    Those that were never tried are done together. What was tried before is done one by one, each with its attempt
    written down first: a run that kills its worker is given up after a few, and its neighbours are finished.
    """
    fresh = runs_claim(run_ids=run_ids, only_fresh=True)
    done = _finish(fresh)
    rest = [run_id for run_id in run_ids if run_id not in {*fresh}]
    for run_id in runs_tried_before(run_ids=rest) if rest else ():
        done += _finish(runs_claim(run_ids=[run_id]))
    return done


def _finish(run_ids: list[int]) -> list[int]:
    """Score claimed runs; when the batch cannot be written, each by itself, so that one bad run fails alone."""
    if not run_ids:
        return []
    try:
        done, errors = _work(run_ids)
    except Exception as error:
        if len(run_ids) > 1:
            logger.warning("A batch of %d runs is scored one by one.", len(run_ids), exc_info=True)
            return [pk for run_id in run_ids for pk in _finish([run_id])]
        done, errors = [], {run_ids[0]: error}
    for run_id, problem in errors.items():
        logger.error("Run %s could not be scored.", run_id, exc_info=problem)
    if errors:
        runs_put_back(errors=errors)
    return done


@transaction.atomic
def _work(run_ids: Sequence[int]) -> tuple[list[int], dict[int, Exception]]:
    """Score runs in one transaction; returns those that are done, and what went wrong with others."""
    # Evaluations first and in order, as whoever reopens one does: nobody waits in a circle.
    evaluations = _held_evaluations(run_ids)
    runs = EvaluationRun.objects.unfinished().filter(pk__in=run_ids).defer("result")
    given = _given(evaluations)
    finished: list[Finished] = []
    errors: dict[int, Exception] = {}
    for run in runs.select_for_update(skip_locked=True, no_key=True).order_by("pk"):
        evaluation = evaluations[run.evaluation_id]
        if evaluation.is_draft:
            run_cancel(evaluation=evaluation)
            continue
        try:
            finished.append(_scored(run, evaluation, given.get(evaluation.pk, Given())))
        except Exception as error:  # Whatever is wrong with one evaluation is no reason to lose the others.
            errors[run.pk] = error
    results_write(finished=finished)
    return [each.run.pk for each in finished], errors


def _scored(run: EvaluationRun, evaluation: Evaluation, given: Given) -> Finished:
    """Score an evaluation as of when it was signed, so that the same comes out whenever that is done."""
    definition = definition_of(evaluation.version)
    state = FormState(
        definition,
        given.answers,
        now=timezone.localtime(evaluation.submitted_at),
        language=definition.default_language,
        repeat_counts=dict(evaluation.repeat_counts),
        not_applicable=given.not_applicable,
    )
    return Finished(run, evaluation, score(definition, state))


def _held_evaluations(run_ids: Sequence[int]) -> dict[int, Evaluation]:
    """Hold the evaluations of runs for this transaction, each with its version, whose questions are kept elsewhere."""
    wanted = EvaluationRun.objects.filter(pk__in=run_ids).values("evaluation_id")
    rows = Evaluation.objects.filter(pk__in=wanted).order_by("pk").select_for_update(no_key=True)
    evaluations = {evaluation.pk: evaluation for evaluation in rows}
    versions = QuestionnaireVersion.objects.without_definition().in_bulk(
        {evaluation.version_id for evaluation in evaluations.values()}
    )
    for evaluation in evaluations.values():
        evaluation.version = versions[evaluation.version_id]
    return evaluations


_GIVEN = """
SELECT evaluation_id, jsonb_object_agg(path, value),
       jsonb_object_agg(path, reason) FILTER (WHERE is_not_applicable)
FROM evaluate_answer WHERE evaluation_id = ANY(%s) GROUP BY evaluation_id
"""


def _given(evaluation_ids: Mapping[int, Evaluation]) -> dict[int, Given]:
    """Read the answers to all evaluations, one row for each: a thousand small values are slow to carry one by one."""
    with connection.cursor() as cursor:
        cursor.execute(_GIVEN, [list(evaluation_ids)])
        return {
            pk: Given(json.loads(answers), json.loads(reasons) if reasons else {})
            for pk, answers, reasons in cursor.fetchall()
        }
