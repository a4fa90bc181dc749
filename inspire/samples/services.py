"""Writing invented solutions into the library, and taking them out again, thousands at a time."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.db import connection, transaction
from django.db.models import BigIntegerField, Field, JSONField, Max
from django.db.models.functions import Cast
from psycopg.types.json import Jsonb

from inspire.entries import solution_draft
from inspire.models import Solution, SolutionPerson
from inspire.querysets import KIND
from inspire.samples.cities import Cities
from inspire.samples.making import SOURCE, Made, Maker
from inspire.services import facet_counts_add_up, map_cells_add_up
from portal.catalog.services import entries_publish, entry_withdraw
from portal.core.bulk import column_types, copy_rows, staged
from portal.core.starter import SampleWish
from portal.topics.models import PolicyArea, Topic

# What the portal that this one follows shows on its map.
DEFAULT_COUNT = 2374
BATCH = 5000
WRITERS = 2
BATCHES_PER_SUM = 10
_DERIVED = {"has_contact": "boolean", "area_slugs": "text[]", "topic_slugs": "text[]"}
# The same derivation as everywhere else (migration 0003), asked before the rows are there.
_INSERT = """
    INSERT INTO inspire_solution ({columns}, facet_keys)
    SELECT {columns}, inspire_facet_keys(
        country_id, municipality_id, level, stage, inspire_languages(language, translations), start_year,
        sdgs::integer[], recognitions::text[], results <> '' OR figures <> '[]'::jsonb,
        has_contact, area_slugs, topic_slugs)
    FROM {{staging}} ORDER BY id
"""
_PERSON = ("solution_id", "role", "name", "position", "organisation", "order")


def solutions_generate(wish: SampleWish) -> Iterator[int]:
    """Fill the library up to a number of invented solutions; yields how many there are after each batch.

    Each batch is committed on its own, so that what was made stays when the rest is interrupted; the next call goes on
    from there. They are no news: no event is announced.

    Raises:
        ImproperlyConfigured: there are no places that they could be said to be in.
    """
    there, last = _made_so_far()
    first, end = last + 1, last + 1 + wish.count - there
    yield there
    if first >= end:
        return
    maker = Maker(Cities(wish.cities, wish.seed), wish.seed)
    batches = [range(start, min(start + BATCH, end)) for start in range(first, end, BATCH)]
    for done, numbers in enumerate(_each_written(maker, batches), start=1):
        if done % BATCHES_PER_SUM == 0:
            _add_up()
        yield there + numbers.stop - first
    _add_up()


def solutions_remove_samples() -> int:
    """Take every solution that is a sample out of the library and the catalogue; returns how many there were.

    Thousands at a time, each time committed on its own: whoever reads meanwhile waits for nothing.
    """
    removed, last = 0, 0
    samples = Solution.objects.filter(is_sample=True).order_by("pk")
    # From id to id: from the beginning, each look would pass all those that are gone already.
    while ids := list(samples.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            entry_withdraw(kind=KIND, object_ids=ids)
            Solution.objects.filter(pk__in=ids).delete()
        removed, last = removed + len(ids), ids[-1]
    _add_up()
    return removed


def _add_up() -> None:
    """Let the counts be read at once: every batch has left addends behind it."""
    facet_counts_add_up()
    map_cells_add_up()


def _made_so_far() -> tuple[int, int]:
    """Return how many there are, and the last one's number."""
    made = Solution.objects.filter(source=SOURCE)
    last = made.annotate(number=Cast("source_id", BigIntegerField())).aggregate(last=Max("number"))["last"]
    return made.count(), last or 0


def _each_written(maker: Maker, batches: Sequence[range]) -> Iterator[range]:
    """Write batches, two at a time, so that one is made while the database takes the other; yields each when it is."""
    if connection.in_atomic_block:
        # What the caller's transaction holds, no other connection sees.
        for numbers in batches:
            yield _write(maker, numbers)
        return
    with ThreadPoolExecutor(WRITERS) as writers:
        yield from writers.map(partial(_write_apart, maker), batches)


def _write_apart(maker: Maker, numbers: range) -> range:
    try:
        return _write(maker, numbers)
    finally:
        connection.close()


@transaction.atomic
def _write(maker: Maker, numbers: range) -> range:
    batch = [maker.make(number) for number in numbers]
    for made, pk in zip(batch, _new_ids(len(batch)), strict=True):
        made.solution.pk = pk
    fields = [field for field in Solution._meta.concrete_fields if _is_written(field)]
    columns = column_types(Solution, *(field.name for field in fields)) | _DERIVED
    names = ", ".join(f'"{field.column}"' for field in fields)
    with staged(columns, (_row(made, fields) for made in batch), name="samples") as staging:
        staging.execute(_INSERT.format(columns=names))
    _link(batch)
    entries_publish(drafts=(solution_draft(made.solution) for made in batch))
    return numbers


def _is_written(field: Field) -> bool:
    return field.name != "facet_keys" and not field.generated


def _new_ids(count: int) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('inspire_solution', 'id')) FROM generate_series(1, %s)",
            [count],
        )
        return [pk for (pk,) in cursor.fetchall()]


def _row(made: Made, fields: Sequence[Field]) -> list[Any]:
    solution = made.solution
    return [
        *(_value(field, getattr(solution, field.attname)) for field in fields),
        any(person.role == SolutionPerson.Role.CONTACT for person in made.people),
        solution.area_slugs,
        solution.topic_slugs,
    ]


def _value(field: Field, value: Any) -> Any:
    return Jsonb(value) if isinstance(field, JSONField) else value


def _link(batch: Sequence[Made]) -> None:
    """Give the batch its areas, topics and people."""
    areas = dict(PolicyArea.objects.values_list("slug", "pk"))
    topics = dict(Topic.objects.values_list("slug", "pk"))
    solutions = [made.solution for made in batch]
    area_rows = [(solution.pk, areas[slug]) for solution in solutions for slug in solution.area_slugs]
    topic_rows = [(solution.pk, topics[slug]) for solution in solutions for slug in solution.topic_slugs]
    people = [
        [made.solution.pk, *(getattr(person, name) for name in _PERSON[1:])]
        for made in batch
        for person in made.people
    ]
    with connection.cursor() as cursor:
        copy_rows(cursor, "inspire_solution_areas", ("solution_id", "policyarea_id"), area_rows)
        copy_rows(cursor, "inspire_solution_topics", ("solution_id", "topic_id"), topic_rows)
        copy_rows(cursor, "inspire_solutionperson", _PERSON, people)
