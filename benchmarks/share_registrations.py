"""Registrations for one event by more and more connections at once: how many a second, and where it stops.

Two processes, as many as the machine has cores, hold the connections as threads; each registers other people. Half of
them find a place and half go to the waiting list, with history and alerts as in the portal. The same work spread over
an event for each connection shows what the lock on one event's places costs. In the end one worker tells all of them.
"""

import argparse
import multiprocessing
import statistics
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import django

django.setup()

import psutil  # noqa: E402
from django.conf import settings  # noqa: E402
from django.db import connection, connections  # noqa: E402
from django.utils import timezone  # noqa: E402

from benchmarks.data import prepare  # noqa: E402
from benchmarks.report import table  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from share.models import Event, Registration, Seats  # noqa: E402
from share.services.registration_notices import steps_tell  # noqa: E402
from share.services.registrations import registration_set  # noqa: E402

PROCESSES = 2
CONNECTIONS = (1, 2, 4, 8, 16, 32, 64)
PEOPLE = 4_000
_MEMBERS = """
WITH town AS (SELECT id FROM places_municipality ORDER BY id LIMIT 1), made AS (
    INSERT INTO accounts_user (
        public_id, password, is_superuser, email, name, is_staff, is_active, is_sample, language, time_zone,
        date_joined, former_of
    )
    SELECT gen_random_uuid(), '', false, 'inscripcion-' || number || '@muestra.example', 'Medición ' || number, false,
        true, false, 'es-ar', 'America/Argentina/Buenos_Aires', now(), ''
    FROM generate_series(1, %s) AS number ON CONFLICT DO NOTHING RETURNING id
)
INSERT INTO accounts_membership (
    public_id, created_at, updated_at, user_id, municipality_id, position, role, status, started_on
)
SELECT gen_random_uuid(), now(), now(), made.id, town.id, 'Medición', 'member', 'active', current_date FROM made, town
"""


@dataclass(frozen=True)
class Measured:
    """What so many connections did: registrations a second, how long one took, and how busy the cores were."""

    rate: float
    median_ms: float
    slow_ms: float
    busy: float


def event_new(capacity: int) -> Event:
    """Make an event of next week."""
    starts = timezone.now().replace(second=0, microsecond=0) + timedelta(days=7)
    ends = starts + timedelta(hours=2)
    made = Event.objects.create(
        kind=Event.Kind.WEBINAR,
        title="Medición",
        status=Event.Status.PUBLISHED,
        published_at=timezone.now(),
        start_date=starts.date(),
        start_time=starts.time(),
        end_date=ends.date(),
        end_time=ends.time(),
        time_zone="UTC",
        starts_at=starts,
        ends_at=ends,
    )
    Seats.objects.create(event=made, capacity=capacity)
    return made


def register(event: Event, people: Sequence[User], until: float, took: list[float]) -> None:
    """Register one after the other on a connection of its own, until the time is over."""
    try:
        for user in people:
            start = time.perf_counter()
            if start >= until:
                return
            registration_set(event=event, user=user, wanted=Registration.Status.GOING)
            took.append(time.perf_counter() - start)
    finally:
        connection.close()


def work(
    events: list[Event], people: list[list[User]], seconds: float, results: multiprocessing.Queue
) -> None:
    """Hold the connections of one process."""
    took: list[float] = []
    until = time.perf_counter() + seconds
    threads = [
        threading.Thread(target=register, args=(event, mine, until, took))
        for event, mine in zip(events, people, strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    results.put(took)


def measure(number: int, seconds: float, *, is_spread: bool = False) -> Measured:
    """Register from so many connections at once, for one event or each for its own."""
    one = event_new(PEOPLE // 8)
    events = [event_new(PEOPLE // 8) if is_spread else one for _connection in range(number)]
    people = list(User.objects.filter(email__startswith="inscripcion-").order_by("pk"))
    connections.close_all()
    context = multiprocessing.get_context("fork")
    results = context.Queue()
    held = range(min(PROCESSES, number))
    workers = [
        context.Process(
            daemon=True,
            target=work,
            args=(
                events[first :: len(held)],
                [people[key::number] for key in range(number)[first :: len(held)]],
                seconds,
                results,
            ),
        )
        for first in held
    ]
    psutil.cpu_percent()
    start = time.perf_counter()
    for worker in workers:
        worker.start()
    took = [each for _worker in workers for each in results.get(timeout=seconds + 60)]
    elapsed = time.perf_counter() - start
    busy = psutil.cpu_percent()
    for worker in workers:
        worker.join()
    for event in set(events):
        require_fair(event)
    took.sort()
    return Measured(
        len(took) / elapsed, statistics.median(took) * 1e3, took[int(len(took) * 0.95)] * 1e3, busy
    )


def require_fair(event: Event) -> None:
    """Fail when a place was given twice or lost, or a number of the waiting list is missing."""
    seats = Seats.objects.get(event=event)
    rows = Registration.objects.filter(event=event)
    assert seats.capacity is not None and seats.taken == min(seats.capacity, rows.count())
    assert seats.taken == rows.going().count()
    places = list(rows.waiting().values_list("place", flat=True))
    assert places == list(range(1, seats.waiting + 1))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int, default=0)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    # Each thread is to have a connection of its own, in processes that are forked.
    settings.DATABASES["default"].get("OPTIONS", {}).pop("pool", None)
    prepare(options.solutions)
    with connection.cursor() as cursor:
        cursor.execute(_MEMBERS, [PEOPLE])
        cursor.execute("VACUUM ANALYZE accounts_user")
        cursor.execute("VACUUM ANALYZE accounts_membership")
    # What is read once in a process (addresses, translations, time zones) is read before the processes part.
    people = User.objects.filter(email__startswith="inscripcion-").order_by("pk")[:3]
    register(event_new(2), list(people), time.perf_counter() + 60, [])
    rows = []
    for number in CONNECTIONS:
        one = measure(number, options.seconds)
        rows.append(_row(f"{number} connections, one event", one))
    spread = measure(8, options.seconds, is_spread=True)
    rows.append(_row("8 connections, an event each", spread))
    print("\n## Registrations\n")
    print(table(["what", "registrations/s", "median", "95 of 100 within", "cores busy"], rows))
    start = time.perf_counter()
    told = steps_tell()
    print(
        f"\nOne worker tells {told / (time.perf_counter() - start):,.0f} people a second of {told:,} steps."
    )


def _row(what: str, found: Measured) -> list[str]:
    return [
        what,
        f"{found.rate:,.0f}",
        f"{found.median_ms:,.0f} ms",
        f"{found.slow_ms:,.0f} ms",
        f"{found.busy:.0f} %",
    ]


if __name__ == "__main__":
    main()
