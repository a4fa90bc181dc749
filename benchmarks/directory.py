"""The directory: lists, facets, searches and suggestions for a member of the network, each beside its own bare SQL.

A page is asked for in this process, through all of Django, by a member who is signed in. Its bare SQL is the very
statements that it sent, once more through a cursor and nothing else. Both are the shortest of several runs.
"""

import argparse
from collections.abc import Iterator
from urllib.parse import urlencode

import django

django.setup()

from django.core.cache import cache  # noqa: E402
from django.db.models import Sum  # noqa: E402

from benchmarks.data import practitioner, prepare  # noqa: E402
from benchmarks.library import PROMISE, Measured, Visitor  # noqa: E402
from benchmarks.people import people_load  # noqa: E402
from benchmarks.report import table  # noqa: E402
from connect.directory.reading import Order  # noqa: E402
from connect.models import DirectoryCount, DirectoryEntry, Profile  # noqa: E402
from connect.services.directory import directory_refresh  # noqa: E402
from portal.accounts.models import User  # noqa: E402
from portal.catalog.querysets import CatalogQuery  # noqa: E402
from portal.facets.addends import addends_summed  # noqa: E402

LIST, SUGGESTIONS = "/conectarme/", "/conectarme/como-vos/"
MOST_QUERIES = 12
TOWNS = 500
HEADER = ["page", "queries", "SQL ms", "page ms", "× SQL", "kB"]
# Of the invented people (connect/samples/generating.py), from usual to hardly ever, and several at once.
WORDS = ("indicadores", "ordenanza compostaje", "ximena peralta", "ximena zárate arbolado", "nadiesellamaasí")


class Member(Visitor):
    """Asks for pages as somebody who is signed in, one at a time."""

    def __init__(self, seconds: float, user: User) -> None:
        super().__init__(seconds)
        self._client.force_login(user)


def reader() -> User:
    """Return a member who tells what she offers and seeks."""
    user = practitioner()
    known = (
        DirectoryEntry.objects.filter(audience="members", is_sample=True).exclude(user=user).earliest("id")
    )
    told = {
        "offer_topics": known.offer_topics,
        "seek_topics": known.seek_topics,
        "listed_at": user.date_joined,
    }
    Profile.objects.update_or_create(user=user, defaults=told)
    directory_refresh(user_ids=[user.pk])
    return user


def address(**parameters: str) -> str:
    """Return the address of a list."""
    return f"{LIST}?{urlencode(parameters)}" if parameters else LIST


def lists() -> Iterator[tuple[str, str]]:
    """Yield names and addresses of the lists to measure."""
    counts = sorted(addends_summed(DirectoryCount, beginning="members|").items(), key=lambda found: -found[1])
    keys = [(key, number) for key, number in counts if ":" in key]
    common, many = next(found for found in keys if found[0].startswith("can_help:"))
    rare, few = next(found for found in reversed(keys) if found[0].startswith("province:"))
    helps, province = common.split(":", 1), rare.split(":", 1)
    yield "everybody, by activity", address()
    for order in (Order.NAME, Order.SIMILAR):
        yield f"everybody, {order}", address(orden=str(order))
    yield f"a common facet, {many} found", address(**{helps[0]: helps[1]})
    yield f"a rare facet, {few} found", address(**{province[0]: province[1]})
    yield "two facets", address(role="coordinator", **{helps[0]: helps[1]})
    yield (
        "three facets, by similarity",
        address(role="coordinator", country="AR", orden="similares", **{helps[0]: helps[1]}),
    )


def searches() -> Iterator[tuple[str, str]]:
    """Yield names and addresses of the searches to measure."""
    members = DirectoryEntry.objects.for_audience("members")
    for words in WORDS:
        found = members.filter(search=CatalogQuery(words)).count()
        yield f"«{words}», {found} found", address(q=words)
    yield "words and a facet", address(q="ordenanza", role="coordinator")


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


def main() -> None:
    """Measure, and print the tables and what misses the promise."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--solutions", type=int, default=2374)
    parser.add_argument("--people", type=int, default=50_000)
    parser.add_argument("--seconds", type=float, default=4.0)
    options = parser.parse_args()
    prepare(options.solutions)
    people_load(options.people, towns=TOWNS)
    member = Member(options.seconds, reader())
    # Nobody's page is kept; labels, and the facets written for the same numbers, are, as they are for the next reader.
    print(
        f"## The directory beside its bare SQL, {Profile.objects.count()} profiles, labels and facets kept\n"
    )
    suggestions = [("people like me", SUGGESTIONS)]
    slow, many = [], []
    for title, pages in (("Lists", lists()), ("Searches", searches()), ("Suggestions", suggestions)):
        cache.clear()
        measured = [(name, member.measure(path)) for name, path in pages]
        slow += [name for name, found in measured if found.times_sql > PROMISE]
        many += [name for name, found in measured if found.queries > MOST_QUERIES]
        print(f"{title}:\n\n{table(HEADER, [row(name, found) for name, found in measured])}\n")
    kept = DirectoryCount.objects.aggregate(Sum("count"))["count__sum"]
    print(f"Kept counts: {DirectoryCount.objects.count()} rows for {kept} keys.\n")
    print(f"More than {PROMISE:.0f}× their bare SQL: {', '.join(slow) or 'none'}.")
    print(f"More than {MOST_QUERIES} queries: {', '.join(many) or 'none'}.")


if __name__ == "__main__":
    main()
