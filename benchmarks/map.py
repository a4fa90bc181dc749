"""The map: its answers at every zoom over crowded and empty parts of the world, and filtered ones beside bare SQL.

The view answers in this process and nothing is kept. The bare SQL of a filtered answer counts the same rows by cell and
takes the means of their positions, through a cursor and nothing else.
"""

import argparse
import gzip
import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import django

django.setup()

from django.db import connection  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.test import RequestFactory  # noqa: E402
from django.test.utils import override_settings  # noqa: E402

from benchmarks.data import prepare  # noqa: E402
from benchmarks.report import table  # noqa: E402
from inspire.filters import SolutionFilter  # noqa: E402
from inspire.map_filtered import Filtered  # noqa: E402
from inspire.map_grid import FINEST  # noqa: E402
from inspire.map_viewport import read_viewport  # noqa: E402
from inspire.models import Solution  # noqa: E402
from inspire.services import map_cells_add_up  # noqa: E402
from inspire.views import SolutionMapDataView  # noqa: E402

ZOOMS = range(2, 17)
RUNS = 9
# As wide and as high as a map is on a desk, in pixels on a world of 256.
WIDTH, HEIGHT, WORLD = 880, 576, 256
EMPTY = (-50.0, -140.0)
FILTERED_ZOOMS = (2, 5, 8, 12)
FILTERS = (
    {"country": "AR"},
    {"area": "health"},
    {"stage": "pilot", "has_results": "yes"},
    {"q": "compostaje"},
)
MOST_MS, MOST_TIMES, MOST_KB, MOST_FEATURES = 15, 3, 40, 200
HEADER = ["place", "zoom", "ms", "ms of processor", "features", "kB gzip", "in view"]


@dataclass(frozen=True)
class Measured:
    """What an answer costs and holds: the median of its time, the least of its processor time, in milliseconds."""

    milliseconds: float
    processor: float
    features: int
    kilobytes: float
    in_view: int


def measure(parameters: dict[str, Any]) -> Measured:
    """Ask the view some times."""
    request = RequestFactory().get("/inspirarme/mapa.json", parameters)
    view = SolutionMapDataView.as_view()
    view(request)
    times, processor, answer = [], [], HttpResponse()
    for _run in range(RUNS):
        began, worked = time.perf_counter(), time.thread_time()
        answer = view(request)
        times.append(time.perf_counter() - began)
        processor.append(time.thread_time() - worked)
    data = json.loads(answer.content)
    return Measured(
        milliseconds=statistics.median(times) * 1000,
        processor=min(processor) * 1000,
        features=len(data["features"]),
        kilobytes=len(gzip.compress(answer.content)) / 1000,
        in_view=data["in_view"],
    )


def timed(ask: Callable[[], object]) -> float:
    """Return the median time of a question in milliseconds."""
    times = []
    ask()
    for _run in range(RUNS):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


def view_of(place: tuple[float, float], zoom: int) -> dict[str, Any]:
    """Return what a map on a desk asks for around a place."""
    latitude, longitude = place
    across = WIDTH / (WORLD * 2**zoom) * 360 / 2
    down = across * HEIGHT / WIDTH * 0.8
    box = (max(-180.0, longitude - across), latitude - down, min(180.0, longitude + across), latitude + down)
    return {"bbox": ",".join(f"{edge:.5f}" for edge in box), "zoom": zoom}


def crowded() -> tuple[float, float]:
    """Return where most solutions stand on one point."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT avg(latitude), avg(longitude) FROM inspire_solution WHERE status = 'published'"
            " AND latitude IS NOT NULL GROUP BY map_cell ORDER BY count(*) DESC LIMIT 1"
        )
        latitude, longitude = cursor.fetchone()
    return latitude, longitude


def bare(parameters: dict[str, Any]) -> float:
    """Return the time of counting a filtered viewport by cell, and nothing else."""
    viewport = read_viewport(parameters["bbox"], str(parameters["zoom"]))
    request = RequestFactory().get("/", parameters)
    found = SolutionFilter(request.GET, queryset=Solution.objects.published()).found
    rows, known = Filtered(found).rows_of(viewport.window).query.sql_with_params()
    statement = (
        f"SELECT map_cell >> {2 * (FINEST - viewport.level)}, count(*), avg(latitude), avg(longitude)"
        f" FROM ({rows}) AS found GROUP BY 1"
    )

    def ask() -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, known)
            cursor.fetchall()

    return timed(ask)


def everything() -> list[list[str]]:
    """Measure the map of the whole library."""
    rows = []
    for name, place in (("crowded", crowded()), ("empty", EMPTY)):
        for zoom in ZOOMS:
            one = measure(view_of(place, zoom))
            figures = (one.milliseconds, one.processor, one.features, one.kilobytes, one.in_view)
            rows.append([name, str(zoom), *(f"{figure:.1f}".removesuffix(".0") for figure in figures)])
    return rows


def filtered() -> list[list[str]]:
    """Measure maps of filters beside their bare SQL."""
    rows = []
    place = crowded()
    for filters in FILTERS:
        for zoom in FILTERED_ZOOMS:
            asked = filters | view_of(place, zoom)
            one, alone = measure(asked), bare(asked)
            name = "&".join(f"{key}={value}" for key, value in filters.items())
            times = one.milliseconds / alone
            figures = (one.milliseconds, alone, times, one.features, one.kilobytes, one.in_view)
            rows.append([name, str(zoom), *(f"{figure:.1f}".removesuffix(".0") for figure in figures)])
    return rows


def main() -> None:
    """Measure, and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--as-it-is", action="store_true", help="measure the library that is there")
    options = parser.parse_args()
    if not options.as_it_is:
        prepare(options.solutions)
        map_cells_add_up()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE inspire_mapcell")
    with override_settings(VISITOR_CACHE_SECONDS=0, DEBUG=False):
        print(f"## Map, {Solution.objects.count()} solutions, nothing kept\n")
        print(
            f"Promised: less than {MOST_MS} ms unfiltered, at most {MOST_TIMES} times the bare SQL filtered, "
            f"{MOST_KB} kB and {MOST_FEATURES} features.\n"
        )
        print(table(HEADER, everything()) + "\n")
        header = ["filter", "zoom", "ms", "bare SQL ms", "× bare", "features", "kB gzip", "in view"]
        print(table(header, filtered()))


if __name__ == "__main__":
    main()
