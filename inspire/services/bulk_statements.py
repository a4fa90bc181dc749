"""The statements that move a staging table of solutions into the library and the catalogue.

`{staging}` stands for the table, see `portal.core.bulk.Staging`, for which braces of SQL itself are doubled.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

from inspire.record import COLUMNS, IDENTITY

CONTENT = tuple(name for name in COLUMNS if name not in IDENTITY)
# How a link table calls its other side, and where that is.
_LINKED = {"areas": ("policyarea", "topics_policyarea"), "topics": ("topic", "topics_topic")}


def _of(row: str, names: Collection[str]) -> str:
    return ", ".join(f"{row}.{name}" for name in names)


def _slugs(related: str, order: str) -> str:
    """Return an expression for the slugs of what a solution is linked with."""
    target, table = _LINKED[related]
    return f"""ARRAY(SELECT target.slug::text FROM inspire_solution_{related} AS link
        JOIN {table} AS target ON target.id = link.{target}_id WHERE link.solution_id = solution.id
        ORDER BY {order})"""  # noqa: S608 names of our own tables


def _differ(related: str) -> str:
    """Return a condition: a solution is linked with others than the staged row says."""
    return f"""{_slugs(related, "1")} <> ARRAY(
        SELECT slug::text FROM {_LINKED[related][1]} WHERE slug = ANY (staging.{related}) ORDER BY 1)"""  # noqa: S608


TOUCHED = """
    DROP TABLE IF EXISTS pg_temp.staging_touched;
    CREATE TEMPORARY TABLE staging_touched (id bigint, source text, source_id text, is_new boolean) ON COMMIT DROP;
    DROP TABLE IF EXISTS pg_temp.staging_slugs;
    CREATE TEMPORARY TABLE staging_slugs (source text, source_id text, slug text) ON COMMIT DROP
"""
_FACETS = """inspire_facet_keys(
    staging.country_id, staging.municipality_id, staging.level, staging.stage,
    inspire_languages(staging.language, staging.translations), staging.start_year,
    staging.sdgs::integer[], staging.recognitions::text[],
    staging.results <> '' OR staging.figures <> '[]'::jsonb,
    coalesce(staging.people @> '[{{"role": "contact"}}]'::jsonb, false), staging.areas, staging.topics)"""
_VALUES = [
    "coalesce(reserved.slug, staging.slug)" if name == "slug" else f"staging.{name}" for name in COLUMNS
]


@dataclass(frozen=True)
class Statements:
    """What is run for an import that says these things of each solution, and nothing about others.

    Args:
        changing: which solutions there are that it changes.
        upsert: writes the rows, and into `staging_touched` which.
        unlink, link: areas and topics of solutions that were there, and of all that were written.
    """

    changing: str
    upsert: str
    unlink: tuple[str, ...]
    link: tuple[str, ...]


@lru_cache(maxsize=64)
def statements(said: frozenset[str]) -> Statements:
    """Return the statements for an import that says these fields of a `SolutionRecord`."""
    changed = [name for name in CONTENT if name in said]
    linked = [related for related in _LINKED if related in said]
    differs = _differs(changed, linked)
    return Statements(
        changing=f"""
            SELECT solution.id FROM inspire_solution AS solution
            JOIN {{staging}} AS staging USING (source, source_id) WHERE {differs}""",  # noqa: S608
        upsert=_upsert(changed, differs),
        unlink=tuple(map(_unlink, linked)),
        link=tuple(map(_link, _LINKED)),
    )


def _differs(changed: Collection[str], linked: Collection[str]) -> str:
    """Return a condition: a staged row says something new; the same words from another file are nothing new."""
    people = """staging.people IS NOT NULL AND (
            SELECT coalesce(jsonb_agg(person - 'user_id' ORDER BY number), '[]'::jsonb)
            FROM jsonb_array_elements(staging.people) WITH ORDINALITY AS said (person, number)
        ) <> (SELECT coalesce(jsonb_agg(jsonb_build_object('role', role, 'name', name, 'position', position,
                'organisation', organisation) ORDER BY "order", id), '[]'::jsonb)
            FROM inspire_solutionperson AS person WHERE person.solution_id = solution.id)"""
    columns = f"({_of('solution', changed)}) IS DISTINCT FROM ({_of('staging', changed)})"
    either = " OR ".join([columns, *map(_differ, linked), people])
    return f"solution.source_digest IS DISTINCT FROM staging.source_digest AND ({either})"


def _upsert(changed: Collection[str], differs: str) -> str:
    # What is there and the same is left out before the insert: it would be locked, and its row written anew.
    return f"""
    WITH written AS (
        INSERT INTO inspire_solution
            ({", ".join(COLUMNS)}, source_digest, facet_keys, status, published_at, created_at, updated_at)
        SELECT {", ".join(_VALUES)}, staging.source_digest, {_FACETS}, 'published', now(), now(), now()
        FROM {{staging}} AS staging
        LEFT JOIN staging_slugs AS reserved USING (source, source_id)
        LEFT JOIN inspire_solution AS solution USING (source, source_id)
        WHERE solution.id IS NULL OR {differs}
        ON CONFLICT (source, source_id) DO UPDATE
            SET ({", ".join(changed)}, source_digest) = ROW ({_of("excluded", changed)}, excluded.source_digest),
                updated_at = now()
        RETURNING id, source, source_id, xmax = 0)
    INSERT INTO staging_touched SELECT * FROM written
    """  # noqa: S608


def _unlink(related: str) -> str:
    target, table = _LINKED[related]
    return f"""
    DELETE FROM inspire_solution_{related} AS link
    USING {{staging}} AS staging JOIN staging_touched AS touched USING (source, source_id)
    WHERE link.solution_id = touched.id AND NOT touched.is_new AND link.{target}_id NOT IN (
        SELECT id FROM {table} WHERE slug = ANY (staging.{related}))
    """  # noqa: S608


def _link(related: str) -> str:
    target, table = _LINKED[related]
    return f"""
    INSERT INTO inspire_solution_{related} (solution_id, {target}_id)
    SELECT touched.id, target.id
    FROM {{staging}} AS staging JOIN staging_touched AS touched USING (source, source_id),
        unnest(staging.{related}) AS wanted JOIN {table} AS target ON target.slug = wanted
    ON CONFLICT DO NOTHING
    """  # noqa: S608


FORGET_PEOPLE = """
    DELETE FROM inspire_solutionperson AS person
    USING {staging} AS staging JOIN staging_touched AS touched USING (source, source_id)
    WHERE person.solution_id = touched.id AND NOT touched.is_new AND staging.people IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM jsonb_array_elements(staging.people) AS said
            WHERE said->>'role' = person.role AND said->>'name' = person.name)
"""
NAME_PEOPLE = """
    INSERT INTO inspire_solutionperson (solution_id, role, name, position, organisation, user_id, "order")
    SELECT touched.id, person.role, person.name, person.position, person.organisation, person.user_id, number
    FROM {staging} AS staging JOIN staging_touched AS touched USING (source, source_id),
    ROWS FROM (jsonb_to_recordset(staging.people)
        AS (role text, name text, position text, organisation text, user_id bigint)) WITH ORDINALITY
        AS person (role, name, position, organisation, user_id, number)
    WHERE staging.people IS NOT NULL
    ON CONFLICT (solution_id, role, name) DO UPDATE SET position = excluded.position,
        organisation = excluded.organisation, "order" = excluded."order",
        user_id = coalesce(excluded.user_id, inspire_solutionperson.user_id)
"""


def _body(row: str, sign: str) -> str:
    return f"""concat_ws(E'\\n\\n', nullif({row}{sign}what_was_done, ''), nullif({row}{sign}results, ''))"""


# `inspire.entries.solution_draft` in the database's words; a test compares the two.
CATALOGUE = f"""
    SELECT 'solution' AS kind, solution.id AS object_id, %(before)s || solution.slug || %(after)s AS url,
        solution.title, solution.published_at, solution.summary, {_body("solution", ".")} AS body,
        solution.language,
        CASE WHEN solution.translations = '{{}}'::jsonb THEN solution.translations ELSE (
            SELECT coalesce(jsonb_object_agg(code, jsonb_build_object(
                'title', coalesce(said->>'title', ''), 'summary', coalesce(said->>'summary', ''),
                'body', concat_ws(E'\\n\\n', nullif(said->>'what_was_done', ''), nullif(said->>'results', '')))),
                '{{}}'::jsonb)
            FROM jsonb_each(solution.translations) AS translation (code, said)
            WHERE code <> solution.language AND said <> '{{}}'::jsonb) END AS translations,
        solution.country_id, solution.municipality_id, solution.place_name,
        {_slugs("areas", 'target."order", target.id')}::varchar[] AS areas,
        {_slugs("topics", 'target."order", target.id')}::varchar[] AS topics,
        solution.tags,
        ARRAY(SELECT DISTINCT person.user_id FROM inspire_solutionperson AS person
            WHERE person.solution_id = solution.id AND person.user_id IS NOT NULL ORDER BY 1) AS people,
        'public' AS visibility, solution.latitude, solution.longitude, solution.is_sample
    FROM inspire_solution AS solution JOIN staging_touched AS touched USING (id)
    WHERE solution.status = 'published'
"""  # noqa: S608
