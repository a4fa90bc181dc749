"""Many solutions at once: COPY into a staging table, then a few statements for all of them."""

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from inspire.entries import drafts_of
from inspire.models import Solution
from inspire.record import COLUMNS, IDENTITY, VALUES, SolutionRecord
from inspire.services.facets import facets_refresh
from inspire.services.revisions import first_revisions_keep, revisions_keep
from inspire.services.slugs import slug_choices
from portal.accounts.models import User
from portal.catalog.services import entries_publish
from portal.core.bulk import Staging, column_types, staged
from portal.core.visitor_cache import forget_visitor_pages

BATCH = 5000
_KEY = ("source", "source_id")
_TARGETS = {
    "areas": {"table": "topics_policyarea", "target": "policyarea"},
    "topics": {"table": "topics_topic", "target": "topic"},
}
_RELATED = tuple(_TARGETS)
_CHANGED = [name for name in COLUMNS if name not in IDENTITY]
_STAGED_ONLY = dict.fromkeys(_RELATED, "text[]") | {"people": "jsonb"}
_FACETS = """inspire_facet_keys(
    country_id, municipality_id, level, stage, inspire_languages(language, translations), start_year,
    sdgs::integer[], recognitions::text[], results <> '' OR figures <> '[]'::jsonb,
    people @> '[{{"role": "contact"}}]'::jsonb, areas, topics)"""  # its braces are doubled for `Staging`

_CHANGING = """
    SELECT solution.id FROM inspire_solution AS solution JOIN {staging} AS staging USING (source, source_id)
    WHERE solution.source_digest IS DISTINCT FROM staging.source_digest
"""
_UPSERT = """
    INSERT INTO inspire_solution
        ({fields}, source_digest, facet_keys, status, published_at, created_at, updated_at)
    SELECT {fields}, source_digest, {facets}, 'published', now(), now(), now() FROM {{staging}}
    ON CONFLICT (source, source_id) DO UPDATE
        SET ({changed}, source_digest) = ROW ({excluded}, excluded.source_digest), updated_at = now()
    WHERE inspire_solution.source_digest IS DISTINCT FROM excluded.source_digest
    RETURNING id, xmax = 0
""".format(  # noqa: S608 names of our own fields
    fields=", ".join(COLUMNS),
    facets=_FACETS,
    changed=", ".join(_CHANGED),
    excluded=", ".join(f"excluded.{name}" for name in _CHANGED),
)
_UNLINK = """
    DELETE FROM {link} AS link USING {{staging}} AS staging
    JOIN inspire_solution AS solution USING (source, source_id)
    WHERE link.solution_id = solution.id AND solution.id = ANY (%(touched)s) AND link.{target}_id NOT IN (
        SELECT id FROM {table} WHERE slug = ANY (staging.{related}))
"""
_LINK = """
    INSERT INTO {link} (solution_id, {target}_id)
    SELECT solution.id, target.id FROM {{staging}} AS staging
    JOIN inspire_solution AS solution USING (source, source_id)
    JOIN {table} AS target ON target.slug = ANY (staging.{related})
    WHERE solution.id = ANY (%(touched)s)
    ON CONFLICT DO NOTHING
"""
_FORGET_PEOPLE = """
    DELETE FROM inspire_solutionperson AS person USING {staging} AS staging
    JOIN inspire_solution AS solution USING (source, source_id)
    WHERE person.solution_id = solution.id AND solution.id = ANY (%(touched)s) AND staging.people IS NOT NULL
"""
_NAME_PEOPLE = """
    INSERT INTO inspire_solutionperson (solution_id, role, name, position, organisation, user_id, "order")
    SELECT solution.id, person.role, person.name, person.position, person.organisation, person.user_id, number
    FROM {staging} AS staging
    JOIN inspire_solution AS solution USING (source, source_id),
    ROWS FROM (jsonb_to_recordset(staging.people)
        AS (role text, name text, position text, organisation text, user_id bigint)) WITH ORDINALITY
        AS person (role, name, position, organisation, user_id, number)
    WHERE solution.id = ANY (%(touched)s) AND staging.people IS NOT NULL
    ON CONFLICT DO NOTHING
"""


@dataclass
class Upserted:
    """What became of the records, by the ids of their solutions; the rest were as they are now."""

    created: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)


@transaction.atomic
def solutions_upsert(
    *, records: Iterable[SolutionRecord], actor: User | None = None, reason: str = ""
) -> Upserted:
    """Write solutions into the library and the catalogue, recognised by source and id; new ones are published.

    What staff took out of the library stays out, and what they wrote stays until the source says something new. It is
    not news: no event is announced. Photos and documents are no matter of a bulk.

    Args:
        records: no two with the same source and id; read once, in batches.
        actor: who brings them, for the history of those that change.
        reason: where they come from, for the same.
    """
    # Two imports at once could give one address to two solutions.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('inspire.solutions_upsert'))")
    done = Upserted()
    iterator = iter(records)
    while batch := list(islice(iterator, BATCH)):
        _write(batch, done, actor, reason)
    entries_publish(drafts=drafts_of(done.created | done.updated))
    if done.created or done.updated:
        # Pages show more of a solution than the catalogue knows.
        forget_visitor_pages()
    return done


def _write(batch: Sequence[SolutionRecord], done: Upserted, actor: User | None, reason: str) -> None:
    columns = column_types(Solution, *COLUMNS, "source_digest") | _STAGED_ONLY
    # Asked before the rows are copied: the connection answers no questions meanwhile.
    slugs = _free_slugs(batch)
    with staged(columns, _rows(batch, slugs), name="solutions") as staging:
        first_revisions_keep(solution_ids=[pk for (pk,) in staging.fetch(_CHANGING)])
        touched = dict(staging.fetch(_UPSERT))
        for related in _RELATED:
            _link(staging, related, list(touched))
        staging.execute(_FORGET_PEOPLE, {"touched": list(touched)})
        staging.execute(_NAME_PEOPLE, {"touched": list(touched)})
    created = {pk for pk, is_new in touched.items() if is_new}
    updated = touched.keys() - created
    if updated:
        facets_refresh(solution_ids=updated)
        revisions_keep(solution_ids=updated, actor=actor, reason=reason)
    done.created |= created
    done.updated |= updated


def _link(staging: Staging, related: str, touched: list[int]) -> None:
    """Give the solutions that were written exactly these areas or topics."""
    names = _TARGETS[related] | {"link": f"inspire_solution_{related}", "related": related}
    for statement in (_UNLINK, _LINK):
        staging.execute(statement.format(**names), {"touched": touched})


def _rows(batch: Sequence[SolutionRecord], slugs: dict[tuple[str, str], str]) -> Iterator[list[Any]]:
    for record in batch:
        row = [getattr(record, name) for name in COLUMNS]
        row[COLUMNS.index("slug")] = slugs[record.source, record.source_id]
        row[COLUMNS.index("translations")] = Jsonb(record.translations)
        for name in VALUES:
            row[COLUMNS.index(name)] = Jsonb([asdict(value) for value in getattr(record, name)])
        people = None if record.people is None else Jsonb([asdict(person) for person in record.people])
        yield [*row, _digest(record), record.areas, record.topics, people]


def _digest(record: SolutionRecord) -> str:
    """Return a mark of everything that the source says of a solution, its wished address aside."""
    said = record.to_json()
    del said["slug"]
    return sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()


def _free_slugs(batch: Sequence[SolutionRecord]) -> dict[tuple[str, str], str]:
    """Return each solution's address: the one it has, else the wished one, else that with its id in the source."""
    slugs = _slugs_in_use(batch)
    new = [record for record in batch if (record.source, record.source_id) not in slugs]
    choices = {(record.source, record.source_id): slug_choices(record) for record in new}
    wished = [slug for options in choices.values() for slug in options]
    taken = set(Solution.objects.filter(slug__in=wished).values_list("slug", flat=True))
    for key, options in choices.items():
        slug = next(option for option in options if option not in taken)
        taken.add(slug)
        slugs[key] = slug
    return slugs


def _slugs_in_use(batch: Sequence[SolutionRecord]) -> dict[tuple[str, str], str]:
    by_source: dict[str, list[str]] = defaultdict(list)
    for record in batch:
        by_source[record.source].append(record.source_id)
    return {
        (source, source_id): slug
        for source, ids in by_source.items()
        for source_id, slug in Solution.objects.filter(source=source, source_id__in=ids).values_list(
            "source_id", "slug"
        )
    }
