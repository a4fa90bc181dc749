"""Encounters and conversations: lists, pages and what is unread, beside their bare SQL and beside a bare view.

A page is asked for in this process, through all of Django, by a member who is signed in; its bare SQL is the very
statements that it sent, once more through a cursor and nothing else. Then the pages that other systems were measured on
are asked for over four connections, as a visitor and as a member.
"""

import argparse
import sys
from collections.abc import Iterator
from contextlib import redirect_stdout
from urllib.parse import urlencode

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from benchmarks.data import practitioner, session_cookie  # noqa: E402
from benchmarks.directory import Member  # noqa: E402
from benchmarks.library import PROMISE, Measured  # noqa: E402
from benchmarks.load import ask  # noqa: E402
from benchmarks.report import table  # noqa: E402
from benchmarks.servers import serving  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.core.starter import SampleWish, sample_generators  # noqa: E402
from portal.facets.addends import addends_summed  # noqa: E402
from share.models import Event, ListCount, Post, Thread, ThreadReader  # noqa: E402

EVENTS, THREADS = "/intercambiar/encuentros/", "/intercambiar/conversaciones/"
MOST_QUERIES = 12
FOLLOWED = 2_000
PEOPLE = 2_000
HEADER = ["page", "queries", "SQL ms", "page ms", "× SQL", "kB"]
LOAD_HEADER = ["page", "who", "req/s", "× bare", "median ms", "kB gzip"]
# What other systems do on the same work, on a machine like this: pages a second of one event, of a topic of 50 posts.
OTHERS = {"event page": 37, "thread of 50 posts": 12}


def load(events: int, posts: int) -> None:
    """Fill up with invented encounters and conversations; prints how far it is."""
    with redirect_stdout(sys.stderr):
        call_command("prepare", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
    for name, count in (("people", PEOPLE), ("events", events), ("posts", posts)):
        for made in sample_generators.get(name).generate(SampleWish(count=count, cities=500)):
            print(f"{made} {name}", file=sys.stderr, flush=True)
    with connection.cursor() as cursor:
        # As the database does by itself some minutes later.
        cursor.execute("VACUUM ANALYZE share_event, share_seats, share_thread, share_post, catalog_entry")


def reader() -> User:
    """Return a member who follows thousands of conversations and has read the half of them."""
    user = practitioner()
    ThreadReader.objects.filter(user=user).delete()
    threads = Thread.objects.shown().order_by("-last_post_at").values_list("pk", "last_number")[:FOLLOWED]
    ThreadReader.objects.bulk_create(
        ThreadReader(thread_id=key, user=user, is_following=True, read_number=last if place % 2 else 1)
        for place, (key, last) in enumerate(threads)
    )
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE share_threadreader")
    return user


def address(path: str, **parameters: str) -> str:
    """Return the address of a list."""
    return f"{path}?{urlencode(parameters)}" if parameters else path


def encounters() -> Iterator[tuple[str, str]]:
    """Yield names and addresses of lists and pages of encounters."""
    topic = next(key for key in Event.objects.exclude(topics=[]).values_list("topics", flat=True)[:1])[0]
    yield "events to come", address(EVENTS)
    yield "… of a kind", address(EVENTS, kind="workshop")
    yield "… of a topic", address(EVENTS, topic=topic)
    yield "… by words", address(EVENTS, q="taller plan")
    yield "past events", address(EVENTS, vista="pasados")
    yield "event page", big_event().get_absolute_url()


def conversations() -> Iterator[tuple[str, str]]:
    """Yield names and addresses of lists and pages of conversations."""
    counts = sorted(addends_summed(ListCount, beginning="members|").items(), key=lambda found: -found[1])
    topic = next(key for key, _number in counts if key.startswith("topic:")).partition(":")[2]
    yield "newest activity", address(THREADS)
    yield "unanswered", address(THREADS, vista="sin-responder")
    yield "following", address(THREADS, vista="siguiendo")
    yield "unread", address(THREADS, vista="sin-leer")
    yield "… of a topic", address(THREADS, topic=topic)
    yield "… of a topic and accepted", address(THREADS, topic=topic, state="accepted")
    yield "… by words", address(THREADS, q="ordenanza")
    yield "thread of 50 posts", thread_of(50).get_absolute_url()
    yield "thread of 1,000 posts", thread_of(1_000).get_absolute_url()
    yield "… its last page", f"{thread_of(1_000).get_absolute_url()}?cursor=fin"


def big_event() -> Event:
    """Return an event to come that everybody may see."""
    return Event.objects.filter(status="published", visibility="public").upcoming().earliest("starts_at")


def thread_of(posts: int) -> Thread:
    """Return a public conversation of at least so many posts, the smallest there is; it is given the posts it lacks."""
    found = Thread.objects.filter(visibility="public", last_number__gte=posts, is_sample=True).order_by(
        "last_number", "pk"
    )
    thread = found.first()
    if thread is None:
        raise RuntimeError(f"No public conversation has {posts} posts: ask for more posts.")
    return thread


def row(name: str, found: Measured) -> list[str]:
    """Return the figures as a row of the table."""
    return [
        name,
        str(found.queries),
        f"{found.sql_ms:.1f}",
        f"{found.page_ms:.1f}",
        f"{found.times_sql:.1f}",
        f"{found.bytes / 1000:.0f}",
    ]


def beside_sql(seconds: float, user: User) -> None:
    """Print each page beside its bare SQL, and what misses the promise."""
    member = Member(seconds, user)
    slow, many = [], []
    for title, pages in (("Encounters", encounters()), ("Conversations", conversations())):
        cache.clear()
        measured = [(name, member.measure(path)) for name, path in pages]
        slow += [name for name, found in measured if found.times_sql > PROMISE]
        many += [name for name, found in measured if found.queries > MOST_QUERIES]
        print(f"{title}:\n\n{table(HEADER, [row(name, found) for name, found in measured])}\n")
    print(f"More than {PROMISE:.0f}× their bare SQL: {', '.join(slow) or 'none'}.")
    print(f"More than {MOST_QUERIES} queries: {', '.join(many) or 'none'}.\n")


def under_load(seconds: float, cookie: str) -> None:
    """Print requests per second beside a bare view, for a visitor for whom nothing is kept and for a member."""
    with serving("benchmarks.bare.wsgi:application") as server:
        bare = ask(server.port, "/", seconds=seconds)
    print(f"Bare view, one indexed query of 20 rows: {bare.per_second:.0f} req/s, {bare.median_ms:.1f} ms.\n")
    pages = {
        "event page": big_event().get_absolute_url(),
        "events to come": EVENTS,
        "thread of 50 posts": thread_of(50).get_absolute_url(),
        "newest activity": THREADS,
    }
    rows, short = [], []
    for who, kept, sent in (
        ("visitor, nothing kept", "0", ""),
        ("visitor", "60", ""),
        ("member", "60", cookie),
    ):
        with serving("portal.wsgi:application", VISITOR_CACHE_SECONDS=kept) as server:
            for name, path in pages.items():
                found = ask(server.port, path, seconds=seconds, cookie=sent)
                times = found.per_second / bare.per_second
                figures = [f"{found.per_second:.0f}", f"{times:.2f}", f"{found.median_ms:.1f}"]
                rows.append([name, who, *figures, f"{found.bytes / 1000:.1f}"])
                if name in OTHERS and found.per_second < OTHERS[name] * PROMISE:
                    short.append(f"{name} ({who})")
    print(f"{table(LOAD_HEADER, rows)}\n")
    print(f"Less than five times what others do ({OTHERS}): {', '.join(short) or 'none'}.")


def main() -> None:
    """Load, measure, and print the tables."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int, default=0)
    parser.add_argument("--events", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    load(options.events, options.posts)
    user = reader()
    size = f"{Event.objects.count():,} events, {Thread.objects.count():,} conversations, {Post.objects.count():,} posts"
    print(f"## Encounters and conversations beside their bare SQL, {size}\n")
    beside_sql(options.seconds, user)
    under_load(options.seconds, session_cookie(user))


if __name__ == "__main__":
    main()
