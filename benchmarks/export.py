"""Exports of the whole library: rows per second, time to the first byte and memory of the worker, beside a bare COPY.

And the API: whether its last pages are as quick as its first.
"""

import argparse
import http.client
import statistics
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import django
import psutil

django.setup()

from django.db import connection  # noqa: E402

from benchmarks.data import prepare  # noqa: E402
from benchmarks.report import table  # noqa: E402
from benchmarks.servers import Server, serving  # noqa: E402
from inspire.models import Solution  # noqa: E402
from inspire.orders import Order, Sorting, key_page_of  # noqa: E402

HEADERS = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "127.0.0.1", "Host": "127.0.0.1"}
READ_BYTES = 1 << 20
RUNS = 15


@dataclass(frozen=True)
class Taken:
    """What a download took: seconds to the first byte and to the last, bytes, and the workers' memory in MiB."""

    first: float
    seconds: float
    size: int
    before: float
    peak: float


class Memory:
    """The largest memory (RSS, MiB) that a server's workers had while a block ran."""

    def __init__(self, server: Server) -> None:
        self._workers = psutil.Process(server.process.pid).children()
        self._ended = threading.Event()
        self.before = self.peak = self.now()

    def now(self) -> float:
        """Return the memory of the largest worker."""
        return max(worker.memory_info().rss for worker in self._workers) / 1024**2

    def __enter__(self) -> "Memory":
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._ended.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ended.wait(0.05):
            self.peak = max(self.peak, self.now())


def take(server: Server, path: str) -> Taken:
    """Download a file and throw it away as it comes."""
    with Memory(server) as memory:
        start = time.perf_counter()
        client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=600)
        client.request("GET", path, headers=HEADERS)
        response = client.getresponse()
        assert response.status == 200, f"{path}: {response.status}"
        size = len(response.read(1))
        first = time.perf_counter() - start
        while block := response.read(READ_BYTES):
            size += len(block)
        seconds = time.perf_counter() - start
        client.close()
    return Taken(first, seconds, size, memory.before, memory.peak)


def bare_copy() -> float:
    """Return the seconds that PostgreSQL takes to write the same rows as CSV, to nobody."""
    statement = "COPY (SELECT * FROM inspire_solution WHERE status = 'published') TO STDOUT (FORMAT csv)"
    start = time.perf_counter()
    with connection.cursor() as cursor, cursor.copy(statement) as copy:  # type: ignore[attr-defined]
        for _block in copy:
            pass
    return time.perf_counter() - start


def row(name: str, taken: Taken, rows: int) -> list[str]:
    """Format a download's figures."""
    return [
        name,
        f"{rows / taken.seconds:.0f}",
        f"{taken.seconds:.1f}",
        f"{taken.first * 1000:.0f}",
        f"{taken.size / 1e6:.0f}",
        f"{taken.before:.0f}",
        f"{taken.peak:.0f}",
    ]


def median_ms(work: Callable[[], object]) -> float:
    """Return the median time of some work."""
    times = []
    for _run in range(RUNS):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times) * 1000


def ask(server: Server, path: str) -> None:
    """Ask for a page of the API."""
    client = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    client.request("GET", path, headers=HEADERS)
    response = client.getresponse()
    response.read()
    assert response.status == 200, f"{path}: {response.status}"
    client.close()


def deep_cursor() -> str:
    """Return a cursor nine tenths down the library."""
    newest = Solution.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    older = Solution.objects.published().filter(pk__lte=newest // 10)
    found = key_page_of(older, Sorting(Order.NEWEST, is_of_many=True), "", "", size=1)
    assert found is not None
    return found.next_cursor


def api_rows(server: Server) -> list[list[str]]:
    """Measure a page of fifty solutions with everything that belongs to them, at the beginning and far down."""
    found = []
    for name, path in (("all", "/api/v1/solutions/?"), ("of one country", "/api/v1/solutions/?country=AR&")):
        deep = f"{path}cursor={deep_cursor()}"
        first_ms, deep_ms = (median_ms(partial(ask, server, address)) for address in (path, deep))
        found.append([name, f"{first_ms:.0f}", f"{deep_ms:.0f}", f"{deep_ms / first_ms:.2f}"])
    return found


def main() -> None:
    """Measure all formats and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int)
    parser.add_argument("--seconds", type=float)
    options = parser.parse_args()
    if options.solutions:
        prepare(options.solutions)
    rows = Solution.objects.published().count()
    print(f"## Exports of {rows} solutions, gunicorn with 2 workers of 4 threads\n")
    print(f"Bare COPY of the same rows to CSV: {rows / bare_copy():.0f} rows/s.\n")
    header = ["file", "rows/s", "s", "first byte ms", "MB", "MiB before", "MiB at most"]
    with serving("portal.wsgi:application") as server:
        take(server, "/inspirarme/exportar.csv?country=UY")
        files = [
            row(ending, take(server, f"/inspirarme/exportar.{ending}"), rows)
            for ending in ("csv", "geojson", "xlsx")
        ]
        print(f"{table(header, files)}\n")
        print("API, 50 solutions a page, nine tenths down against the first page:\n")
        print(table(["filter", "first ms", "deep ms", "×"], api_rows(server)))


if __name__ == "__main__":
    main()
