"""Scoring: evaluations of 60 criteria per second by two workers, with all that is read and written for each."""

import argparse
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice

import django
import psutil

django.setup()

from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.data import prepare  # noqa: E402
from benchmarks.questionnaires import LEVELS, example_questionnaire  # noqa: E402
from benchmarks.report import table  # noqa: E402
from evaluate.models import Answer, Evaluation, EvaluationRun, Questionnaire  # noqa: E402
from evaluate.services.scoring import BATCH, evaluation_score, evaluations_score  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.places.models import Municipality  # noqa: E402

PROMISE = 500
PROCESSES = 2
SECTIONS, CRITERIA = 6, 10
EVALUATIONS, ALONE = 3_000, 300
NOT_APPLICABLE_EVERY = 17
PAUSE = timedelta(hours=1)
HEADER = [
    "how",
    "batch",
    "evaluations",
    "per second",
    "CPU ms each: worker + PostgreSQL",
    "per second, cores to themselves",
    "promise",
]


def evaluations_of(questionnaire: Questionnaire, count: int) -> list[int]:
    """Hand in so many evaluations of different towns by several people; returns their runs, which nobody took yet."""
    version = questionnaire.versions.published().get()
    towns = list(Municipality.objects.order_by("pk").values_list("pk", flat=True)[:count])
    people = [_person(number) for number in range(20)]
    made = Evaluation.objects.bulk_create(
        Evaluation(
            questionnaire=questionnaire,
            version=version,
            municipality_id=towns[number % len(towns)],
            owner=people[number % len(people)],
            submitted_by=people[number % len(people)],
            status=Evaluation.Status.SUBMITTED,
            submitted_at=timezone.now() - PAUSE,
            is_sample=True,
        )
        for number in range(count)
    )
    paths = [f"/s{section}/q{section}_{number}" for section in range(SECTIONS) for number in range(CRITERIA)]
    answers = (_answer(evaluation, path, place) for evaluation in made for place, path in enumerate(paths))
    while rows := list(islice(answers, 10_000)):
        Answer.objects.bulk_create(rows)
    # Far in the past for no sweep, which nobody runs here.
    runs = EvaluationRun.objects.bulk_create(EvaluationRun(evaluation=evaluation) for evaluation in made)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE evaluate_answer, evaluate_evaluation, evaluate_evaluationrun")
    return [run.pk for run in runs]


def _person(number: int) -> User:
    return User.objects.get_or_create(
        email=f"puntaje-{number}@muestra.example", defaults={"name": f"Puntaje {number}", "is_sample": True}
    )[0]


def _answer(evaluation: Evaluation, path: str, place: int) -> Answer:
    chance = evaluation.pk * 7 + place * 13
    is_out = chance % NOT_APPLICABLE_EVERY == 0
    return Answer(
        evaluation=evaluation,
        path=path,
        value=str(chance % LEVELS),
        is_not_applicable=is_out,
        reason="En este municipio no hay." if is_out else "",
        answered_at=timezone.now(),
    )


def work(run_ids: list[int], size: int) -> None:
    """Score runs as a worker does that gets them in batches of a size, once it is told to begin."""
    Questionnaire.objects.first()
    print("ready", flush=True)
    sys.stdin.readline()
    begun = time.process_time()
    for start in range(0, len(run_ids), size):
        batch = run_ids[start : start + size]
        if size == 1:
            evaluation_score(run_id=batch[0])
        else:
            evaluations_score(run_ids=batch)
    print(time.process_time() - begun, flush=True)


@dataclass(frozen=True)
class Speed:
    """How fast evaluations were scored, and what each cost the processors: the workers' and PostgreSQL's part."""

    per_second: float
    worker_ms: float
    database_ms: float

    @property
    def possible(self) -> float:
        """How many a second the cores could do if they did nothing else."""
        return PROCESSES * 1000 / (self.worker_ms + self.database_ms)


def database_seconds() -> float:
    """Return the processor time that PostgreSQL used so far, with that of sessions that ended."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        server = psutil.Process(cursor.fetchone()[0]).parent()
    if server is None:
        return 0.0
    times = [server.cpu_times(), *(each.cpu_times() for each in server.children())]
    ended = times[0].children_user + times[0].children_system
    return ended + sum(each.user + each.system for each in times)


def speed(run_ids: list[int], size: int) -> Speed:
    """Let the processes score these runs between them."""
    workers = []
    for number in range(PROCESSES):
        share = ",".join(map(str, run_ids[number::PROCESSES]))
        command = [sys.executable, "-m", "benchmarks.scoring", f"--work={size}"]
        worker = subprocess.Popen(
            command,
            env={**os.environ, "RUNS": share},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        workers.append(worker)
    for worker in workers:
        assert worker.stdout is not None
        worker.stdout.readline()
    database, started = database_seconds(), time.perf_counter()
    used = [float(worker.communicate("begin\n", timeout=600)[0]) for worker in workers]
    seconds, database = time.perf_counter() - started, database_seconds() - database
    done = EvaluationRun.objects.done().filter(pk__in=run_ids).count()
    assert done == len(run_ids), f"{done} of {len(run_ids)} were scored"
    return Speed(done / seconds, sum(used) * 1000 / done, database * 1000 / done)


def main() -> None:
    """Measure and print the table."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int, default=2374)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--work", type=int, default=0)
    options = parser.parse_args()
    if options.work:
        work([int(each) for each in os.environ["RUNS"].split(",")], options.work)
        return
    prepare(options.solutions)
    questionnaire = example_questionnaire(SECTIONS, CRITERIA)
    rows = []
    for label, size, count in (("in batches", BATCH, EVALUATIONS), ("one by one", 1, ALONE)):
        found = speed(evaluations_of(questionnaire, count), size)
        cost = f"{found.worker_ms:.1f} + {found.database_ms:.1f}"
        promise = f"≥ {PROMISE}" if size > 1 else "—"
        figures = [f"{count:,}", f"{found.per_second:,.0f}", cost, f"{found.possible:,.0f}", promise]
        rows.append([label, str(size), *figures])
    print(
        f"## Scoring evaluations of {SECTIONS * CRITERIA} criteria, {PROCESSES} worker processes, database included\n"
    )
    print(table(HEADER, rows))


if __name__ == "__main__":
    main()
