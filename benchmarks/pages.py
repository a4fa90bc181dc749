"""Pages: requests per second and median time at four connections, SQL, bytes and memory, beside a bare view."""

import argparse
import re
from dataclasses import dataclass

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.staticfiles.storage import staticfiles_storage  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

from benchmarks.data import practitioner_cookie, prepare  # noqa: E402
from benchmarks.load import Load, ask  # noqa: E402
from benchmarks.report import table  # noqa: E402
from benchmarks.servers import serving  # noqa: E402
from inspire.models import Solution  # noqa: E402
from portal.core.visitor_cache import forget_visitor_pages  # noqa: E402

ASSET = re.compile(r'(?:href|src)="(/static/[^"]+\.(?:css|js|svg))"')


@dataclass(frozen=True)
class Sql:
    """What a page asks of the database when nothing is kept: number of queries and their time in milliseconds."""

    queries: int
    milliseconds: float


def pages() -> dict[str, str]:
    """Return the pages to measure, by name."""
    slug = Solution.objects.filter(source="starter").earliest("id").slug
    return {
        "home": "/",
        "list": "/inspirarme/",
        "map page": "/inspirarme/?vista=mapa",
        "map data": "/inspirarme/mapa.json?zoom=2",
        "detail": f"/inspirarme/{slug}/",
        "search": "/buscar/?q=participacion",
        "questionnaires": "/evaluarme/",
    }


def sql_of(path: str, cookie: str) -> Sql:
    """Ask once in this process with the query log on, after the visitors' pages were forgotten."""
    forget_visitor_pages()
    client = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="127.0.0.1")
    if cookie:
        name, _, value = cookie.partition("=")
        client.cookies[name] = value
    client.get(path)
    forget_visitor_pages()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(path)
    assert response.status_code == 200, f"{path}: {response.status_code}"
    return Sql(len(captured), sum(float(query["time"]) for query in captured.captured_queries) * 1000)


def first_visit_bytes(path: str, body_bytes: int) -> int:
    """Add what a page loads on a first visit, as compressed files on the disk."""
    html = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="127.0.0.1").get(path).content.decode()
    total = body_bytes
    for url in set(ASSET.findall(html)):
        file = settings.STATIC_ROOT / url.removeprefix(staticfiles_storage.base_url)
        compressed = file.with_name(file.name + ".gz")
        total += (compressed if compressed.exists() else file).stat().st_size
    return total


def row(name: str, load: Load, sql: Sql, bare: Load, weight: int) -> list[str]:
    """Format a page's figures."""
    return [
        name,
        f"{load.per_second:.0f}",
        f"{load.per_second / bare.per_second:.2f}",
        f"{load.median_ms:.1f}",
        str(sql.queries),
        f"{sql.milliseconds:.1f}",
        f"{load.bytes / 1000:.1f}",
        f"{weight / 1000:.1f}" if weight else "",
    ]


HEADER = ["page", "req/s", "× bare", "median ms", "queries", "SQL ms", "kB gzip", "kB first visit"]


def main() -> None:
    """Measure all pages for a visitor and for a practitioner, and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int)
    parser.add_argument("--seconds", type=float)
    options = parser.parse_args()
    prepare(options.solutions)
    cookie = practitioner_cookie()
    with serving("benchmarks.bare.wsgi:application") as bare_server:
        bare = ask(bare_server.port, "/", seconds=options.seconds)
    print(
        f"## Pages, {Solution.objects.count()} solutions, gunicorn with 2 workers of 4 threads, 4 connections\n"
    )
    print(f"Bare view, one indexed query of 20 rows: {bare.per_second:.0f} req/s, {bare.median_ms:.1f} ms.\n")
    with serving("portal.wsgi:application") as server:
        for title, who in (("A visitor", ""), ("A practitioner, signed in", cookie)):
            rows = []
            for name, path in pages().items():
                sql = sql_of(path, who)
                load = ask(server.port, path, seconds=options.seconds, cookie=who)
                weight = 0 if who or name == "map data" else first_visit_bytes(path, load.bytes)
                rows.append(row(name, load, sql, bare, weight))
            print(f"{title}:\n\n{table(HEADER, rows)}\n")
        print(f"Memory of a worker process (PSS): {server.memory_mib():.0f} MiB.")


if __name__ == "__main__":
    main()
