"""Keeping what solutions answer to, and how many answer to what, true."""

from collections.abc import Iterable

from django.db import connection, transaction

from inspire.models import FacetCount
from portal.facets.addends import addends_add_up

_REFRESH = """
    UPDATE inspire_solution SET facet_keys = inspire_facet_keys_of(id)
    WHERE id = ANY (%s) AND facet_keys IS DISTINCT FROM inspire_facet_keys_of(id)
"""
_REFRESH_ALL = """
    UPDATE inspire_solution SET facet_keys = inspire_facet_keys_of(id)
    WHERE facet_keys IS DISTINCT FROM inspire_facet_keys_of(id)
"""


def facets_refresh(*, solution_ids: Iterable[int]) -> int:
    """Bring the facet keys of solutions up to date with everything they are derived from; returns how many changed.

    To be called in the transaction that wrote a solution's row, areas, topics or people.
    """
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH, [list(solution_ids)])
        return int(cursor.rowcount)


@transaction.atomic
def facets_refresh_all() -> int:
    """Bring the facet keys of the whole library up to date, as after an import of municipalities."""
    with connection.cursor() as cursor:
        cursor.execute(_REFRESH_ALL)
        return int(cursor.rowcount)


def facet_counts_add_up() -> int:
    """Replace the addends of each count by their sum; returns how many counts there are."""
    return addends_add_up(model=FacetCount)
