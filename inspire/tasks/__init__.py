"""What the library does in the background."""

from inspire.tasks.counts import add_up_facet_counts, add_up_map_cells, refresh_facets
from inspire.tasks.imports import apply_import, check_import, forget_imports, sweep_imports, undo_import

__all__ = [
    "add_up_facet_counts",
    "add_up_map_cells",
    "apply_import",
    "check_import",
    "forget_imports",
    "refresh_facets",
    "sweep_imports",
    "undo_import",
]
