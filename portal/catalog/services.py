"""Writing the catalogue."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import fields
from typing import Any

from django.db import connection, transaction
from psycopg.types.json import Jsonb

from portal.catalog.kinds import EntryDraft, EntryKind, entry_kinds
from portal.catalog.models import Entry
from portal.core.bulk import Staging, column_types, staged
from portal.core.visitor_cache import forget_visitor_pages

_KEY = ("kind", "object_id")
_MANY = 1_000
_COLUMNS = tuple(field.name for field in fields(EntryDraft))
_WRITTEN = tuple(name for name in _COLUMNS if name not in _KEY)


def _of(row: str, names: Iterable[str]) -> str:
    return ", ".join(f"{row}.{name}" for name in names)


# What is in the catalogue already, word for word, is left out before the insert: the search column is computed for
# every row that reaches it. The order lets two writers of the same things wait for each other instead of for ever.
_UPSERT = f"""
    INSERT INTO catalog_entry ({", ".join(_COLUMNS)})
    SELECT {_of("draft", _COLUMNS)} FROM {{staging}} AS draft
    LEFT JOIN catalog_entry AS entry USING (kind, object_id)
    WHERE ({_of("entry", _WRITTEN)}) IS DISTINCT FROM ({_of("draft", _WRITTEN)})
    ORDER BY kind, object_id
    ON CONFLICT (kind, object_id) DO UPDATE SET ({", ".join(_WRITTEN)}) = ROW ({_of("excluded", _WRITTEN)})
"""  # noqa: S608 names of our own columns
_UPSERT_FROM = _UPSERT.replace("{staging}", "({drafts})")
_REMOVE_ORPHANS = """
    DELETE FROM catalog_entry AS entry WHERE entry.kind = %s AND NOT EXISTS (
        SELECT 1 FROM {staging} AS draft WHERE draft.kind = entry.kind AND draft.object_id = entry.object_id)
"""


# The shortest are not worth a guess, and what is no word of the Latin alphabet is not compared by letters. The rarest
# of a great many are left out, so that looking for a neighbour stays a matter of milliseconds.
_LEXICON = """
    WITH written AS MATERIALIZED (
        SELECT word, ndoc, catalog_plain(word) AS plain FROM ts_stat($words$
            SELECT to_tsvector('pg_catalog.simple', title || ' ' || summary || ' ' || coalesce((
                SELECT string_agg(concat_ws(' ', value->>'title', value->>'summary'), ' ')
                FROM jsonb_each(translations)), ''))
            FROM catalog_entry WHERE visibility = 'public' $words$)
    ), words AS MATERIALIZED (
        SELECT plain, (array_agg(word ORDER BY ndoc DESC, word DESC))[1] AS word, sum(ndoc)::integer AS entries
        FROM written WHERE plain ~ '^[a-z]{4,30}$' GROUP BY plain ORDER BY entries DESC, plain LIMIT %(most)s
    ), gone AS (
        DELETE FROM catalog_word WHERE plain NOT IN (SELECT plain FROM words)
    )
    INSERT INTO catalog_word (plain, word, entries) SELECT plain, word, entries FROM words ORDER BY plain
    ON CONFLICT (plain) DO UPDATE SET (word, entries) = ROW (excluded.word, excluded.entries)
"""
MOST_WORDS = 50_000


@transaction.atomic
def entries_publish(*, drafts: Iterable[EntryDraft]) -> int:
    """Write things into the catalogue in the caller's transaction, and leave alone those that it says so already.

    Args:
        drafts: no two of the same thing; read once.

    Returns:
        How many were new or changed.
    """
    with _staged(drafts) as staging:
        written = staging.execute(_UPSERT)
    if written:
        forget_visitor_pages()
    return written


@transaction.atomic
def entries_publish_from(*, drafts: str, params: Mapping[str, Any] | None = None) -> int:
    """Do as `entries_publish` with drafts that a statement makes of its owner's rows, within the database.

    A hundred thousand things pass in a fraction of the time that their way through this process would take.

    Args:
        drafts: a SELECT, trusted text, whose columns are the fields of `EntryDraft` by their names.
        params: the values of its named placeholders.

    Returns:
        How many were new or changed.
    """
    with connection.cursor() as cursor:
        cursor.execute(_UPSERT_FROM.format(drafts=drafts), params)
        written = int(cursor.rowcount)
        if written > _MANY:
            # What searches would have to read through one by one is put where it belongs now.
            cursor.execute("SELECT gin_clean_pending_list('catalog_search')")
    if written:
        forget_visitor_pages()
    return written


@transaction.atomic
def entry_publish(*, draft: EntryDraft) -> None:
    """Write one thing that its owner has just saved into the catalogue.

    Kept pages are forgotten even when its entry stays as it was: they may show more of it than the catalogue knows.
    """
    entries_publish(drafts=[draft])
    forget_visitor_pages()


@transaction.atomic
def entry_withdraw(*, kind: str, object_ids: Iterable[int]) -> int:
    """Take things out of the catalogue; returns how many were there."""
    removed, _ = Entry.objects.filter(kind=kind, object_id__in=list(object_ids)).delete()
    if removed:
        forget_visitor_pages()
    return removed


@transaction.atomic
def catalog_rebuild() -> dict[str, int]:
    """Make the whole catalogue anew from its owners; returns how many entries each kind has."""
    counts = {kind.id: _rewrite_kind(kind) for kind in entry_kinds}
    Entry.objects.exclude(kind__in=list(counts)).delete()
    lexicon_rebuild()
    forget_visitor_pages()
    return counts


@transaction.atomic
def lexicon_rebuild() -> int:
    """Gather anew the words that "did you mean" proposes; returns how many there are.

    Only what everybody may read counts, so that a proposal tells nobody of what is for members.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LEXICON, {"most": MOST_WORDS})
        return int(cursor.rowcount)


def _rewrite_kind(kind: EntryKind) -> int:
    with _staged(kind.drafts()) as staging:
        staging.execute(_UPSERT)
        staging.execute(_REMOVE_ORPHANS, [kind.id])
    return staging.count


def _staged(drafts: Iterable[EntryDraft]) -> AbstractContextManager[Staging]:
    return staged(column_types(Entry, *_COLUMNS), _rows(drafts), name="entries")


def _rows(drafts: Iterable[EntryDraft]) -> Iterator[list[Any]]:
    for draft in drafts:
        row = [getattr(draft, name) for name in _COLUMNS]
        row[_COLUMNS.index("translations")] = Jsonb(draft.translations)
        yield row
