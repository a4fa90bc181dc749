"""Writing the library of solutions."""

from inspire.services.bulk import Upserted, solutions_upsert
from inspire.services.facets import facet_counts_add_up, facets_refresh, facets_refresh_all
from inspire.services.importing import solutions_import
from inspire.services.map_cells import map_cells_add_up, map_cells_rebuild
from inspire.services.publishing import (
    solution_archive,
    solution_catalogue,
    solution_delete,
    solution_publish,
    solution_saved_by_hand,
    solution_withdraw,
)
from inspire.services.revisions import first_revisions_keep, revisions_keep
from inspire.services.writing import solution_restore, solution_write

__all__ = [
    "Upserted",
    "facet_counts_add_up",
    "facets_refresh",
    "facets_refresh_all",
    "first_revisions_keep",
    "map_cells_add_up",
    "map_cells_rebuild",
    "revisions_keep",
    "solution_archive",
    "solution_catalogue",
    "solution_delete",
    "solution_publish",
    "solution_restore",
    "solution_saved_by_hand",
    "solution_withdraw",
    "solution_write",
    "solutions_import",
    "solutions_upsert",
]
