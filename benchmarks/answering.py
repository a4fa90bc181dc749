"""Answering: opening sections, saving one answer, and whole questionnaires from the first page to the score.

Everything goes over HTTP to gunicorn with two workers, as production runs it; a real Celery worker scores.
"""

import argparse
import itertools
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.data import prepare, session_cookie  # noqa: E402
from benchmarks.load import ask  # noqa: E402
from benchmarks.questionnaires import example_questionnaire  # noqa: E402
from benchmarks.report import table  # noqa: E402
from benchmarks.servers import serving  # noqa: E402
from evaluate.models import Evaluation, EvaluationRun, Questionnaire  # noqa: E402
from evaluate.services.answering import evaluation_start  # noqa: E402
from portal.accounts.models import User  # noqa: E402

CONNECTIONS = 4
OPENED = 40
TOKEN = "b" * 32
SMALL, LARGE, WHOLE = (4, 10), (40, 10), (6, 10)
Fields = Sequence[tuple[str, str]]
SAVES_PROMISE, WHOLE_PROMISE = 150, 50


class Person:
    """Somebody signed in, with a browser that keeps its connection."""

    def __init__(self, number: int) -> None:
        self.user, _is_new = User.objects.get_or_create(
            email=f"responde-{number}@muestra.example",
            defaults={"name": f"Responde {number}", "is_sample": True},
        )
        self.cookie = f"{session_cookie(self.user)}; csrftoken={TOKEN}"
        self.place = ""
        self._connection: HTTPConnection | None = None

    def connect(self, port: int) -> None:
        """Open a connection to the portal."""
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def get(self, path: str) -> bytes:
        """Ask for a page."""
        return self._ask("GET", path)

    def post(self, path: str, fields: Fields, **headers: str) -> bytes:
        """Send a form; a redirect is followed."""
        return self._ask("POST", path, urlencode(fields), **headers)

    def _ask(self, method: str, path: str, body: str | None = None, **headers: str) -> bytes:
        assert self._connection is not None
        sent = {
            "Host": "127.0.0.1",
            "Cookie": self.cookie,
            "X-Forwarded-Proto": "https",
            "Referer": "https://127.0.0.1/",
            "X-CSRFToken": TOKEN,
            "Accept-Encoding": "gzip",
            **({"Content-Type": "application/x-www-form-urlencoded"} if body is not None else {}),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }
        self._connection.request(method, path, body, sent)
        response = self._connection.getresponse()
        content = response.read()
        if response.status in {301, 302, 303}:
            self.place = response.headers["Location"]
            return content
        if response.status != 200:
            raise RuntimeError(f"{method} {path}: {response.status}")
        return content


Work = Callable[[Person, list[int]], None]


def opened(port: int, person: Person) -> list[list[str]]:
    """Open a section of a small and of a large questionnaire, and say what each question shown costs."""
    rows = []
    for sections, questions in (SMALL, LARGE):
        evaluation = _started(person, example_questionnaire(sections, questions))
        path = f"/evaluarme/respuestas/{evaluation.public_id}/seccion/s0/"
        person.get(path)
        times = []
        for _time in range(OPENED):
            start = time.perf_counter()
            person.get(path)
            times.append(time.perf_counter() - start)
        middle = sorted(times)[len(times) // 2] * 1000
        rows.append([str(sections * questions), str(questions), f"{middle:.1f}", f"{middle / questions:.2f}"])
    return rows


def _started(person: Person, questionnaire: Questionnaire) -> Evaluation:
    evaluation, _is_new = evaluation_start(user=person.user, questionnaire=questionnaire)
    return evaluation


def queries_of_a_save(person: Person) -> int:
    """Count the statements of one saved answer, in this process, frames of transactions left out."""
    evaluation = _started(person, example_questionnaire(*WHOLE))
    client = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="127.0.0.1")
    client.cookies["sessionid"] = person.cookie.split(";")[0].partition("=")[2]
    path = f"/evaluarme/respuestas/{evaluation.public_id}/guardar/"
    for answer in ("1", "2"):
        fields = {"path": "/s0/q0_0", "/s0/q0_0": answer}
        with CaptureQueriesContext(connection) as captured:
            response = client.post(path, fields, headers={"HX-Request": "true"})
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
    frames = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    return sum(not query["sql"].startswith(frames) for query in captured.captured_queries)


def saves(port: int, people: list[Person], seconds: float) -> float:
    """Save single answers from several people at once for some seconds; returns saves per second."""
    questionnaire = example_questionnaire(*WHOLE)
    paths = {
        person: f"/evaluarme/respuestas/{_started(person, questionnaire).public_id}/guardar/"
        for person in people
    }
    end = time.perf_counter() + seconds

    def work(person: Person, done: list[int]) -> None:
        for number in itertools.count():
            if time.perf_counter() > end:
                break
            question = f"/s{number // 10 % 6}/q{number // 10 % 6}_{number % 10}"
            fields = [("path", question), (question, str(number // 60 % 4))]
            person.post(paths[person], fields, HX_Request="true")
            done.append(number)

    return _together(port, people, work)


def whole_questionnaires(port: int, people: list[Person], shape: tuple[int, int], seconds: float) -> float:
    """Answer whole questionnaires by their pages until the time is over, and wait for the scores; returns per second.

    Begin, open each section, send it, look it over, hand it in. A person begins again when hers has its score.
    """
    questionnaire = example_questionnaire(*shape)
    end = time.perf_counter() + seconds

    def work(person: Person, done: list[int]) -> None:
        while time.perf_counter() < end:
            _answer_whole(person, questionnaire.slug, shape)
            done.append(1)

    return _together(port, people, work, after=_wait_for_scores)


def _answer_whole(person: Person, slug: str, shape: tuple[int, int]) -> None:
    sections, questions = shape
    person.post(f"/evaluarme/{slug}/empezar/", [])
    home = person.place
    person.get(home)
    base = home.rstrip("/").split("/seccion")[0]
    for section in range(sections):
        place = f"{base}/seccion/s{section}/"
        person.get(place)
        names = [f"/s{section}/q{section}_{number}" for number in range(questions)]
        fields = [("accion", "seguir"), *(("shown", name) for name in names)]
        fields += [(name, str((section + number) % 4)) for number, name in enumerate(names)]
        person.post(place, fields)
    person.get(f"{base}/revisar/")
    person.post(f"{base}/revisar/", [])


def _wait_for_scores() -> None:
    unfinished = EvaluationRun.objects.unfinished()
    for _attempt in range(600):
        if not unfinished.exists():
            return
        time.sleep(0.1)
    raise TimeoutError("the worker did not score everything in a minute")


def _together(port: int, people: list[Person], work: Work, after: Callable[[], None] | None = None) -> float:
    done: list[int] = []
    for person in people:
        person.connect(port)
    threads = [threading.Thread(target=work, args=(person, done)) for person in people]
    start = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if after is not None:
        after()
    return len(done) / (time.perf_counter() - start)


@contextmanager
def scoring() -> Iterator[None]:
    """Run a Celery worker for the length of a block."""
    command = [
        sys.executable,
        "-m",
        "celery",
        "-A",
        "portal",
        "worker",
        "--concurrency=1",
        "--loglevel=ERROR",
    ]
    process = subprocess.Popen(command, env=dict(os.environ), stdout=subprocess.DEVNULL)
    try:
        time.sleep(4)
        yield
    finally:
        process.terminate()
        process.wait(timeout=30)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int)
    parser.add_argument("--seconds", type=float)
    options = parser.parse_args()
    prepare(options.solutions)
    people = [Person(number) for number in range(CONNECTIONS)]
    with serving("benchmarks.bare.wsgi:application") as bare_server:
        bare = ask(bare_server.port, "/", seconds=options.seconds)
    with serving("portal.wsgi:application") as server, scoring():
        people[0].connect(server.port)
        rows = opened(server.port, people[0])
        saved = saves(server.port, people, options.seconds)
        by_sections = whole_questionnaires(server.port, people, WHOLE, options.seconds * 3)
        at_once = whole_questionnaires(server.port, people, (1, 60), options.seconds * 3)
    header = ["questions in all", "in the section", "median ms", "ms per question shown"]
    print(
        "## Answering, gunicorn with 2 workers of 4 threads, 4 people at once, the load on the same two cores\n"
    )
    print(f"Bare view, one indexed query of 20 rows: {bare.per_second:.0f} req/s.\n")
    print(table(header, rows), "\n")
    rows = [
        ["statements of a saved answer", str(queries_of_a_save(people[0])), "6 at most"],
        ["single answers saved per second", f"{saved:.0f}", f"{SAVES_PROMISE}"],
        ["questionnaires of 60 in six sections, first page to score, per second", f"{by_sections:.1f}", ""],
        ["questionnaires of 60 in one section, the same", f"{at_once:.1f}", f"{WHOLE_PROMISE}"],
    ]
    print(table(["what", "measured", "promise"], rows))


if __name__ == "__main__":
    main()
