"""The library: list, facets, search, pages far behind and the page of a solution, each beside its own bare SQL.

A page is asked for in this process, through all of Django, by a visitor for whom nothing is kept. Its bare SQL is the
very statements that it sent, once more through a cursor and nothing else. Both are the shortest of several runs.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import urlencode

import django

django.setup()

from django.db import connection  # noqa: E402
from django.db.models import Sum  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402

from benchmarks.data import prepare  # noqa: E402
from benchmarks.report import table  # noqa: E402
from inspire.counts import count  # noqa: E402
from inspire.models import FacetCount, Solution  # noqa: E402
from inspire.orders import PAGE_SIZE, Order, key_page_of, read_order  # noqa: E402
from portal.catalog.models import Entry  # noqa: E402
from portal.catalog.querysets import CatalogQuery  # noqa: E402

LIST = "/inspirarme/"
LEAST_RUNS, MOST_RUNS = 3, 15
DEEP_PAGE = 5000
PROMISE = 5.0
COUNTS = re.compile(r"inspire_facetcount|inspire_counted_keys|COUNT\(", re.IGNORECASE)
# Words of the invented examples (inspire/content/samples), from usual to hardly ever.
WORDS = ("compostaje", "compostaje barrial", "barrios", "ciclovías", "braille", "atrapanieblas")
HEADER = ["page", "queries", "SQL ms", "of it counts", "page ms", "× SQL", "kB"]


@dataclass(frozen=True)
class Measured:
    """What a page costs: its statements, their bare time in all and of those that count, its own time, its size."""

    queries: int
    sql_ms: float
    counts_ms: float
    page_ms: float
    bytes: int

    @property
    def times_sql(self) -> float:
        """How many times as long as its bare SQL the page takes."""
        return self.page_ms / self.sql_ms

    def row(self, name: str) -> list[str]:
        """Return the figures as a row of the table."""
        return [
            name,
            str(self.queries),
            f"{self.sql_ms:.1f}",
            f"{self.counts_ms:.1f}",
            f"{self.page_ms:.1f}",
            f"{self.times_sql:.1f}",
            f"{self.bytes / 1000:.0f}",
        ]


class Visitor:
    """Asks for pages, one at a time."""

    def __init__(self, seconds: float) -> None:
        self._client = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="127.0.0.1")
        self._seconds = seconds

    def measure(self, path: str) -> Measured:
        """Ask for a page until its time is known, and then for its statements alone."""
        self._ask(path)
        with CaptureQueriesContext(connection) as captured:
            size = self._ask(path)
        statements = [query["sql"] for query in captured.captured_queries if _reads(query["sql"])]
        counting = [statement for statement in statements if COUNTS.search(statement)]
        page_ms, sql_ms, counts_ms = self._best_ms(
            lambda: self._ask(path), lambda: _run(statements), lambda: _run(counting)
        )
        return Measured(len(statements), sql_ms, counts_ms, page_ms, size)

    def _ask(self, path: str) -> int:
        response = self._client.get(path)
        if response.status_code != 200:
            raise RuntimeError(f"{path}: {response.status_code}")
        return len(response.content)

    def _best_ms(self, *works: Callable[[], object]) -> list[float]:
        """Return the shortest time of each, in turns: what else the machine does can only add, and adds to all."""
        best = [float("inf")] * len(works)
        end = time.perf_counter() + self._seconds * len(works)
        for run in range(MOST_RUNS):
            for place, work in enumerate(works):
                start = time.perf_counter()
                work()
                best[place] = min(best[place], time.perf_counter() - start)
            if run >= LEAST_RUNS - 1 and time.perf_counter() > end:
                break
        return [seconds * 1000 for seconds in best]


def _reads(statement: str) -> bool:
    """Say whether a statement is the page's own, and not the frame of a transaction."""
    return statement.lstrip("( \n").upper().startswith(("SELECT", "WITH"))


def _run(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
            cursor.fetchall()


def address(**parameters: str) -> str:
    """Return the address of a list."""
    return f"{LIST}?{urlencode(parameters)}" if parameters else LIST


def key_counts() -> list[tuple[str, int]]:
    """Return the facet keys with their counts, the most frequent first."""
    sums = FacetCount.objects.values_list("key").annotate(total=Sum("count")).order_by("-total", "key")
    return [(key, total) for key, total in sums if ":" in key and total > 0]


def lists() -> Iterator[tuple[str, str]]:
    """Yield names and addresses of the lists to measure."""
    counts = key_counts()
    common, many = next(found for found in counts if found[0].startswith("country:"))
    rare, few = next(found for found in reversed(counts) if found[0].startswith(("province:", "topic:")))
    country, rarest = common.split(":", 1), rare.split(":", 1)
    yield "everything", address()
    yield "everything, as a table", address(vista="tabla")
    yield f"a common facet, {many} found", address(**{country[0]: country[1]})
    yield f"a rare facet, {few} found", address(**{rarest[0]: rarest[1]})
    yield "two facets", address(area="health", **{country[0]: country[1]})
    yield "three facets and a flag", address(area="health", stage="running", years="2020", has_results="yes")
    yield "on the map only", address(positioned="true")


def searches() -> Iterator[tuple[str, str]]:
    """Yield names and addresses of the searches to measure."""
    for words in WORDS:
        found = Entry.objects.of_kind("solution").filter(search=CatalogQuery(words)).count()
        yield f"«{words}», {found} found", address(q=words)
    yield "«compostaje» and a facet", address(q="compostaje", area="environment-waste")
    yield "a misspelt word", address(q="compostage")


def deep_pages() -> Iterator[tuple[str, str, str]]:
    """Yield for each order its name, the address of its first page and that of one far behind."""
    for order in Order:
        asked = {"orden": str(order)}
        text = _rankable_word() if order is Order.RELEVANCE else ""
        found = Solution.objects.published()
        if text:
            asked["q"] = text
            found = found.matching(text)
        page = min(DEEP_PAGE, found.count() // PAGE_SIZE)
        sorting = read_order(order, text, count(found))
        before = key_page_of(found, sorting, text, "", size=(page - 1) * PAGE_SIZE)
        cursor = before.next_cursor if before else ""
        yield f"{order}, page {page}", address(**asked), address(**asked, cursor=cursor)


def _rankable_word() -> str:
    """Return the word that finds most without finding too much to be ranked."""
    found = {
        word: Entry.objects.of_kind("solution").filter(search=CatalogQuery(word)).count() for word in WORDS
    }
    return max((word for word in WORDS if found[word] <= 10_000), key=lambda word: found[word])


def exact_ms() -> tuple[float, float]:
    """Return what it would take to count the whole library by its facets anew, and what the kept counts take."""
    published = "FROM inspire_solution, unnest(facet_keys) AS key WHERE status = 'published'"
    anew = f"SELECT key, count(*) {published} GROUP BY key"
    kept = "SELECT key, sum(count) FROM inspire_facetcount GROUP BY key"
    times = []
    for statement in (anew, kept):
        start = time.perf_counter()
        _run([statement])
        times.append((time.perf_counter() - start) * 1000)
    return times[0], times[1]


def details() -> Iterator[tuple[str, str]]:
    """Yield names and addresses of the pages of two solutions."""
    found = Solution.objects.published().filter(is_sample=True)
    yield "a solution in one language", found.filter(translations={}).earliest("id").get_absolute_url()
    yield "a solution in several", found.exclude(translations={}).earliest("id").get_absolute_url()


def main() -> None:
    """Measure, and print the tables and what misses the promise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int, required=True)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    prepare(options.solutions)
    visitor = Visitor(options.seconds)
    print(f"## The library beside its bare SQL, {Solution.objects.count()} solutions, nothing kept\n")
    missed = []
    with override_settings(VISITOR_CACHE_SECONDS=0):
        for title, pages in (("Lists", lists()), ("Searches", searches()), ("Pages of solutions", details())):
            measured = [(name, visitor.measure(path)) for name, path in pages]
            missed += [name for name, found in measured if found.times_sql > PROMISE]
            print(f"{title}:\n\n{table(HEADER, [found.row(name) for name, found in measured])}\n")
        rows = [_deep_row(visitor, *names) for names in deep_pages()]
        print(f"Far behind:\n\n{table(['order', 'first page ms', 'this page ms', '×'], rows)}\n")
    anew, kept = exact_ms()
    print(
        f"All facets of the whole library: counted anew {anew:.0f} ms, from the kept counts {kept:.1f} ms.\n"
    )
    print(f"More than {PROMISE:.0f}× their bare SQL: {', '.join(missed) or 'none'}.")


def _deep_row(visitor: Visitor, name: str, first: str, deep: str) -> list[str]:
    first_ms, deep_ms = visitor.measure(first).page_ms, visitor.measure(deep).page_ms
    return [name, f"{first_ms:.1f}", f"{deep_ms:.1f}", f"{deep_ms / first_ms:.2f}"]


if __name__ == "__main__":
    main()
