"""What the library does in the background."""

from inspire.tasks.counts import add_up_facet_counts, refresh_facets

__all__ = ["add_up_facet_counts", "refresh_facets"]
