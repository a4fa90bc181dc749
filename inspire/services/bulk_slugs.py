"""Addresses for many new solutions at once."""

from typing import Any

from django.db import connection

from inspire.services.slugs import slug_options
from portal.core.bulk import Staging, copy_rows

# New solutions whose wished address another solution has, or another one before it in the same table.
_CROWDED = """
    SELECT source, source_id, slug FROM (
        SELECT staging.source, staging.source_id, staging.slug,
            row_number() OVER (PARTITION BY staging.slug ORDER BY staging.source, staging.source_id) > 1 AS is_later
        FROM {staging} AS staging LEFT JOIN inspire_solution AS solution USING (source, source_id)
        WHERE solution.id IS NULL
    ) AS new
    WHERE is_later OR EXISTS (SELECT 1 FROM inspire_solution AS other WHERE other.slug = new.slug)
    ORDER BY source, source_id
"""
_TAKEN = """
    SELECT slug FROM inspire_solution WHERE slug = ANY (%(slugs)s)
    UNION SELECT slug FROM {staging} WHERE slug = ANY (%(slugs)s)
"""


def slugs_reserve(staging: Staging) -> None:
    """Put into `staging_slugs` which new solutions of a table get another address than the wished one."""
    crowded = staging.fetch(_CROWDED)
    if not crowded:
        return
    options = [slug_options(*row) for row in crowded]
    second = [more[0] for more in options]
    taken = {slug for (slug,) in staging.fetch(_TAKEN, {"slugs": second})}
    rows: list[tuple[Any, ...]] = []
    for (source, source_id, _wished), more in zip(crowded, options, strict=True):
        # The last one is nobody else's.
        slug = next((slug for slug in more[:-1] if slug not in taken), more[-1])
        taken.add(slug)
        rows.append((source, source_id, slug))
    with connection.cursor() as cursor:
        copy_rows(cursor, "staging_slugs", ["source", "source_id", "slug"], rows)
        cursor.execute("ANALYZE staging_slugs")
