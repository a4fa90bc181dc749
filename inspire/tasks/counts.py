"""Counts of the library, kept small and true."""

from celery import shared_task

from inspire.services import facet_counts_add_up, facets_refresh_all, map_cells_add_up


@shared_task
def add_up_facet_counts() -> int:
    """Replace the addends of each count by their sum."""
    return facet_counts_add_up()


@shared_task
def add_up_map_cells() -> int:
    """Replace the addends of each cell of the map by their sum."""
    return map_cells_add_up()


@shared_task
def refresh_facets() -> int:
    """Derive anew what solutions answer to, because what it is derived from has changed."""
    return facets_refresh_all()
