"""The rows of a batch between reading and writing: compact JSON in a table, and from there columns again."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import MISSING, asdict, fields
from typing import Any

from psycopg.types.json import Jsonb

from inspire.models import ImportBatch
from inspire.record import COLUMNS, PARTS, VALUES, SolutionRecord
from inspire.services.bulk import COMPARED, STAGED_ONLY, record_digest, staging_columns
from inspire.services.slugs import wished_slug
from portal.core.bulk import Staging, staged

_DEFAULTS = {
    item.name: item.default_factory() if item.default_factory is not MISSING else item.default
    for item in fields(SolutionRecord)
}
_LITERALS = {"figures": "'[]'", "links": "'[]'", "translations": "'{{}}'"} | dict.fromkeys(
    ("tags", "sdgs", "recognitions", "areas", "topics"), "'{{}}'"
)


def imported_row(batch: ImportBatch, number: int, record: SolutionRecord) -> list[Any]:
    """Return a record as a row of `inspire_importedrow`."""
    said: dict[str, Any] = {}
    for name, default in _DEFAULTS.items():
        value = getattr(record, name)
        if value != default or name == "slug":
            said[name] = [asdict(part) for part in value] if name in PARTS or name in VALUES else value
    said["slug"] = wished_slug(record.slug)
    for key in ("source", "source_id"):
        del said[key]
    return [batch.pk, number, record.source, record.source_id, record_digest(record), Jsonb(said)]


IMPORTED_COLUMNS = ["batch_id", "number", "source", "source_id", "digest", "record"]


@contextmanager
def staged_rows(batch: ImportBatch, *, only_old: bool = False) -> Iterator[Staging]:
    """Hold what a batch has to say anew in a table for `services.bulk.staged_upsert`.

    Args:
        only_old: leave out what is not in the library yet.
    """
    with staged(staging_columns(), (), name="solutions", compared=COMPARED) as staging:
        staging.execute(_statement(only_old), {"batch": batch.pk})
        staging.analyze()
        yield staging


def _statement(only_old: bool) -> str:
    types = {name: kind for name, kind in staging_columns().items() if name in {*COLUMNS, *STAGED_ONLY}}
    keys = ("source", "source_id")
    declared = ", ".join(f"{name} {kind}" for name, kind in types.items() if name not in keys)
    values = ", ".join(_value(name) for name in types)
    known = "JOIN" if only_old else "LEFT JOIN"
    # The digest stands between the columns and what is staged only.
    return f"""
        INSERT INTO {{staging}} ({", ".join(types)}, source_digest)
        SELECT {values}, imported.digest
        FROM inspire_importedrow AS imported
        {known} inspire_solution AS solution USING (source, source_id),
        LATERAL jsonb_to_record(imported.record) AS said ({declared})
        WHERE imported.batch_id = %(batch)s AND solution.source_digest IS DISTINCT FROM imported.digest
        ORDER BY imported.number
    """  # noqa: S608 names and types of our own columns


def _value(name: str) -> str:
    if name in ("source", "source_id"):
        return f"imported.{name}"
    if name == "municipality_id":
        # It may be gone since the file was read.
        return "(SELECT id FROM places_municipality WHERE id = said.municipality_id)"
    if name in _LITERALS:
        return f"coalesce(said.{name}, {_LITERALS[name]})"
    default = _DEFAULTS[name]
    if isinstance(default, bool):
        return f"coalesce(said.{name}, {str(default).lower()})"
    return f"coalesce(said.{name}, '{default}')" if isinstance(default, str) else f"said.{name}"
