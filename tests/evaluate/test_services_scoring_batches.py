"""Many evaluations in a few statements, and one bad one among them spoils nothing."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from evaluate.models import Answer, Evaluation, EvaluationChange, EvaluationRun
from evaluate.services.answering import answer_save
from evaluate.services.scoring import (
    BATCH,
    MAX_ATTEMPTS,
    RUN_TIME_LIMIT_SECONDS,
    batches_to_sweep,
    evaluation_score,
    evaluations_score,
    run_cancel,
)
from evaluate.services.submission import evaluation_submit
from portal.notices.models import Notification
from tests.evaluate.factories import municipal_evaluation, questionnaire_version
from tests.evaluate.queries import counted_queries

pytestmark = pytest.mark.django_db


def runs(count: int) -> list[EvaluationRun]:
    """Evaluations of so many towns, handed in."""
    version = questionnaire_version()
    made = []
    for number in range(count):
        evaluation = municipal_evaluation(version)
        value = "si" if number % 2 == 0 else "no"
        answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value=value)
        run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
        assert run is not None
        made.append(run)
    return made


def ids(made: list[EvaluationRun]) -> list[int]:
    return [run.pk for run in made]


def statuses(made: list[EvaluationRun]) -> list[str]:
    return [EvaluationRun.objects.get(pk=run.pk).status for run in made]


def spoil(run: EvaluationRun) -> None:
    Answer.objects.filter(evaluation=run.evaluation_id).update(value=5)


def test_a_batch_scores_each_as_it_would_be_scored_alone():
    made = runs(4)
    assert evaluations_score(run_ids=ids(made)) == ids(made)
    rows = EvaluationRun.objects.order_by("pk").values_list("status", "score_exact", "attempts")
    assert list(rows) == [("done", "1/2", 1), ("done", "0/1", 1)] * 2
    assert {*Evaluation.objects.values_list("status", flat=True)} == {"scored"}
    assert EvaluationChange.objects.filter(from_status="submitted", to_status="scored").count() == 4
    assert Notification.objects.filter(kind="evaluation-scored").count() == 4


def test_a_larger_batch_asks_the_database_no_more():
    small, large = runs(2), runs(6)
    evaluations_score(run_ids=[small.pop().pk])
    counts = []
    for batch in (small, large):
        with counted_queries() as queries:
            evaluations_score(run_ids=ids(batch))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_one_that_cannot_be_scored_fails_alone():
    made = runs(3)
    spoil(made[1])
    assert evaluations_score(run_ids=ids(made)) == [made[0].pk, made[2].pk]
    assert statuses(made) == ["done", "pending", "done"]
    made[1].refresh_from_db()
    assert (made[1].attempts, "TypeError" in made[1].error) == (1, True)


REFUSE = """
CREATE FUNCTION refuse_result() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.status = 'done' AND NEW.id = %d THEN RAISE EXCEPTION 'refused'; END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER refuse_result BEFORE UPDATE ON evaluate_evaluationrun
    FOR EACH ROW EXECUTE FUNCTION refuse_result();
"""


def test_one_that_cannot_be_written_fails_alone():
    made = runs(3)
    with connection.cursor() as cursor:
        cursor.execute(REFUSE % made[1].pk)
    assert evaluations_score(run_ids=ids(made)) == [made[0].pk, made[2].pk]
    assert statuses(made) == ["done", "pending", "done"]
    assert EvaluationRun.objects.filter(error__contains="refused", attempts=1).get() == made[1]
    assert Notification.objects.filter(kind="evaluation-scored").count() == 2


def test_a_run_that_kills_its_worker_is_given_up_and_its_batch_is_finished():
    made = runs(3)
    killer = made[1]
    # As a worker leaves them that died with the batch in hand: begun long ago, one attempt each.
    EvaluationRun.objects.update(status="running", attempts=1, started_at=timezone.now() - timedelta(hours=1))
    later = timezone.now() + timedelta(seconds=RUN_TIME_LIMIT_SECONDS + 1)
    assert batches_to_sweep(now=later) == [[run.pk] for run in made], "nobody shares a worker with it again"
    for run in (made[0], made[2]):
        assert evaluations_score(run_ids=[run.pk]) == [run.pk]
    EvaluationRun.objects.filter(pk=killer.pk).update(attempts=MAX_ATTEMPTS)
    assert evaluations_score(run_ids=[killer.pk]) == []
    assert statuses(made) == ["done", "failed", "done"]


def test_tried_ones_in_a_batch_are_taken_one_by_one():
    made = runs(4)
    EvaluationRun.objects.filter(pk__in=ids(made[:2])).update(attempts=2)
    spoil(made[0])
    assert evaluations_score(run_ids=ids(made)) == [made[2].pk, made[3].pk, made[1].pk]
    assert [EvaluationRun.objects.get(pk=pk).attempts for pk in ids(made)] == [3, 3, 1, 1]


def test_a_run_that_another_worker_began_is_left_to_it_until_it_must_have_died():
    run = runs(1)[0]
    EvaluationRun.objects.update(status="running", attempts=1, started_at=timezone.now())
    assert evaluation_score(run_id=run.pk) is None
    run.refresh_from_db()
    assert run.attempts == 1
    EvaluationRun.objects.update(started_at=timezone.now() - timedelta(seconds=RUN_TIME_LIMIT_SECONDS + 1))
    assert evaluation_score(run_id=run.pk) is not None


def test_the_sweep_hands_out_batches():
    version = questionnaire_version()
    owner = municipal_evaluation(version)
    EvaluationRun.objects.bulk_create(
        EvaluationRun(evaluation=each, queued_at=timezone.now() - timedelta(hours=1))
        for each in Evaluation.objects.bulk_create(
            Evaluation(
                questionnaire=version.questionnaire,
                version=version,
                owner=owner.owner,
                status="submitted",
                submitted_at=timezone.now(),
            )
            for _number in range(BATCH + 2)
        )
    )
    assert [len(batch) for batch in batches_to_sweep(now=timezone.now())] == [BATCH, 2]


def test_what_is_scored_again_gives_the_same_and_is_not_told_twice():
    run = runs(1)[0]
    first = evaluation_score(run_id=run.pk)
    again = evaluation_score(run_id=EvaluationRun.objects.create(evaluation=run.evaluation).pk)
    assert first is not None
    assert again is not None
    assert (again.result, again.score_exact) == (first.result, first.score_exact)
    assert Notification.objects.filter(kind="evaluation-scored").count() == 1
    assert EvaluationChange.objects.filter(to_status="scored").count() == 1


def test_scoring_of_an_evaluation_that_is_opened_again_is_taken_back():
    run, other = runs(2)
    run_cancel(evaluation=run.evaluation)
    assert evaluations_score(run_ids=[run.pk, other.pk]) == [other.pk]
    assert statuses([run, other]) == ["cancelled", "done"]


def test_a_run_of_an_evaluation_that_is_a_draft_again_is_not_scored():
    run, other = runs(2)
    Evaluation.objects.filter(pk=run.evaluation_id).update(status="draft")
    assert evaluations_score(run_ids=[run.pk, other.pk]) == [other.pk]
    assert statuses([run, other]) == ["cancelled", "done"]


def test_formulas_see_the_day_of_the_signature_whenever_it_is_scored():
    survey = [
        {"type": "select_one sino", "name": "a", "label": "A"},
        {"type": "select_one sino", "name": "b", "label": "B", "relevant": "today() < date('2026-01-01')"},
    ]
    choices = [{"list_name": "sino", "name": "si", "label": "Sí", "points": 1}]
    evaluation = municipal_evaluation(questionnaire_version(survey, choices, slug="fechas"))
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/a", value="si")
    run = evaluation_submit(evaluation=evaluation, user=evaluation.owner)
    assert run is not None
    Evaluation.objects.update(submitted_at=datetime(2025, 6, 1, tzinfo=timezone.get_current_timezone()))
    done = evaluation_score(run_id=run.pk)
    assert done is not None
    assert done.score_exact == "1/2"
