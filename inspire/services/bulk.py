"""Many solutions at once: COPY into a staging table, then a few statements for all of them."""

import json
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, field
from hashlib import blake2b
from typing import Any

from django.db import connection, transaction
from django.urls import reverse
from psycopg.types.json import Jsonb

from inspire.models import Solution
from inspire.record import COLUMNS, FIELDS, PARTS, VALUES, SolutionRecord
from inspire.services.bulk_slugs import slugs_reserve
from inspire.services.bulk_statements import (
    CATALOGUE,
    CONTENT,
    FORGET_PEOPLE,
    NAME_PEOPLE,
    TOUCHED,
    Statements,
    statements,
)
from inspire.services.facets import facets_refresh
from inspire.services.revisions import first_revisions_keep, revisions_keep
from inspire.services.slugs import addresses_hold, wished_slug
from portal.accounts.models import User
from portal.catalog.services import entries_publish_from
from portal.core.bulk import Staging, column_types, staged
from portal.core.visitor_cache import forget_visitor_pages

# What else a staging table says of each solution than its columns.
STAGED_ONLY = {"areas": "text[]", "topics": "text[]", "people": "jsonb"}
# What the statements look into; the rest they pass on.
COMPARED = ("source", "source_id", "slug", "source_digest")
EVERYTHING = frozenset({*CONTENT, "areas", "topics"})
_SAID = tuple(name for name in FIELDS if name != "slug")
_PLAIN = tuple(name for name in _SAID if name not in PARTS and name not in VALUES)
_SLUG = COLUMNS.index("slug")
_TRANSLATIONS = COLUMNS.index("translations")
_VALUES = tuple(COLUMNS.index(name) for name in VALUES)
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str).encode
_EMPTY_LIST, _EMPTY_OBJECT = Jsonb([]), Jsonb({})


@dataclass
class Upserted:
    """What became of the records, by the ids of their solutions; the rest were as they are now."""

    created: set[int] = field(default_factory=set)
    updated: set[int] = field(default_factory=set)


@transaction.atomic
def solutions_upsert(
    *,
    records: Iterable[SolutionRecord],
    actor: User | None = None,
    reason: str = "",
    said: Collection[str] = EVERYTHING,
) -> Upserted:
    """Write solutions into the library and the catalogue, recognised by source and id; new ones are published.

    What staff took out of the library stays out, and what they wrote stays until the source says something new. It is
    not news: no event is announced. Photos and documents are no matter of a bulk.

    Args:
        records: no two with the same source and id; read once, and never held together.
        actor: who brings them, for the history of those that change.
        reason: where they come from, for the same.
        said: the fields of a record that the source says something about; of a solution that is there already, the
            others stay as they are. (People are said, or not, by each record.)
    """
    return rows_upsert(rows=map(staged_row, records), actor=actor, reason=reason, said=said)


@transaction.atomic
def rows_upsert(
    *, rows: Iterable[list[Any]], actor: User | None, reason: str, said: Collection[str] = EVERYTHING
) -> Upserted:
    """Do as `solutions_upsert` with what `staged_row` made of the records."""
    with staged(staging_columns(), rows, name="solutions", compared=COMPARED) as staging:
        return staged_upsert(staging, actor=actor, reason=reason, said=said)


@transaction.atomic
def staged_upsert(
    staging: Staging, *, actor: User | None, reason: str, said: Collection[str] = EVERYTHING
) -> Upserted:
    """Do as `solutions_upsert` with what a table with `staging_columns` holds.

    The table `staging_touched` (id, source, source_id, is_new) says until the end of the transaction what was written.
    """
    addresses_hold()
    with connection.cursor() as cursor:
        # Compiling a statement takes longer than most of them run; sorting and indexing in memory is worth its price.
        cursor.execute("SET LOCAL jit = off; SET LOCAL work_mem = '64MB'")
        cursor.execute("SET LOCAL gin_pending_list_limit = '32MB'")
        cursor.execute(TOUCHED)
    chosen = statements(frozenset(said))
    first_revisions_keep(solution_ids=[pk for (pk,) in staging.fetch(chosen.changing)])
    slugs_reserve(staging)
    written = staging.execute(chosen.upsert)
    done = _touched() if written else Upserted()
    _link(staging, chosen, has_old=bool(done.updated))
    if done.updated:
        facets_refresh(solution_ids=done.updated)
        revisions_keep(solution_ids=done.updated, actor=actor, reason=reason)
    entries_publish_from(drafts=CATALOGUE, params=_address_around_slug())
    if written:
        # Pages show more of a solution than the catalogue knows.
        forget_visitor_pages()
    return done


def staging_columns() -> dict[str, str]:
    """Return the columns of a table that `staged_upsert` reads, with their types."""
    return column_types(Solution, *COLUMNS, "source_digest") | STAGED_ONLY


def staged_row(record: SolutionRecord) -> list[Any]:
    """Return a record as a row of such a table."""
    row = [getattr(record, name) for name in COLUMNS]
    row[_SLUG] = wished_slug(record.slug)
    row[_TRANSLATIONS] = Jsonb(record.translations) if record.translations else _EMPTY_OBJECT
    for place in _VALUES:
        row[place] = Jsonb([asdict(value) for value in row[place]]) if row[place] else _EMPTY_LIST
    people = None if record.people is None else Jsonb([asdict(person) for person in record.people])
    return [*row, record_digest(record), record.areas, record.topics, people]


def record_digest(record: SolutionRecord) -> str:
    """Return a mark of everything that the source says of a solution, its wished address aside."""
    said: list[Any] = [getattr(record, name) for name in _PLAIN]
    for name in (*VALUES, *PARTS):
        parts = getattr(record, name)
        said.append([asdict(part) for part in parts] if parts else parts)
    return blake2b(_encode(said).encode("utf-8", "surrogatepass"), digest_size=32).hexdigest()


def _touched() -> Upserted:
    done = Upserted()
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE staging_touched")
        cursor.execute("SELECT id, is_new FROM staging_touched")
        for pk, is_new in cursor:
            (done.created if is_new else done.updated).add(pk)
    return done


def _address_around_slug() -> dict[str, str]:
    """Return what stands before and after the slug in the address of a solution's page."""
    before, _slug, after = reverse("inspire:solution-detail", args=["slug"]).rpartition("slug")
    return {"before": before, "after": after}


def _link(staging: Staging, chosen: Statements, *, has_old: bool) -> None:
    """Give the solutions that were written exactly these areas, topics and people."""
    for statement in (*chosen.unlink, FORGET_PEOPLE) if has_old else ():
        staging.execute(statement)
    for statement in (*chosen.link, NAME_PEOPLE):
        staging.execute(statement)
