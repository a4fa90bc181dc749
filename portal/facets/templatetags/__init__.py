"""Tags of facets."""
