"""The queue and the workers: real Redis, a real Celery worker, and both of them failing."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import uuid4

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.urls import reverse
from django.utils import timezone

from evaluate.models import CurrentResult, EvaluationChange, EvaluationRun
from evaluate.services.answering import answer_save
from evaluate.services.submission import evaluation_submit
from evaluate.tasks import score_evaluation, score_evaluations, sweep_runs
from portal.core.jobs import queue_now
from portal.notices.models import Notification
from tests.evaluate.factories import municipal_evaluation

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 60


def ready_to_submit():
    evaluation = municipal_evaluation()
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="si")
    return evaluation


def submitted() -> EvaluationRun:
    evaluation = ready_to_submit()
    return evaluation_submit(evaluation=evaluation, user=evaluation.owner)


@contextmanager
def celery_configured(**changes: str) -> Iterator[None]:
    before = {name: current_app.conf[name] for name in changes}
    current_app.conf.update(changes)
    current_app.amqp._producer_pool = None
    try:
        yield
    finally:
        current_app.conf.update(before)
        current_app.amqp._producer_pool = None


@pytest.fixture
def queue() -> Iterator[str]:
    """A queue of this test's own in the real Redis."""
    name = f"test-{uuid4().hex}"
    current_app.amqp.queues.add(name)
    with celery_configured(task_default_queue=name):
        yield name


@pytest.fixture
def worker(queue: str) -> Iterator[Callable[[], subprocess.Popen]]:
    """Starts real workers on this test's database and queue, and ends them."""
    started: list[subprocess.Popen] = []

    def start() -> subprocess.Popen:
        database = connection.settings_dict["NAME"]
        url = os.environ["DATABASE_URL"].split("?")
        address = url[0].rsplit("/", 1)[0] + f"/{database}" + "".join(f"?{rest}" for rest in url[1:])
        command = [sys.executable, "-m", "celery", "-A", "portal.celery", "worker", "-P", "solo", "-Q", queue]
        process = subprocess.Popen(
            [*command, "--without-gossip", "--without-mingle", "--without-heartbeat", "-l", "WARNING"],
            env={**os.environ, "DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "portal.settings.test"},
            cwd=settings.ROOT,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait(PATIENCE_SECONDS)


def wait_until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.1)


def has_status(run: EvaluationRun, status: str) -> bool:
    return EvaluationRun.objects.filter(pk=run.pk, status=status).exists()


def test_a_real_worker_scores_what_was_handed_in_and_twice_delivered_is_once_scored(worker):
    run = submitted()
    assert queue_now(score_evaluation, run.pk)
    assert queue_now(score_evaluation, run.pk)
    process = worker()
    wait_until(lambda: has_status(run, "done"))
    assert queue_now(score_evaluation, run.pk)
    last = submitted_beside(run)
    assert queue_now(score_evaluation, last.pk)
    wait_until(lambda: has_status(last, "done"))
    assert process.poll() is None
    run.refresh_from_db()
    assert (run.score_exact, run.attempts) == ("1/2", 1)
    assert Notification.objects.filter(kind="evaluation-scored", fact=f"run:{run.pk}").count() == 1


def submitted_beside(run: EvaluationRun) -> EvaluationRun:
    """Another evaluation of the same town and person, handed in."""
    evaluation = municipal_evaluation(
        run.evaluation.version, user=run.evaluation.owner, municipality=run.evaluation.municipality
    )
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="no")
    return evaluation_submit(evaluation=evaluation, user=evaluation.owner)


def test_a_worker_that_is_killed_midway_leaves_a_run_that_the_sweep_has_scored(worker):
    run = submitted()
    queue_now(score_evaluation, run.pk)
    with transaction.atomic():
        # The worker has to wait for this row when it writes the result: there it is killed.
        type(run.evaluation).objects.select_for_update().get(pk=run.evaluation_id)
        process = worker()
        wait_until(lambda: has_status(run, "running"))
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)
    assert has_status(run, "running")
    assert not EvaluationRun.objects.exclude(result=None).exists()
    EvaluationRun.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert sweep_runs() == 1
    worker()
    wait_until(lambda: has_status(run, "done"))
    run.refresh_from_db()
    assert (run.score_exact, run.attempts) == ("1/2", 2)


def test_a_batch_whose_worker_is_killed_midway_is_finished_one_by_one(worker):
    first = submitted()
    run_ids = [first.pk, *(submitted_elsewhere(first).pk for _number in range(3))]
    queue_now(score_evaluations, run_ids)
    with transaction.atomic():
        # The worker has the whole batch in hand and waits for one of its evaluations: there it is killed.
        type(first.evaluation).objects.select_for_update().get(pk=first.evaluation_id)
        process = worker()
        wait_until(lambda: EvaluationRun.objects.filter(status="running").count() == len(run_ids))
        process.send_signal(signal.SIGKILL)
        process.wait(PATIENCE_SECONDS)
    assert not EvaluationRun.objects.done().exists()
    EvaluationRun.objects.update(started_at=timezone.now() - timedelta(hours=1))
    assert sweep_runs() == len(run_ids)
    worker()
    wait_until(lambda: EvaluationRun.objects.done().count() == len(run_ids))
    assert {*EvaluationRun.objects.values_list("score_exact", "attempts")} == {("1/2", 2)}
    assert Notification.objects.filter(kind="evaluation-scored").count() == len(run_ids)
    assert CurrentResult.objects.count() == len(run_ids)


def submitted_elsewhere(run: EvaluationRun) -> EvaluationRun:
    """The same questionnaire handed in by another town."""
    evaluation = municipal_evaluation(run.evaluation.version)
    answer_save(evaluation=evaluation, user=evaluation.owner, path="/residuos/separa", value="si")
    return evaluation_submit(evaluation=evaluation, user=evaluation.owner)


def test_two_workers_that_get_the_same_batch_at_once_give_each_result_once(worker):
    first = submitted()
    run_ids = [first.pk, *(submitted_elsewhere(first).pk for _number in range(5))]
    with transaction.atomic():
        # Whoever claims them waits here; the other finds them taken.
        type(first.evaluation).objects.select_for_update().get(pk=first.evaluation_id)
        for _worker in range(2):
            queue_now(score_evaluations, run_ids)
        processes = [worker(), worker()]
        wait_until(lambda: EvaluationRun.objects.filter(status="running").count() == len(run_ids))
    last = submitted_elsewhere(first)
    wait_until(lambda: EvaluationRun.objects.done().count() == len(run_ids))
    queue_now(score_evaluations, [*run_ids, last.pk])
    wait_until(lambda: has_status(last, "done"))
    assert [process.poll() for process in processes] == [None, None]
    assert {*EvaluationRun.objects.values_list("attempts", flat=True)} == {1}
    assert Notification.objects.filter(kind="evaluation-scored").count() == len(run_ids) + 1
    assert EvaluationChange.objects.filter(to_status="scored").count() == len(run_ids) + 1


def test_with_redis_away_the_answers_are_handed_in_and_the_sweep_scores_them_later(client, queue):
    evaluation = ready_to_submit()
    client.force_login(evaluation.owner)
    nowhere = "redis://127.0.0.1:1/0"
    with celery_configured(broker_url=nowhere, broker_write_url=nowhere):
        response = client.post(reverse("evaluate:evaluation-review", args=[evaluation.public_id]))
        assert response.status_code == 302
        assert sweep_runs() == 0
    run = EvaluationRun.objects.get(evaluation=evaluation)
    assert run.status == "pending"
    page = client.get(response.url)
    assert "El cálculo está en espera" in page.content.decode()
    EvaluationRun.objects.update(queued_at=timezone.now() - timedelta(hours=1))
    assert sweep_runs() == 1
    assert sweep_runs() == 0, "what was just queued again is not queued with every sweep"
    score_evaluation(run.pk)
    assert has_status(run, "done")
