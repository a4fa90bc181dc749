"""Comparing with peers over a million answers, beside the bare SQL of the same figures; exporting 100,000 responses.

`--towns` of 60 criteria each make the answers of one questionnaire; `--responses` are spread over several of them.
"""

import argparse
import http.client
import statistics
import time
from collections.abc import Callable
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402

from benchmarks.data import prepare, session_cookie  # noqa: E402
from benchmarks.export import HEADERS, READ_BYTES, Memory  # noqa: E402
from benchmarks.questionnaires import example_questionnaire  # noqa: E402
from benchmarks.report import table  # noqa: E402
from benchmarks.results import results_grow  # noqa: E402
from benchmarks.servers import Server, serving  # noqa: E402
from evaluate.models import Answer, CurrentResult, PeerGroup, PeerRelease, Questionnaire  # noqa: E402
from portal.accounts.models import User  # noqa: E402

# Questionnaires of sixty criteria each; the first is the one that is compared.
SHAPES = ((6, 10), (10, 6), (5, 12), (12, 5), (4, 15), (15, 4))
TOWNS, RESPONSES = 16_700, 100_000
WARM, COLD = 40, 5
PROMISE = 3.0
TOKEN = "b" * 32
_PARTS = "CROSS JOIN LATERAL jsonb_each(result.shares) AS part"
BARE = f"""
    SELECT part.key, count(*),
           percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY part.value::float8)
    FROM evaluate_currentresult AS result {_PARTS}
    WHERE questionnaire_id = %s AND NOT is_sample AND share IS NOT NULL GROUP BY part.key
"""
FROM_ANSWERS = """
    SELECT answer.path, count(*),
           percentile_cont(ARRAY[0.25, 0.5, 0.75]) WITHIN GROUP (ORDER BY (answer.value #>> '{}')::float8)
    FROM evaluate_currentresult AS result
    JOIN evaluate_evaluationrun AS run ON run.id = result.run_id
    JOIN evaluate_answer AS answer ON answer.evaluation_id = run.evaluation_id
    WHERE result.questionnaire_id = %s AND NOT result.is_sample AND NOT answer.is_not_applicable
    GROUP BY answer.path
"""


def seconds(work: Callable[[], object], times: int) -> float:
    """Return the median time of some work."""
    taken = []
    for _time in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def bare(statement: str, questionnaire: Questionnaire) -> None:
    """Run a statement and take its rows."""
    with connection.cursor() as cursor:
        cursor.execute(statement, [questionnaire.pk])
        cursor.fetchall()


def staff_cookie() -> str:
    """Return the session cookie of somebody of the network's staff."""
    user, _is_new = User.objects.get_or_create(
        email="panorama@muestra.example", defaults={"name": "Panorama", "is_sample": True, "is_staff": True}
    )
    return f"{session_cookie(user)}; csrftoken={TOKEN}"


def ask(server: Server, cookie: str, path: str) -> None:
    """Ask for a page."""
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
    client.request("GET", path, headers={**HEADERS, "Cookie": cookie})
    response = client.getresponse()
    response.read()
    assert response.status == 200, f"{path}: {response.status}"
    client.close()


def forget_figures(*, only_checks: bool = False) -> None:
    """Have figures released anew at the next look, or only have it checked whether they should be."""
    if only_checks:
        PeerGroup.objects.update(checked_at=None)
        return
    PeerGroup.objects.all().delete()
    PeerRelease.objects.all().delete()


def pages(server: Server, cookie: str, questionnaire: Questionnaire) -> list[list[str]]:
    """Measure the page with figures at hand, with a check, and with all four groups' figures to be made."""
    result = CurrentResult.objects.filter(questionnaire=questionnaire).order_by("pk")[10]
    path = f"/evaluarme/respuestas/{result.run.evaluation.public_id}/comparacion/?grupo=red"
    sql = seconds(lambda: bare(BARE, questionnaire), COLD)
    ask(server, cookie, path)
    warm = seconds(lambda: ask(server, cookie, path), WARM)

    def look_after(forget: Callable[[], None]) -> float:
        taken = []
        for _time in range(COLD):
            forget()
            taken.append(seconds(lambda: ask(server, cookie, path), 1))
        return statistics.median(taken)

    checked = look_after(lambda: forget_figures(only_checks=True))
    made = look_after(forget_figures)
    rows = [
        ("bare SQL over current results", sql),
        ("bare SQL over the answers", seconds(lambda: bare(FROM_ANSWERS, questionnaire), 3)),
        ("page, figures at hand", warm),
        ("page, four groups checked (once an hour)", checked),
        ("page, figures of four groups made", made),
    ]
    return [[name, f"{taken * 1000:.0f}", f"{taken / sql:.2f}"] for name, taken in rows]


def take_export(server: Server, cookie: str, fields: dict[str, str]) -> list[str]:
    """Download an anonymised file and throw it away as it comes."""
    with Memory(server) as memory:
        start = time.perf_counter()
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=1_800)
        headers = {
            **HEADERS,
            "Cookie": cookie,
            "Referer": "https://127.0.0.1/",
            "X-CSRFToken": TOKEN,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        client.request("POST", "/evaluarme/red/exportar/", urlencode(fields), headers)
        response = client.getresponse()
        assert response.status == 200, f"export: {response.status}"
        size = len(response.read(1))
        first = time.perf_counter() - start
        while block := response.read(READ_BYTES):
            size += len(block)
        taken = time.perf_counter() - start
        client.close()
    figures = [taken, first, size / 1e6, memory.before, memory.peak]
    return [f"{fields['forma']} {fields['formato']}", *(f"{figure:.1f}" for figure in figures)]


def exports(server: Server, cookie: str, questionnaire: Questionnaire) -> list[list[str]]:
    """Measure the files of one questionnaire, and the one of all answers of all, too long for a sheet."""
    one = {"forma": "ancho", "cuestionario": questionnaire.slug}
    everything = {"forma": "largo", "cuestionario": ""}
    files = [(one, "csv"), (one, "xlsx"), (everything, "csv")]
    return [take_export(server, cookie, {**fields, "formato": ending}) for fields, ending in files]


def main() -> None:
    """Make the data, measure, and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--solutions", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--towns", type=int, default=TOWNS)
    parser.add_argument("--responses", type=int, default=RESPONSES)
    options = parser.parse_args()
    if options.solutions:
        prepare(options.solutions)
    questionnaires = [example_questionnaire(*shape) for shape in SHAPES]
    each = [options.towns, *[(options.responses - options.towns) // (len(SHAPES) - 1)] * (len(SHAPES) - 1)]
    for place, (questionnaire, towns) in enumerate(zip(questionnaires, each, strict=True)):
        results_grow(questionnaire, max(towns, 0), with_answers=place == 0)
    cookie = staff_cookie()
    answers = Answer.objects.filter(evaluation__questionnaire=questionnaires[0]).count()
    print(f"## Comparison of {each[0]} towns, {answers} answers, gunicorn with 2 workers of 4 threads\n")
    with serving("portal.wsgi:application") as server:
        ask(server, cookie, "/evaluarme/")
        forget_figures()
        rows = pages(server, cookie, questionnaires[0])
        print(f"{table(['what', 'median ms', '× bare SQL'], rows)}\n")
        print(f"Promised: at most {PROMISE:.0f} × the bare SQL.\n")
    if not options.responses:
        return
    print(f"## Anonymised export, {CurrentResult.objects.count()} responses of 60 criteria\n")
    with serving("portal.wsgi:application") as server:
        ask(server, cookie, "/evaluarme/red/exportar/")
        header = ["file", "s", "first byte s", "MB", "MiB before", "MiB at most"]
        print(f"{table(header, exports(server, cookie, questionnaires[0]))}\n")


if __name__ == "__main__":
    main()
