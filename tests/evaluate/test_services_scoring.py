"""Handing in and scoring: once, exactly, and whatever happens to the workers."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from evaluate.models import Answer, Evaluation, EvaluationRun
from evaluate.services.answering import answer_save
from evaluate.services.scoring import (
    MAX_ATTEMPTS,
    RUN_TIME_LIMIT_SECONDS,
    WAITING_SECONDS,
    batches_to_sweep,
    evaluation_score,
    run_retry,
)
from evaluate.services.submission import NotReady, evaluation_review, evaluation_submit
from portal.notices.models import Notification
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version

pytestmark = pytest.mark.django_db


def answered(**answers: str) -> Evaluation:
    evaluation = municipal_evaluation()
    for path, value in ({"/residuos/separa": "si"} | answers).items():
        answer_save(evaluation=evaluation, user=evaluation.owner, path=path, value=value)
    return evaluation


def submitted() -> EvaluationRun:
    evaluation = answered()
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    assert run is not None
    return run


def spoil(run: EvaluationRun) -> None:
    """Make scoring fail as a fault of the data would: the stored answers are no longer answers."""
    Answer.objects.filter(evaluation=run.evaluation).update(value=5)


def test_what_is_missing_or_wrong_stops_the_submission():
    evaluation = personal_evaluation()
    with pytest.raises(NotReady) as problem:
        evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    assert problem.value.review.missing == ("/residuos/separa",)
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="si")
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/barrios", value="99")
    review = evaluation_review(evaluation=evaluation)
    assert list(review.invalid) == ["/residuos/barrios"]
    evaluation.refresh_from_db()
    assert (evaluation.status, EvaluationRun.objects.count()) == ("draft", 0)


def test_handing_in_leaves_a_trace_and_work_to_do():
    evaluation = answered()
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    evaluation.refresh_from_db()
    assert (evaluation.status, evaluation.submitted_by) == ("submitted", evaluation.owner)
    assert [change.to_status for change in evaluation.changes.all()] == ["draft", "submitted"]
    assert (run.status, run.attempts) == ("pending", 0)


def test_a_questionnaire_without_points_is_handed_in_without_a_run():
    version = questionnaire_version([{"type": "text", "name": "a", "label": "A"}], (), slug="texto")
    evaluation = personal_evaluation(version)
    assert evaluation_submit(evaluation=evaluation, user=evaluation.owner) is None
    assert not EvaluationRun.objects.exists()


def test_the_score_is_exact_and_belongs_to_its_version():
    run = evaluation_score(run_id=submitted().pk)
    assert run is not None
    assert (run.status, run.score_exact, run.score) == ("done", "1/2", Decimal("0.5"))
    assert [group["share"] for group in run.result["groups"] if group["kind"] == "section"] == ["1/1", "0/1"]
    run.evaluation.refresh_from_db()
    assert run.evaluation.status == "scored"
    assert [change.to_status for change in run.evaluation.changes.all()] == ["draft", "submitted", "scored"]


def test_who_handed_it_in_is_told_once():
    run = submitted()
    evaluation_score(run_id=run.pk)
    notice = Notification.objects.get(kind="evaluation-scored")
    assert notice.user == run.evaluation.owner
    assert notice.url == f"/evaluarme/respuestas/{run.evaluation.public_id}/resultado/"
    assert "Ambiente" in notice.text


def test_a_task_that_is_delivered_twice_scores_once():
    run = submitted()
    assert evaluation_score(run_id=run.pk) is not None
    assert evaluation_score(run_id=run.pk) is None
    assert EvaluationRun.objects.get().attempts == 1
    assert Notification.objects.filter(kind="evaluation-scored").count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_run_in_another_workers_hands_is_left_alone():
    run = submitted()
    other = connection.copy()
    try:
        with transaction.atomic():
            other.set_autocommit(False)
            with other.cursor() as cursor:
                cursor.execute("SELECT 1 FROM evaluate_evaluationrun WHERE id = %s FOR UPDATE", [run.pk])
            assert evaluation_score(run_id=run.pk) is None
    finally:
        other.rollback()
        other.close()
    run.refresh_from_db()
    assert (run.status, run.attempts) == ("pending", 0)


def test_the_database_allows_one_unfinished_run_per_evaluation():
    run = submitted()
    with pytest.raises(IntegrityError, match="evaluate_one_unfinished_run"), transaction.atomic():
        EvaluationRun.objects.create(evaluation=run.evaluation)


def test_a_failure_is_written_down_tried_again_and_given_up_in_the_end():
    run = submitted()
    spoil(run)
    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert evaluation_score(run_id=run.pk) is None
        run.refresh_from_db()
        assert run.attempts == attempt
    assert run.status == "failed"
    assert run.error
    assert evaluation_score(run_id=run.pk) is None


def test_a_failed_run_gets_a_second_chance():
    run = submitted()
    good = dict(Answer.objects.filter(evaluation=run.evaluation).values_list("path", "value"))
    spoil(run)
    for _attempt in range(MAX_ATTEMPTS):
        evaluation_score(run_id=run.pk)
    for path, value in good.items():
        Answer.objects.filter(evaluation=run.evaluation, path=path).update(value=value)
    run.refresh_from_db()
    run_retry(run=run)
    done = evaluation_score(run_id=run.pk)
    assert done is not None
    assert (done.status, done.error) == ("done", "")


def test_a_run_whose_worker_died_too_often_is_given_up():
    run = submitted()
    EvaluationRun.objects.filter(pk=run.pk).update(status="running", attempts=MAX_ATTEMPTS)
    assert evaluation_score(run_id=run.pk) is None
    run.refresh_from_db()
    assert run.status == "failed"
    assert "se cortó" in run.error


def test_the_sweep_finds_what_was_never_taken_up_and_what_was_cut_short():
    run = submitted()
    now = timezone.now()
    assert batches_to_sweep(now=now) == []
    assert batches_to_sweep(now=now + timedelta(seconds=WAITING_SECONDS + 1)) == [[run.pk]]
    EvaluationRun.objects.update(status="running", started_at=now)
    assert batches_to_sweep(now=now + timedelta(seconds=WAITING_SECONDS + 1)) == []
    assert batches_to_sweep(now=now + timedelta(seconds=RUN_TIME_LIMIT_SECONDS + 1)) == [[run.pk]]
    EvaluationRun.objects.update(status="failed")
    assert batches_to_sweep(now=now + timedelta(days=1)) == []
