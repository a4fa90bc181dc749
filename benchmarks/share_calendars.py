"""Calendars of encounters: a feed of 200 events again and again, a person's own, and all events of the site streamed.

Feeds are asked for in this process, through all of Django, by a program that has nothing yet, with nothing kept, then
with the calendar that it has already, and as a crowd asks (the portal keeps what every visitor gets).
"""

import argparse
import sys
import time
import tracemalloc
from collections.abc import Callable
from contextlib import redirect_stdout
from dataclasses import dataclass

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.http import HttpResponseBase  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext, override_settings  # noqa: E402
from django.urls import reverse  # noqa: E402

from benchmarks.data import practitioner  # noqa: E402
from benchmarks.report import table  # noqa: E402
from portal.core.starter import SampleWish  # noqa: E402
from share.models import Event, Registration, Seats  # noqa: E402
from share.samples import events_generate  # noqa: E402
from share.services.calendars import (  # noqa: E402
    calendar_feed_make,
    calendar_text_refresh,
    calendar_texts_rebuild,
)

AREA, OF_AREA, SOME = "health", 200, 2_000
SITE = "/intercambiar/calendario/encuentros.ics"
HEADER = ["calendar", "queries", "ms", "per second", "kB"]


@dataclass(frozen=True)
class Asked:
    """What asking for a calendar costs."""

    queries: int
    seconds: float
    bytes: int

    def row(self, name: str) -> list[str]:
        """Return the figures as a row of the table."""
        each = [f"{self.seconds * 1000:.1f}", f"{1 / self.seconds:.0f}", f"{self.bytes / 1000:.0f}"]
        return [name, str(self.queries), *each]


def load(events: int) -> str:
    """Fill up with invented encounters, of which 200 to come are of one area; returns how fast their texts are made."""
    with redirect_stdout(sys.stderr):
        call_command("prepare", verbosity=0)
    for made in events_generate(SampleWish(count=events, cities=500)):
        print(f"{made} events", file=sys.stderr, flush=True)
    coming = Event.objects.announced().upcoming().filter(visibility="public").order_by("starts_at", "pk")
    keys = list(coming.values_list("pk", flat=True)[:OF_AREA])
    Event.objects.filter(areas__contains=[AREA]).update(areas=[])
    Event.objects.filter(pk__in=keys).update(areas=[AREA])
    calendar_texts_rebuild()
    some = list(Event.objects.order_by("pk").exclude(calendar_text="").values_list("pk", flat=True)[:SOME])
    Event.objects.filter(pk__in=some).update(calendar_text="")
    started = time.perf_counter()
    changed = calendar_text_refresh(event_ids=some)
    took = time.perf_counter() - started
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE share_event")
    return f"{changed:,} texts made anew in {took:.1f} s, {changed / took:.0f} a second."


def measured(ask: Callable[[], HttpResponseBase], seconds: float) -> Asked:
    """Ask again and again; the mean of all but the first."""
    ask()
    with CaptureQueriesContext(connection) as captured:
        size = len(_whole(ask()))
    # The next request empties the log.
    queries = len(captured)
    count, started = 0, time.perf_counter()
    while time.perf_counter() - started < seconds:
        _whole(ask())
        count += 1
    return Asked(queries, (time.perf_counter() - started) / count, size)


def personal_path() -> str:
    """Return the address of the calendar of somebody who goes to 200 encounters."""
    user = practitioner()
    Registration.objects.filter(user=user).delete()
    coming = Event.objects.announced().upcoming().order_by("starts_at", "pk")
    keys = list(coming.values_list("pk", flat=True)[:OF_AREA])
    Seats.objects.filter(event__in=keys).update(capacity=None)
    Registration.objects.bulk_create(Registration(event_id=key, user=user, status="going") for key in keys)
    return reverse("share:personal-ics", args=[calendar_feed_make(user=user)])


def streamed(client: Client) -> list[str]:
    """Read all events of the site, and say what it took."""
    tracemalloc.start()
    started = time.perf_counter()
    with CaptureQueriesContext(connection) as captured:
        response = client.get(f"{SITE}?todo=1")
        pieces = iter(response.streaming_content)
        size = len(next(pieces))
        first = time.perf_counter() - started
        size += sum(len(piece) for piece in pieces)
    took = time.perf_counter() - started
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return [
        f"{len(captured)}",
        f"{first * 1000:.0f}",
        f"{took:.1f}",
        f"{size / 1e6:.0f}",
        f"{peak / 1e6:.1f}",
    ]


def _whole(response: HttpResponseBase) -> bytes:
    return b"".join(response.streaming_content) if response.streaming else response.content  # type: ignore[attr-defined]


def main() -> None:
    """Print the part of the report about calendars."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--events", type=int, default=20_000)
    parser.add_argument("--solutions", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    texts = load(options.events)
    client = Client(HTTP_X_FORWARDED_PROTO="https", HTTP_HOST="127.0.0.1")
    area, own = reverse("share:area-ics", args=[AREA]), personal_path()
    etag = client.get(f"{area}?x=1").headers["ETag"]
    rows = []
    with override_settings(VISITOR_CACHE_SECONDS=0):
        rows.append(measured(lambda: client.get(area), options.seconds).row(f"an area, {OF_AREA} events"))
        rows.append(
            measured(lambda: client.get(area, HTTP_IF_NONE_MATCH=etag), options.seconds).row(
                "… that it has already"
            )
        )
        rows.append(
            measured(lambda: client.get(own), options.seconds).row(f"a person's own, {OF_AREA} events")
        )
        rows.append(
            measured(lambda: client.get(SITE), options.seconds).row("the site's, as a program gets it")
        )
        whole = streamed(client)
    rows.append(measured(lambda: client.get(area), options.seconds).row(f"an area, {OF_AREA} events, kept"))
    print(f"## Calendars of {Event.objects.count():,} encounters\n\n{table(HEADER, rows)}\n")
    head = ["all events of the site", "queries", "first piece ms", "seconds", "MB", "peak MB"]
    print(f"{table(head, [['streamed', *whole]])}\n\n{texts}")


if __name__ == "__main__":
    main()
